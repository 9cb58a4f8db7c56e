"""Messages with pictures: each is uploaded first, and shown by the message once Slack has looked at it."""

import logging
from collections.abc import Callable
from dataclasses import replace
from threading import Event

from surface.charts import with_files, without_pictures
from surface.kit import Message
from surface.slack import Posted, Slack, SlackLimited, SlackRefused, SlackUnclear

log = logging.getLogger(__name__)
INVALID = "invalid_blocks"
"""What Slack says of a picture it has not looked at yet, as of everything else in blocks that it does not take."""
PAUSES = (0.5, 1.0, 2.0, 2.0)
"""Seconds before the next try; a refused message is not there, so trying again sends nothing twice."""


def show(
    slack: Slack, message: Message, send: Callable[[Message], Posted], *, pause: Callable[[float], object] | None = None
) -> Posted:
    """Sends a message by `send`, with its pictures uploaded before. Those that Slack does not take into the message
    come below it, as replies; the message says in words and in a table all that they show.
    """
    if not message.pictures:
        return send(message)
    bare = replace(message, blocks=without_pictures(message.blocks), pictures=())
    try:
        ids = [slack.keep(each) for each in message.pictures]
    except SlackRefused as refused:
        _not_shown(refused)
        return send(bare)
    found = _with_patience(replace(message, blocks=with_files(message.blocks, ids)), send, pause or Event().wait)
    if found is None:
        found = send(bare)
        _reply(slack, message, found)
    return found


def _with_patience(
    message: Message, send: Callable[[Message], Posted], pause: Callable[[float], object]
) -> Posted | None:
    for seconds in (*PAUSES, None):
        try:
            return send(message)
        except SlackRefused as refused:
            if refused.error != INVALID:
                raise
        if seconds is not None:
            pause(seconds)
    return None


def _reply(slack: Slack, message: Message, posted: Posted) -> None:
    """The message is out, so nothing that goes wrong here may have it sent again."""
    for each in message.pictures:
        try:
            slack.reply_with(posted, each)
        except (SlackLimited, SlackRefused, SlackUnclear) as error:
            _not_shown(error)


def _not_shown(error: Exception) -> None:
    log.warning("Slack did not take a picture: %s", error, extra={"action": "picture_not_shown"})
