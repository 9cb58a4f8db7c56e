"""Reading the message in whose menu somebody chose to make a record of it."""

from domain.channels import is_direct
from domain.posted import InDirectMessage, Posted
from handlers.context import Body, Muster, workspace_of
from services import mentions
from surface import forms, typed

MESSAGE = "message"
"""The name under which a form keeps it."""


def text_of(muster: Muster, body: Body) -> str:
    """What it says, as people read it; nothing of a picture. Raises InDirectMessage between people."""
    message, channel_id = body["message"], body["channel"]["id"]
    is_ours = message.get("app_id") == body.get("api_app_id")
    if is_direct(channel_id) and not is_ours:
        raise InDirectMessage
    return as_read(muster, workspace_of(body), channel_id, message)


def as_read(muster: Muster, workspace_id: str, channel_id: str, message: Body) -> str:
    """What a message there says to everybody."""
    text = message.get("text") or ""
    names = mentions.names(muster.db, workspace_id=workspace_id, channel_id=channel_id, ids=typed.mentioned(text))
    return typed.as_read(text, names)


def posted(body: Body) -> Posted:
    return posted_by(body["message"], body["message_ts"])


def posted_by(message: Body, ts: str) -> Posted:
    """Where it stands, and by whom."""
    thread_ts = message.get("thread_ts") or ""
    author_id = "" if "bot_id" in message else message.get("user") or ""
    return Posted(ts, "" if thread_ts == ts else thread_ts, author_id)


def posted_in(body: Body) -> Posted | None:
    """The same, as a form has kept it."""
    found = forms.ids(body["view"]).get(MESSAGE)
    return Posted.read(found) if found else None
