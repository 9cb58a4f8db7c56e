"""The form of a decision: editing or completing one, turning the pages, and sending it."""

from typing import Any

from slack_bolt import Ack, App

from domain.decision_cards import DecisionSheet
from domain.decision_pages import About, Page, Shown
from domain.decision_states import Move
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.messages import posted_in
from handlers.opening import open_form, push_form
from handlers.submissions import drafted_in, id_in, submission_of
from services import decision_drafts, decision_forms
from surface import decision_drafts as drafts
from surface import decision_form, decision_pages, forms
from surface.answers import notice
from surface.decisions import Id


def register(app: App, muster: Muster) -> None:
    @app.action(Id.EDIT)
    def edit(ack: Ack, body: Body) -> None:
        sheet = decision_forms.edit_form(muster.db, **_clicked(body), now=muster.clock())
        push_form(muster, ack, body, decision_form.decision_form(sheet))

    @app.action(Id.COMPLETE)
    def complete(ack: Ack, body: Body) -> None:
        sheet = decision_forms.complete_form(muster.db, **_clicked(body), now=muster.clock())
        push_form(muster, ack, body, decision_form.decision_form(sheet))

    def turn(ack: Ack, body: Body) -> None:
        page = Page(body["actions"][0]["value"])
        _show(muster, ack, body, decision_forms.turn(muster.db, **_filled(muster, body), to=Shown(page)))

    for button in decision_pages.LEADS.values():
        app.action(button)(turn)

    @app.action(decision_pages.Id.OPTION)
    def choose_option(ack: Ack, body: Body) -> None:
        to = Shown(Page.OPTIONS, int(body["actions"][0]["selected_option"]["value"]))
        _show(muster, ack, body, decision_forms.turn(muster.db, **_filled(muster, body), to=to))

    @app.action(decision_pages.Id.REMOVE_OPTION)
    def remove_option(ack: Ack, body: Body) -> None:
        to = Shown(Page.OPTIONS)
        _show(muster, ack, body, decision_forms.turn(muster.db, **_filled(muster, body), to=to, removes=True))

    _register_drafts(app, muster)

    @app.view(decision_form.Id.FORM)
    def submit(ack: Ack, body: Body) -> None:
        again = decision_forms.send(muster.db, **_filled(muster, body), rounds=muster.rounds)
        if again:
            ack(response_action="update", view=decision_form.decision_form(again))
        else:
            ack(response_action="clear")  # Below may lie the record of what it supersedes, as it was.


def _register_drafts(app: App, muster: Muster) -> None:
    @app.view_closed(decision_form.Id.FORM)
    def closed(ack: Ack, body: Body) -> None:
        decision_drafts.closed(muster.db, **_filled(muster, body), tells=forms.tells(body["view"]))
        ack()

    @app.action(drafts.Id.GO_ON)
    def go_on(ack: Ack, body: Body) -> None:
        sheet = decision_drafts.go_on(muster.db, **_draft(body), now=muster.clock())
        open_form(muster, ack, body, decision_form.decision_form(sheet))

    @app.action(drafts.Id.DISCARD)
    def discard(ack: Ack, body: Body) -> None:
        decision_drafts.discard(muster.db, **_draft(body), now=muster.clock())
        open_form(muster, ack, body, notice(drafts.DISCARDED))


def _clicked(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body), "decision_id": row_of(body)}


def _draft(body: Body) -> dict[str, str]:
    draft_id = body["actions"][0]["value"]
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body), "draft_id": draft_id}


def _show(muster: Muster, ack: Ack, body: Body, sheet: DecisionSheet) -> None:
    muster.slack.update_view(body["view"]["id"], decision_form.decision_form(sheet), body["view"]["hash"])
    ack()


def _filled(muster: Muster, body: Body) -> dict[str, Any]:
    ids = forms.ids(body["view"])
    move = Move(ids.get("move", Move.EDIT))
    return {
        "sent": submission_of(body),
        "about": About(
            ids["channel"], id_in(body, "decision"), ids.get("version", ""), posted_in(body), move, drafted_in(body)
        ),
        "shown": decision_form.shown(body["view"]),
        "now": muster.clock(),
    }
