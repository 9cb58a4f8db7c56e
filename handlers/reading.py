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
    muster.later(_answer_late, muster, body, make)


def say_again(muster: Muster, body: Body, found: Answer) -> None:
    """After a click in an answer that only this person sees: shows it anew. Other messages are brought up to date
    by their deliveries."""
    if body.get("container", {}).get("is_ephemeral"):
        muster.later(_put, muster, body["response_url"], found)


def replace_answer(muster: Muster, body: Body, url: str, make: Callable[[], Answer]) -> None:
    """After a click: puts what `make` says in the place of the answer that has this response_url.

    What was clicked is done. If `make` fails the old answer stands, as an error's sentence would be about the click.
    """
    muster.later(_answer_anew, muster, body, url, make)


def _answer_late(muster: Muster, body: Body, make: Callable[[], Answer]) -> None:
    try:
        found = _read(muster, body, make)
    except Exception as error:  # noqa: BLE001 # Nobody else would tell the person who waits.
        found = plain_answer(sentence(error))
    _put(muster, body["response_url"], found)


def _answer_anew(muster: Muster, body: Body, url: str, make: Callable[[], Answer]) -> None:
    _put(muster, url, _read(muster, body, make))


def _read(muster: Muster, body: Body, make: Callable[[], Answer]) -> Answer:
    muster.freshen(workspace_of(body), actor_of(body))
    return make()


def _put(muster: Muster, url: str, found: Answer) -> None:
    muster.slack.respond(url, {**found, "replace_original": True})
