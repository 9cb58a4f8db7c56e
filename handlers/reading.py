"""Answering what depends on what the reader may see: Slack is asked first when its members were read too long ago."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.errors import sentence
from services import sync
from surface.answers import plain_answer

WAIT = "One moment, I am checking with Slack what you may see."
Answer = dict[str, Any]


def answer_fresh(muster: Muster, ack: Ack, body: Body, make: Callable[[], Answer]) -> None:
    """Acknowledges a command with what `make` says, at once or after Slack has been asked."""
    workspace_id, person_id = workspace_of(body), actor_of(body)
    if not sync.stale_channels(muster.db, workspace_id=workspace_id, person_id=person_id, now=muster.clock()):
        ack(**make())
        return
    ack(response_type="ephemeral", text=WAIT)
    replace_answer(muster, body, body["response_url"], make)


def say_again(muster: Muster, body: Body, make: Callable[[], Answer]) -> None:
    """After a click in an answer that only this person sees: shows it anew. Other messages are brought up to date
    by their deliveries."""
    if body.get("container", {}).get("is_ephemeral"):
        replace_answer(muster, body, body["response_url"], make)


def replace_answer(muster: Muster, body: Body, url: str, make: Callable[[], Answer]) -> None:
    """Puts what `make` says in the place of the answer that has this response_url."""
    muster.later(_answer_later, muster, body, url, make)


def _answer_later(muster: Muster, body: Body, url: str, make: Callable[[], Answer]) -> None:
    try:
        muster.freshen(workspace_of(body), actor_of(body))
        found = make()
    except Exception as error:  # noqa: BLE001 # Nobody else would tell the person who waits.
        found = plain_answer(sentence(error))
    muster.slack.respond(url, {**found, "replace_original": True})
