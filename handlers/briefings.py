"""Briefs: "Brief this thread" in the menu of a message, `/brief` with a link, and the buttons of a draft."""

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.briefings import Asked
from domain.posted import Posted
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.messages import posted_in
from handlers.opening import open_form
from handlers.reading import answer_fresh
from handlers.submissions import drafted_in, submission_of
from services import brief_items, briefings, decision_forms
from surface import brief_items as views
from surface import briefs, decision_form, forms
from surface.answers import notice, plain_answer
from surface.typed import plain

BEGUN = "I am reading the thread. The brief comes to you in a direct message, and nobody else sees it."


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    link = plain(text)
    if not link or link.casefold() == "help":
        ack(**briefs.help_answer())
    else:
        answer_fresh(muster, ack, body, lambda: _ask(muster, body, link))


def _ask(muster: Muster, body: Body, link: str) -> dict[str, Any]:
    briefings.ask_for_linked(muster.db, **_person(body), link=link, now=muster.clock())
    return plain_answer(BEGUN)


def register(app: App, muster: Muster) -> None:
    @app.command("/brief")
    def brief(ack: Ack, body: Body) -> None:
        command(muster, ack, body, body.get("text", ""))

    @app.shortcut("brief_thread")
    def of_message(ack: Ack, body: Body) -> None:
        briefings.ask(muster.db, asked=_asked(body), now=muster.clock())
        open_form(muster, ack, body, notice(BEGUN))

    @app.action(briefs.Id.THREAD)
    def of_own_message(ack: Ack, body: Body) -> None:
        briefings.ask(muster.db, asked=_asked(body), now=muster.clock())
        ack()
        begun = {**plain_answer(BEGUN), "replace_original": False}
        muster.later(muster.slack.respond, body["response_url"], begun)

    @app.action(briefs.Id.RECORD)
    def record(ack: Ack, body: Body) -> None:
        card = briefings.readable(muster.db, **_person(body), brief_id=row_of(body))
        found = card.briefing
        sheet = decision_forms.open_form(
            muster.db,
            **_person(body),
            channel_id=found.channel_id,
            given=briefs.as_decision(card),
            message=Posted(found.thread_ts),
            drafted=card.brief.drafted,
            now=muster.clock(),
        )
        open_form(muster, ack, body, decision_form.decision_form(sheet))

    @app.action(briefs.Id.ITEMS)
    def items(ack: Ack, body: Body) -> None:
        card = briefings.readable(muster.db, **_person(body), brief_id=row_of(body))
        sheet = brief_items.open_form(
            muster.db,
            **_person(body),
            channel_id=card.briefing.channel_id,
            tasks=card.brief.tasks,
            message=Posted(card.briefing.thread_ts),
            drafted=card.brief.drafted,
            now=muster.clock(),
        )
        open_form(muster, ack, body, views.items_form(sheet))

    @app.view(views.Id.FORM)
    def submit(ack: Ack, body: Body) -> None:
        sent, ids, drafted = submission_of(body), forms.ids(body["view"]), drafted_in(body)
        if drafted and ids[views.SEEN] != views.fingerprint(sent.given):
            drafted = replace(drafted, is_corrected=True)
        where: dict[str, Any] = {"channel_id": ids["channel"], "message": posted_in(body), "now": muster.clock()}
        brief_items.submit(muster.db, sent=sent, drafted=drafted, **where)
        ack()

    @app.action(briefs.Id.DISCARD)
    def discard(ack: Ack, body: Body) -> None:
        briefings.discard(muster.db, **_person(body), brief_id=row_of(body), now=muster.clock())
        ack()


def _asked(body: Body) -> Asked:
    """The thread of the message that it was chosen in."""
    message = body["message"]
    thread_ts = message.get("thread_ts") or message["ts"]
    return Asked(**_person(body), channel_id=body["channel"]["id"], thread_ts=thread_ts)


def _person(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
