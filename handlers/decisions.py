"""Decisions: `/decision`, making one of a message, the form, and Approve."""

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.decision_cards import DecisionCard
from domain.numbers import number_in
from domain.typed import is_mistyped, may_be_meant
from handlers.context import Body, Muster, actor_of, asked_of, row_of, workspace_of
from handlers.messages import posted, text_of
from handlers.opening import open_form
from handlers.reading import answer_fresh, say_again
from services import decision_cards, decision_drafts, decision_forms, leavers, verdicts
from surface import decision_form, decision_list
from surface.decisions import Id
from surface.typed import plain


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    asked, number = text.strip().lower(), number_in(text, "D")
    if asked == "help":
        ack(**decision_list.help_answer())
    elif asked == "list":
        answer_fresh(muster, ack, body, lambda: _list(muster, body))
    elif number is not None:
        answer_fresh(muster, ack, body, lambda: _one(muster, body, number))
    elif is_mistyped(text, decision_list.WORDS):
        ack(**decision_list.mistyped_answer(plain(text)))
    else:
        _open_form(muster, ack, body, plain(text))


def _open_form(muster: Muster, ack: Ack, body: Body, title: str) -> None:
    meant = may_be_meant(title, decision_list.WORDS)
    sheet = decision_forms.open_form(
        muster.db,
        workspace_id=workspace_of(body),
        channel_id=body["channel_id"],
        person_id=actor_of(body),
        given={"title": title},
        now=muster.clock(),
    )
    form = decision_form.decision_form(replace(sheet, meant=meant))
    open_form(muster, ack, body, form, again="decision", typed=title)


def _list(muster: Muster, body: Body) -> dict[str, Any]:
    place, now = {"workspace_id": workspace_of(body)}, muster.clock()
    found = decision_cards.listing(muster.db, **place, reader_id=actor_of(body), now=now)
    begun = decision_drafts.listing(muster.db, **place, person_id=actor_of(body), now=now)
    left = leavers.listed(muster.db, **place, reader_id=actor_of(body), now=now).decisions
    return decision_list.list_answer(found, begun, left)


def _one(muster: Muster, body: Body, number: int) -> dict[str, Any]:
    reader_id = actor_of(body)
    found = decision_cards.numbered(
        muster.db, workspace_id=workspace_of(body), reader_id=reader_id, number=number, now=muster.clock()
    )
    return decision_list.one_answer(found, reader_id)


def register(app: App, muster: Muster) -> None:
    @app.command("/decision")
    def decision(ack: Ack, body: Body) -> None:
        command(muster, ack, body, body.get("text", ""))

    @app.shortcut("record_decision")
    def of_message(ack: Ack, body: Body) -> None:
        sheet = decision_forms.open_form(
            muster.db,
            workspace_id=workspace_of(body),
            channel_id=body["channel"]["id"],
            person_id=actor_of(body),
            given=decision_form.of_message(text_of(muster, body)),
            message=posted(body),
            now=muster.clock(),
        )
        open_form(muster, ack, body, decision_form.decision_form(sheet))

    @app.action(Id.APPROVE)
    def approve(ack: Ack, body: Body) -> None:
        verdicts.approve(muster.db, **asked_of(body), now=muster.clock())
        show_again(muster, body, asked_of(body)["decision_id"])
        ack()

    @app.action(Id.VIEW)
    def view(ack: Ack, body: Body) -> None:
        open_form(muster, ack, body, decision_form.record_view(_card(muster, body, row_of(body)), actor_of(body)))


def show_again(muster: Muster, body: Body, decision_id: int) -> None:
    """After a click that opened no form: the record it was in, as it is now. Messages are brought up to date by their
    deliveries."""
    view = body.get("view", {})
    is_answer = body.get("container", {}).get("is_ephemeral")
    if view.get("type") != "modal" and not is_answer:
        return
    found, reader_id = _card(muster, body, decision_id), actor_of(body)
    if is_answer:
        say_again(muster, body, decision_list.one_answer(found, reader_id))
    else:
        muster.slack.update_view(view["id"], decision_form.record_view(found, reader_id), view["hash"])


def _card(muster: Muster, body: Body, decision_id: int) -> DecisionCard:
    return decision_cards.readable(
        muster.db,
        workspace_id=workspace_of(body),
        decision_id=decision_id,
        reader_id=actor_of(body),
        now=muster.clock(),
    )
