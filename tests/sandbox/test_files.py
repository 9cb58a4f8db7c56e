"""Files of the app: uploaded in three steps, shared a moment later, read with a token, shown in blocks."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import EVERY_EVENT, EVERY_SCOPE, FRIDAY, manifest, told, web_client
from tests.sandbox.test_web_api import error, refusal

MANIFEST = manifest(scopes=EVERY_SCOPE, events=EVERY_EVENT)
FORECAST, PRICING = "C0000000001", "C0000000003"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


def upload(slack: WebClient, content: bytes = PNG, name: str = "week.png", **args: Any) -> str:
    return str(slack.files_upload_v2(content=content, filename=name, **args)["files"][0]["id"])


def ready(slack: WebClient, file: str) -> Any:
    """The file, once Slack has looked at it."""
    return eventually(lambda: (found := slack.files_info(file=file)["file"])["mimetype"] and found)


def begun(slack: WebClient, content: bytes = PNG, length: int | None = None) -> tuple[str, httpx2.Response]:
    """An upload up to the second step: the file's id, and the answer of the address."""
    begin = slack.files_getUploadURLExternal(filename="week.png", length=length or len(content))
    return begin["file_id"], httpx2.post(begin["upload_url"], content=content)


def test_a_file_is_shared_a_moment_after_the_answer(slack: WebClient, box: Sandbox, client: Client) -> None:
    answer = slack.files_upload_v2(content=PNG, filename="week.png", channel=FORECAST, initial_comment="This week")
    assert (answer["files"][0]["mimetype"], answer["files"][0]["shares"]) == ("", {})
    shared = eventually(lambda: slack.conversations_history(channel=FORECAST)["messages"])
    assert (shared[0]["subtype"], shared[0]["text"]) == ("file_share", "This week")
    (file,) = shared[0]["files"]
    assert (file["mimetype"], file["filetype"], file["is_public"]) == ("image/png", "png", True)
    assert file["shares"]["public"][FORECAST][0]["ts"] == shared[0]["ts"]
    assert [event["channel_id"] for event in told(box, "file_shared")] == [FORECAST]
    assert [event["file_id"] for event in told(box, "file_created")] == [file["id"]]


def test_blocks_go_beside_a_file_only_without_a_comment(slack: WebClient) -> None:
    blocks = json.dumps([{"type": "divider"}])
    upload(slack, channel=FORECAST, blocks=blocks)
    shared = eventually(lambda: slack.conversations_history(channel=FORECAST)["messages"])
    assert shared[0]["blocks"][0]["type"] == "divider"
    upload(slack, channel=PRICING, blocks=blocks, initial_comment="Numbers")
    shared = eventually(lambda: slack.conversations_history(channel=PRICING)["messages"])
    assert (shared[0]["text"], "blocks" in shared[0]) == ("Numbers", False)


def test_files_go_to_a_thread_or_to_several_channels(slack: WebClient) -> None:
    parent = slack.chat_postMessage(channel=FORECAST, text="Parent")["ts"]
    upload(slack, channel=FORECAST, thread_ts=parent)
    assert eventually(lambda: len(slack.conversations_replies(channel=FORECAST, ts=parent)["messages"]) == 2)
    file = ready(slack, upload(slack, channels=[FORECAST, PRICING]))
    assert (file["channels"], file["groups"]) == ([FORECAST], [PRICING])


def test_the_bytes_may_come_as_a_form(slack: WebClient) -> None:
    begin = slack.files_getUploadURLExternal(filename="week.png", length=len(PNG))
    broken = {"content-type": "multipart/form-data; boundary=there"}
    assert httpx2.post(begin["upload_url"], content=b"--here\r\n\r\nx", headers=broken).status_code == 400
    answer = httpx2.post(begin["upload_url"], files={"filename": ("week.png", PNG)})
    assert (answer.status_code, answer.text) == (200, f"OK - {len(PNG)}")


def test_an_address_takes_the_announced_bytes_once(slack: WebClient) -> None:
    _, wrong = begun(slack, length=7)
    assert wrong.status_code == 400
    begin = slack.files_getUploadURLExternal(filename="week.png", length=len(PNG))
    assert httpx2.post(begin["upload_url"], content=PNG).status_code == 200
    assert httpx2.post(begin["upload_url"], content=PNG).status_code == 404


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ({"filename": "x.png"}, "missing_argument"),
        ({"length": 10}, "missing_argument"),
        ({"filename": "x.png", "length": 0}, "invalid_arguments"),
        ({"filename": "x.png", "length": 1_000_000_001}, "file_upload_size_restricted"),
        ({"filename": "x.png", "length": 10, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
    ],
)
def test_an_upload_that_slack_would_not_begin(slack: WebClient, args: dict[str, Any], word: str) -> None:
    assert error(slack.api_call, api_method="files.getUploadURLExternal", params=args) == word


def test_an_upload_is_completed_once_and_only_with_its_bytes(slack: WebClient) -> None:
    unsent = slack.files_getUploadURLExternal(filename="x.png", length=3)["file_id"]
    assert error(slack.files_completeUploadExternal, files=[{"id": unsent}]) == "file_not_found"
    assert error(slack.files_completeUploadExternal, files=[{"id": "F9999999999"}]) == "file_not_found"
    assert error(slack.files_completeUploadExternal, files=[]) == "invalid_arguments"
    sent, _ = begun(slack)
    slack.files_completeUploadExternal(files=[{"id": sent, "title": "Week 48"}])
    assert error(slack.files_completeUploadExternal, files=[{"id": sent}]) == "file_update_failed"
    assert slack.files_info(file=sent)["file"]["title"] == "Week 48"


def test_a_file_goes_only_where_the_app_may_write(slack: WebClient, client: Client) -> None:
    parent = slack.chat_postMessage(channel=FORECAST, text="Parent")["ts"]
    reply = slack.chat_postMessage(channel=FORECAST, text="Reply", thread_ts=parent)["ts"]
    sent, _ = begun(slack)
    complete = slack.files_completeUploadExternal
    files: Any = [{"id": sent}]
    assert error(complete, files=files, channel_id="U0000000001") == "channel_not_found"
    assert error(complete, files=files, channels=["C9999999999"]) == "channel_not_found"
    assert error(complete, files=files, channels=[f"C{n}" for n in range(101)]) == "channels_limit_exceeded"
    assert error(complete, files=files, channel_id=FORECAST, thread_ts="1.000001") == "invalid_thread_ts"
    assert error(complete, files=files, channel_id=FORECAST, thread_ts=reply) == "invalid_thread_ts"
    assert error(complete, files=files, channels=[FORECAST, PRICING], thread_ts=parent) == "invalid_thread_ts"
    assert error(complete, files=files, channel_id=FORECAST, initial_comment="x" * 4001) == "msg_too_long"
    assert error(complete, files=files, channel_id=FORECAST, blocks='[{"type": "nothing"}]') == "invalid_blocks"
    slack.conversations_leave(channel=FORECAST)
    assert error(complete, files=files, channel_id=FORECAST) == "not_in_channel"
    client.post("archive", channel=PRICING)
    assert error(complete, files=files, channel_id=PRICING) == "posting_to_channel_denied"


def test_without_its_token_there_is_only_a_page_to_sign_in(slack: WebClient, box: Sandbox) -> None:
    address = ready(slack, upload(slack))["url_private"]
    bearer = {"authorization": f"Bearer {box.bot_token}"}
    assert httpx2.get(address, headers=bearer).content == PNG
    for headers in ({}, {"authorization": "Bearer xoxb-nobody"}):
        page = httpx2.get(address, headers=headers)
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_reading_a_file_needs_its_scope() -> None:
    scopes = [scope for scope in EVERY_SCOPE if scope != "files:read"]
    with Sandbox(manifest=manifest(scopes=scopes), start=FRIDAY) as box:
        answer = web_client(box).files_upload_v2(content=PNG, filename="week.png")
        bearer = {"authorization": f"Bearer {box.bot_token}"}
        page = httpx2.get(answer["files"][0]["url_private"], headers=bearer)
    assert page.headers["content-type"].startswith("text/html")


def test_a_file_of_somebody_else_is_seen_where_it_was_shared(slack: WebClient, box: Sandbox) -> None:
    ana = "U0000000001"
    own = httpx2.post(f"{box.url}/page/upload", params={"as": ana, "name": "week.png"}, content=PNG).json()["file"]
    assert error(slack.files_info, file=own["id"]) == "file_not_found"
    message = {"as": ana, "channel": FORECAST, "text": "Look", "files": [own["id"]]}
    assert httpx2.post(f"{box.url}/page/message", json=message).json()["ok"]
    assert slack.files_info(file=own["id"])["file"]["user"] == ana
    assert error(slack.files_delete, file=own["id"]) == "cant_delete_file"


def test_a_deleted_file_leaves_a_gap(slack: WebClient, box: Sandbox) -> None:
    file = upload(slack, channel=FORECAST)
    eventually(lambda: slack.conversations_history(channel=FORECAST)["messages"])
    slack.files_delete(file=file)
    assert error(slack.files_info, file=file) == "file_deleted"
    (message,) = slack.conversations_history(channel=FORECAST)["messages"]
    assert message["files"] == [{"id": file, "mode": "tombstone"}]
    assert [event["file_id"] for event in told(box, "file_deleted")] == [file]
    slack.chat_delete(channel=FORECAST, ts=message["ts"])
    assert slack.conversations_history(channel=FORECAST)["messages"] == []


def test_a_deleted_message_takes_its_file_out_of_the_channel(slack: WebClient) -> None:
    file = upload(slack, channels=[FORECAST, PRICING])
    (message,) = eventually(lambda: slack.conversations_history(channel=FORECAST)["messages"])
    slack.chat_delete(channel=FORECAST, ts=message["ts"])
    shown = slack.files_info(file=file)["file"]
    assert (shown["channels"], shown["groups"]) == ([], [PRICING])


def test_files_are_listed_by_numbered_pages(slack: WebClient) -> None:
    ids = [upload(slack, name=f"{n}.png") for n in range(3)]
    notes = upload(slack, b"Notes", "notes.txt", channel=FORECAST)
    for file in (*ids, notes):
        ready(slack, file)
    first, second = slack.files_list(), slack.files_list(page=2)
    assert [file["id"] for file in [*first["files"], *second["files"]]] == [notes, *reversed(ids)]
    assert first["paging"] == {"count": 2, "total": 4, "page": 1, "pages": 2}
    assert [file["id"] for file in slack.files_list(channel=FORECAST)["files"]] == [notes]
    assert slack.files_list(types="images")["paging"]["total"] == 3
    assert slack.files_list(ts_to=str(FRIDAY.timestamp() - 1))["files"] == []
    assert error(slack.files_list, page=0) == "invalid_arguments"


def test_an_image_in_a_block_must_be_ready_and_an_image() -> None:
    def post(file: str) -> Any:
        block = {"type": "image", "slack_file": {"id": file}, "alt_text": "The week"}
        return slack.chat_postMessage(channel=FORECAST, text="The week", blocks=[block])

    with Sandbox(manifest=MANIFEST, start=FRIDAY, runs=False, rate_limits=False) as box, Client(box.url) as people:
        slack = web_client(box)
        picture, notes = upload(slack), upload(slack, b"Notes", "notes.txt")
        early = refusal(post, file=picture)
        assert early["errors"] == ["[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"]
        people.jump_to(FRIDAY + timedelta(minutes=1))
        assert post(picture)["message"]["blocks"][0]["slack_file"] == {"id": picture}
        assert error(post, file=notes) == "invalid_blocks"
        assert error(post, file="F9999999999") == "invalid_blocks"


def test_what_only_claims_to_be_an_image_is_none(slack: WebClient) -> None:
    assert ready(slack, upload(slack, b"No picture", "fake.png"))["mimetype"] == "application/octet-stream"


def test_a_file_may_come_from_the_disk(slack: WebClient, tmp_path: Path) -> None:
    path = tmp_path / "week.gif"
    path.write_bytes(b"GIF89a" + bytes(8))
    file = slack.files_upload_v2(file=str(path), title="The week", alt_txt="A picture of the week")["files"][0]["id"]
    shown = ready(slack, file)
    assert (shown["name"], shown["title"], shown["alt_txt"]) == ("week.gif", "The week", "A picture of the week")


def test_the_app_hears_of_no_file_that_it_may_not_see(slack: WebClient, box: Sandbox, client: Client) -> None:
    ana = client.person("Ana")
    hidden = ana.upload("diary.txt", b"dear diary")
    eventually(lambda: box.world.workspace.files[hidden].is_ready)
    client.post("file/delete", **{"as": ana.id}, file=hidden)
    own = upload(slack)
    eventually(lambda: told(box, "file_created"))
    assert [event["file_id"] for event in told(box, "file_created")] == [own]
    assert told(box, "file_deleted") == []
