"""Decisions: `/decision`, making one of a message, the form, and Approve."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.numbers import number_in
from domain.typed import is_mistyped, may_be_meant
from handlers.context import Body, Muster, actor_of, asked_of, row_of, workspace_of
from handlers.messages import posted, posted_in, text_of
from handlers.opening import open_form
from handlers.reading import answer_fresh
from handlers.submissions import id_in, submission_of
from services import decision_cards, decision_forms, decisions, verdicts
from surface import decision_form, decision_list, forms
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
    )
    form = decision_form.decision_form(replace(sheet, meant=meant))
    open_form(muster, ack, body, form, again="decision", typed=title)


def _list(muster: Muster, body: Body) -> dict[str, Any]:
    found = decision_cards.listing(
        muster.db, workspace_id=workspace_of(body), reader_id=actor_of(body), now=muster.clock()
    )
    return decision_list.list_answer(found)


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
        )
        open_form(muster, ack, body, decision_form.decision_form(sheet))

    @app.action(Id.APPROVE)
    def approve(ack: Ack, body: Body) -> None:
        verdicts.approve(muster.db, **asked_of(body), now=muster.clock())
        ack()

    @app.action(Id.VIEW)
    def view(ack: Ack, body: Body) -> None:
        reader_id = actor_of(body)
        found = decision_cards.readable(
            muster.db,
            workspace_id=workspace_of(body),
            decision_id=row_of(body),
            reader_id=reader_id,
            now=muster.clock(),
        )
        open_form(muster, ack, body, decision_form.record_view(found, reader_id))

    _register_form(app, muster)


def _register_form(app: App, muster: Muster) -> None:
    @app.action(Id.EDIT)
    def edit(ack: Ack, body: Body) -> None:
        sheet = decision_forms.edit_form(muster.db, **_clicked(body))
        open_form(muster, ack, body, decision_form.decision_form(sheet))

    @app.action(decision_form.Id.DETAIL)
    def detail(ack: Ack, body: Body) -> None:
        """More fields; what was typed stays, because field names stay."""
        view = body["view"]
        form = _form(muster, body, submission_of(body).confirmed, has_detail=True)
        muster.slack.update_view(view["id"], form, view["hash"])
        ack()

    @app.view(decision_form.Id.FORM)
    def submit(ack: Ack, body: Body) -> None:
        view, ids = body["view"], forms.ids(body["view"])
        found = decisions.submit(
            muster.db,
            sent=submission_of(body),
            channel_id=ids["channel"],
            decision_id=id_in(body, "decision"),
            version=ids.get("version", ""),
            message=posted_in(body),
            rounds=muster.rounds,
            now=muster.clock(),
        )
        if found:
            warned = [person.id for person in found]
            form = _form(muster, body, warned, has_detail=decision_form.has_detail(view))
            ack(response_action="update", view=form)
        else:
            ack()


def _form(muster: Muster, body: Body, warned: Collection[str], *, has_detail: bool) -> dict[str, Any]:
    """The form as it stands, shown again with more fields or a warning."""
    ids = forms.ids(body["view"])
    sheet = decision_forms.sheet(
        muster.db,
        sent=submission_of(body),
        channel_id=ids["channel"],
        decision_id=id_in(body, "decision"),
        version=ids.get("version", ""),
        has_detail=has_detail,
        outsiders=warned,
        message=posted_in(body),
    )
    return decision_form.decision_form(sheet)


def _clicked(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "decision_id": row_of(body), "person_id": actor_of(body)}
