"""Files, with what is known of them only after a moment: their type, their picture, where they were shared."""

from collections import defaultdict
from pathlib import PurePath

from sandbox.state import File, Json
from sandbox.world import World

PRETTY = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "webp": "WebP", "svg": "SVG", "pdf": "PDF", "txt": "Plain Text"}


def file(world: World, file: File) -> Json:
    """`mimetype`, `shares` and thumbnails are missing until Slack is done with the file."""
    if file.is_deleted:
        return {"id": file.id, "mode": "tombstone"}
    extension = PurePath(file.name).suffix.removeprefix(".").lower()
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": extension if file.is_ready else "",
        "pretty_type": PRETTY.get(extension, extension.upper()) if file.is_ready else "",
        "user": file.user,
        "user_team": world.workspace.id,
        "editable": False,
        "size": len(file.content),
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": _is_public(world, file),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "file_access": "visible",
        **_addresses(world, file),
        **_places(world, file),
    }
    if file.alt_txt:
        shown["alt_txt"] = file.alt_txt
    return shown | (_picture(world, file) if file.is_image else {})


def address(world: World, file: File) -> str:
    return f"{world.url}/files-pri/{world.workspace.id}-{file.id}/{file.name.replace(' ', '_')}"


def _is_public(world: World, file: File) -> bool:
    return any(world.workspace.channels[channel].kind == "public" for channel in file.shares)


def _addresses(world: World, file: File) -> Json:
    private = address(world, file)
    return {
        "url_private": private,
        "url_private_download": f"{private}?download=1",
        "permalink": f"{world.url}/files/{file.user}/{file.id}/{file.name}",
    }


def _places(world: World, file: File) -> Json:
    groups: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
    shares: dict[str, Json] = defaultdict(dict)
    for channel_id, stamps in file.shares.items():
        channel = world.workspace.channels[channel_id]
        groups[{"public": "channels", "dm": "ims"}.get(channel.kind, "groups")].append(channel_id)
        kind = "public" if channel.kind == "public" else "private"
        shares[kind][channel_id] = [_share(world, channel.name, ts, channel.messages[ts].thread_ts) for ts in stamps]
    return {**groups, "shares": dict(shares)}


def _share(world: World, channel_name: str, ts: str, thread_ts: str | None) -> Json:
    share: Json = {"ts": ts, "channel_name": channel_name, "team_id": world.workspace.id}
    share |= {"reply_users": [], "reply_users_count": 0, "reply_count": 0}
    return share | ({"thread_ts": thread_ts} if thread_ts else {})


def _picture(world: World, file: File) -> Json:
    return {f"thumb_{size}": address(world, file) for size in (64, 80, 360)}
