"""What Slack gives of a thread, as people read it."""

from collections.abc import Mapping

from domain.posted import moment_of
from domain.threads import Message
from surface import typed
from surface.kit import Json

TOMBSTONE = "tombstone"
"""What is left of a message that was deleted and has replies."""


def named_in(found: Json) -> set[str]:
    """The ids of the people and channels it names, and of whoever wrote it or reacted to it."""
    reacted = {user for reaction in found.get("reactions", ()) for user in reaction.get("users", ())}
    return {*typed.mentioned(found.get("text") or ""), *reacted, _by(found)}


def as_message(found: Json, names: Mapping[str, str]) -> Message:
    """`names` say how people and channels are written, by id."""
    text, edited = found.get("text") or "", found.get("edited")
    return Message(
        ts=found["ts"],
        by=_by(found),
        text=typed.as_read(text, names),
        at=moment_of(found["ts"]),
        mentions=tuple(each.person_id for each in typed.mentions(text)),
        reactions={_plain(each["name"]): frozenset(each.get("users", ())) for each in found.get("reactions", ())},
        is_bot="bot_id" in found,
        edited_at=moment_of(edited["ts"]) if edited else None,
        is_deleted=found.get("subtype") == TOMBSTONE,
    )


def _by(found: Json) -> str:
    return str(found.get("user") or found.get("bot_id") or "")


def _plain(emoji: str) -> str:
    """Whatever the tone of the skin."""
    return emoji.partition("::")[0]
