"""`/action list`, going through its pages, and the lists of others on Home."""

import re
from typing import Any

from slack_bolt import Ack, App

from domain.action_lists import WORDS, ActionLists, Asked, Which
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from handlers.reading import replace_answer
from services import action_lists
from surface import action_list
from surface.typed import mentions, plain

NAME = re.compile(r"list\s+(@[\w.-]+(?:\s[\w.-]+){0,2})", re.IGNORECASE)


def named(text: str) -> str:
    """The name that was typed after `list`, where Slack made no mention of it; empty for anything else."""
    found = NAME.fullmatch(text.strip())
    return found[1] if found else ""


def show_named(muster: Muster, body: Body, name: str) -> dict[str, Any]:
    asked = action_lists.of_one_called(
        muster.db, workspace_id=workspace_of(body), channel_id=body["channel_id"], reader_id=actor_of(body), name=name
    )
    return show(muster, body, asked)


def listed(text: str) -> Asked | None:
    """Which list was typed; None for anything else."""
    word, _, whose = text.strip().partition(" ")
    named = mentions(whose)
    if word.lower() != "list":
        return None
    if len(named) == 1 and plain(whose) == named[0].text:
        return Asked(Which.PERSON, person_id=named[0].person_id)
    which = WORDS.get(" ".join(whose.lower().split()))
    return Asked(which) if which else None


def found(muster: Muster, body: Body, asked: Asked) -> ActionLists:
    return action_lists.listing(
        muster.db, workspace_id=workspace_of(body), reader_id=actor_of(body), asked=asked, now=muster.clock()
    )


def show(muster: Muster, body: Body, asked: Asked) -> dict[str, Any]:
    return action_list.list_answer(found(muster, body, asked))


def register(app: App, muster: Muster) -> None:
    @app.action(action_list.Id.BACK)
    def back(ack: Ack, body: Body) -> None:
        ack()
        _turn(muster, body, -1)

    @app.action(action_list.Id.MORE)
    def more(ack: Ack, body: Body) -> None:
        ack()
        _turn(muster, body, 1)

    @app.action(action_list.Id.LEAD)
    def of_lead(ack: Ack, body: Body) -> None:
        open_form(muster, ack, body, action_list.list_view(found(muster, body, Asked(Which.LEAD))))

    @app.action(action_list.Id.TEAM)
    def of_team(ack: Ack, body: Body) -> None:
        open_form(muster, ack, body, action_list.list_view(found(muster, body, Asked(Which.TEAM))))


def _turn(muster: Muster, body: Body, step: int) -> None:
    asked = Asked.read(body["actions"][0]["value"]).turned(step)
    replace_answer(muster, body, body["response_url"], lambda: show(muster, body, asked))
