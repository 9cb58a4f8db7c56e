"""Files as people share and see them."""

import struct
import zlib
from typing import Any

import httpx2
import pytest

from sandbox.client import Client, Person, Refused, eventually
from sandbox.server import Sandbox


def picture(width: int = 3, height: int = 2) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes((40, 120, 110)) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", rows) + part(b"IEND", b"")


def upload(box: Sandbox, who: Person, name: str, content: bytes) -> Any:
    return httpx2.post(f"{box.url}/page/upload", params={"as": who.id, "name": name}, content=content).json()


def share(client: Client, who: Person, place: str, answer: Any) -> str:
    """Puts what was uploaded into a message."""
    file_id = str(answer["file"]["id"])
    client.post("message", channel=who.channel_id(place), text="Look", files=[file_id], **{"as": who.id})
    return file_id


def look(box: Sandbox, who: Person, file_id: str) -> httpx2.Response:
    return httpx2.get(f"{box.url}/page/file/{file_id}", params={"as": who.id})


def test_a_shared_picture_is_seen_where_it_was_shared_and_nowhere_else(box: Sandbox, client: Client) -> None:
    chloe, erin, ana = (client.person(name) for name in ("Chloe", "Erin", "Ana"))
    file_id = share(client, chloe, "pricing", upload(box, chloe, "plan.png", picture()))
    assert eventually(lambda: erin.messages("pricing")[-1]["files"][0]["is_ready"])
    (file,) = erin.messages("pricing")[-1]["files"]
    assert (file["name"], file["is_image"], file["user"]) == ("plan.png", True, chloe.id)
    seen = look(box, erin, file_id)
    assert (seen.headers["content-type"], seen.content) == ("image/png", picture())
    assert look(box, ana, file_id).status_code == 404


def test_a_file_is_its_owners_alone_until_it_is_shared(box: Sandbox, client: Client) -> None:
    ana, ben = client.person("Ana"), client.person("Ben")
    file_id = upload(box, ana, "notes.txt", b"Draft")["file"]["id"]
    assert look(box, ana, file_id).content == b"Draft"
    assert look(box, ben, file_id).status_code == 404
    with pytest.raises(Refused, match="no_such_file"):
        client.post("message", channel=ben.channel_id("forecast"), files=[file_id], **{"as": ben.id})


def test_what_is_no_picture_is_only_downloaded(box: Sandbox, client: Client) -> None:
    ana = client.person("Ana")
    file_id = share(client, ana, "forecast", upload(box, ana, "page.html", b"<script>alert(1)</script>"))
    seen = look(box, ana, file_id)
    assert seen.headers["content-disposition"] == "attachment"
    assert seen.headers["content-type"] == "application/octet-stream"
    assert seen.headers["x-content-type-options"] == "nosniff"


def test_an_upload_needs_a_name_and_content(box: Sandbox, client: Client) -> None:
    ana = client.person("Ana")
    assert upload(box, ana, "", b"x")["error"] == "invalid_name"
    assert upload(box, ana, "../x", b"x")["error"] == "invalid_name"
    assert upload(box, ana, "x.txt", b"")["error"] == "no_content"


def test_a_deleted_file_leaves_a_gap(box: Sandbox, client: Client) -> None:
    ana, ben = client.person("Ana"), client.person("Ben")
    file_id = share(client, ana, "forecast", upload(box, ana, "notes.txt", b"Draft"))
    with pytest.raises(Refused, match="no_such_file"):
        client.post("file/delete", file=file_id, **{"as": ben.id})
    client.post("file/delete", file=file_id, **{"as": ana.id})
    assert ben.messages("forecast")[-1]["files"][0]["is_deleted"]
    assert look(box, ana, file_id).status_code == 404
