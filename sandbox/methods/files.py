"""files.*"""

from sandbox import objects
from sandbox.blockkit.checked import message_blocks
from sandbox.errors import SlackError
from sandbox.limits import TIER_3, TIER_4
from sandbox.methods.call import Method, MethodCall, invalid_arguments
from sandbox.methods.message_content import MOST_TEXT
from sandbox.state import Channel, File, Json
from sandbox.team import files

MOST_ALT_TEXT = 1000
MOST_BYTES = 1_000_000_000
MOST_CHANNELS = 100
MOST_LISTED = 100


def get_upload_url(call: MethodCall) -> Json:
    """Where to send the bytes of a file, and the id it will have."""
    if not call.text("filename") or not call.text("length"):
        raise SlackError("missing_argument")
    length = call.whole("length")
    if not length:
        raise invalid_arguments("[ERROR] must be more than 0 [json-pointer:/length]")
    if length > MOST_BYTES:
        raise SlackError("file_upload_size_restricted")
    if len(call.text("alt_txt")) > MOST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = files.expect(call.world, call.text("filename"), user=call.bot, alt_txt=call.text("alt_txt"))
    file.length, file.ticket = length, f"{file.id}-{call.world.workspace.id}"
    return {"upload_url": f"{call.world.url}/upload/v1/{file.ticket}", "file_id": file.id}


def complete_upload(call: MethodCall) -> Json:
    """Keep what was uploaded, and share it where the app says; the message comes a moment after the answer."""
    uploaded = _uploaded(call)
    channels = _channels(call)
    about = {"user": call.bot, "thread_ts": _thread(call, channels), **_comment(call)}
    for file, title in uploaded:
        file.title = title
        files.complete(call.world, file)
    shown = [objects.file(call.world, file) for file, _ in uploaded]

    def share_everywhere() -> None:
        for channel in channels:
            files.share(call.world, channel, [file for file, _ in uploaded], **about)

    call.world.agenda.soon(share_everywhere)
    return {"files": shown}


def _comment(call: MethodCall) -> Json:
    """What is said beside the files; blocks only count where there is no comment."""
    text = call.text("initial_comment")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    blocks = call.json("blocks", "invalid_blocks") or []
    return {"text": text, "blocks": [] if text else message_blocks(call.world, blocks)}


def _uploaded(call: MethodCall) -> list[tuple[File, str]]:
    """The files of the call with their titles."""
    given = call.json("files", "invalid_arguments")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) and "id" in each for each in given):
        raise invalid_arguments("[ERROR] missing required field: files")
    return [(_finished(call, str(each["id"])), str(each.get("title") or "")) for each in given]


def _finished(call: MethodCall, file_id: str) -> File:
    file = call.world.workspace.files.get(file_id)
    if file is None or file.user != call.bot or not file.content:
        raise SlackError("file_not_found")
    if file.is_complete:
        raise SlackError("file_update_failed")
    return file


def _channels(call: MethodCall) -> list[Channel]:
    """Where to share: ids of conversations, never of people."""
    wanted = call.several("channels") or call.several("channel_id")
    if len(wanted) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    return [_writable(MethodCall(call.world, {"channel": each})) for each in dict.fromkeys(wanted)]


def _writable(call: MethodCall) -> Channel:
    channel = call.joined_channel()
    if channel.archived:
        raise SlackError("posting_to_channel_denied")
    return channel


def _thread(call: MethodCall, channels: list[Channel]) -> str | None:
    """A thread is in one conversation, so files that go to a thread go nowhere else."""
    ts = call.text("thread_ts")
    if not ts:
        return None
    if len(channels) != 1:
        raise SlackError("invalid_thread_ts")
    parent = channels[0].messages.get(ts)
    if parent is None or parent.only_for or parent.is_reply:
        raise SlackError("invalid_thread_ts")
    return ts


def info(call: MethodCall) -> Json:
    return {"file": objects.file(call.world, _visible(call)), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(call: MethodCall) -> Json:
    file = _visible(call)
    if file.user != call.bot:
        raise SlackError("cant_delete_file")
    files.delete(call.world, file)
    return {}


def _visible(call: MethodCall) -> File:
    file = call.world.workspace.files.get(call.required("file"))
    if file and file.is_deleted:
        raise SlackError("file_deleted")
    if file is None or not files.visible_to_app(call.world, file):
        raise SlackError("file_not_found")
    return file


def list_files(call: MethodCall) -> Json:
    """Newest first. This list counts its pages; as everywhere here, two files or more never fit one."""
    first, last = call.period("ts_from", "ts_to")
    every = (file for file in call.world.workspace.files.values() if first <= file.created <= last)
    found = [file for file in every if _is_wanted(call, file)]
    total = len(found)
    size = min(_number(call, "count", MOST_LISTED), max(1, (total + 1) // 2))
    number = _number(call, "page", 1)
    shown = found[::-1][(number - 1) * size : number * size]
    paging = {"count": size, "total": total, "page": number, "pages": -(-total // size)}
    return {"files": [objects.file(call.world, file) for file in shown], "paging": paging}


def _number(call: MethodCall, name: str, default: int) -> int:
    value = call.whole(name, str(default))
    if not value:
        raise invalid_arguments(f"[ERROR] must be more than 0 [json-pointer:/{name}]")
    return value


def _is_wanted(call: MethodCall, file: File) -> bool:
    if not file.is_complete or not files.visible_to_app(call.world, file):
        return False
    kinds = call.several("types") or ["all"]
    return (
        call.text("user", file.user) == file.user
        and (not call.text("channel") or call.text("channel") in file.shares)
        and ("all" in kinds or ("images" in kinds and file.is_image) or ("pdfs" in kinds and "pdf" in file.mimetype))
    )


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, TIER_4, "files:write", takes_json=False),
    "files.completeUploadExternal": Method(complete_upload, TIER_4, "files:write"),
    "files.info": Method(info, TIER_4, "files:read", takes_json=False),
    "files.list": Method(list_files, TIER_3, "files:read", takes_json=False),
    "files.delete": Method(delete, TIER_3, "files:write"),
}
