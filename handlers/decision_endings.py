"""Whether a proposal is withdrawn, and whether a decision still holds: the buttons of its record and of the message on
its day, and their forms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.decision_states import Move
from domain.decisions import Decision
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import push_form
from handlers.submissions import submission_of
from services import decision_endings, decision_forms
from surface import decision_form, forms
from surface.decisions import Id
from surface.kit import Json

Ending = Callable[..., None]

FORMS = {
    Id.WITHDRAW_PROPOSAL: (Move.WITHDRAW_PROPOSAL, decision_form.withdraw_form),
    Id.KEEP: (Move.KEEP, decision_form.keep_form),
    Id.DEPRECATE: (Move.DEPRECATE, decision_form.deprecate_form),
    Id.RESULT: (Move.TELL_RESULT, decision_form.result_form),
}
"""What each button asks with."""

ENDINGS: dict[str, Ending] = {
    decision_form.Id.WITHDRAWAL: decision_endings.withdraw,
    decision_form.Id.KEEP: decision_endings.keep,
    decision_form.Id.DEPRECATE: decision_endings.deprecate,
    decision_form.Id.RESULT: decision_endings.tell_result,
}
"""What each form does."""


def register(app: App, muster: Muster) -> None:
    for button, (move, view) in FORMS.items():
        _register_opened(app, muster, button, move, view)
    for form, ending in ENDINGS.items():
        _register_sent(app, muster, form, ending)

    @app.action(Id.SUPERSEDE)
    def supersede(ack: Ack, body: Body) -> None:
        sheet = decision_forms.superseding_form(muster.db, **_clicked(body), now=muster.clock())
        push_form(muster, ack, body, decision_form.decision_form(replace(sheet, copied=sheet.given["supersedes"])))


def _register_opened(app: App, muster: Muster, button: str, move: Move, view: Callable[[Decision, str], Json]) -> None:
    @app.action(button)
    def open_form(ack: Ack, body: Body) -> None:
        push_form(muster, ack, body, view(*decision_endings.form(muster.db, **_clicked(body), move=move)))


def _register_sent(app: App, muster: Muster, form: str, ending: Ending) -> None:
    @app.view(form)
    def submit(ack: Ack, body: Body) -> None:
        decision_id = int(forms.ids(body["view"])["decision"])
        ending(muster.db, sent=submission_of(body), decision_id=decision_id, now=muster.clock())
        ack(response_action="clear")


def _clicked(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "decision_id": row_of(body), "person_id": actor_of(body)}
