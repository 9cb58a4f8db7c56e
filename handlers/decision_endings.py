"""Whether a proposal is withdrawn, and whether a decision still holds: the buttons of its record and of the message on
its day, and their forms."""

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from domain.decision_states import Move
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import push_form
from handlers.submissions import submission_of
from services import decision_endings, decision_forms
from surface import decision_form, forms
from surface.decisions import Id


def register(app: App, muster: Muster) -> None:
    @app.action(Id.WITHDRAW_PROPOSAL)
    def withdraw(ack: Ack, body: Body) -> None:
        asked = decision_endings.form(muster.db, **_clicked(body), move=Move.WITHDRAW_PROPOSAL)
        push_form(muster, ack, body, decision_form.withdraw_form(*asked))

    @app.action(Id.KEEP)
    def still_right(ack: Ack, body: Body) -> None:
        asked = decision_endings.form(muster.db, **_clicked(body), move=Move.KEEP)
        push_form(muster, ack, body, decision_form.keep_form(*asked))

    @app.action(Id.SUPERSEDE)
    def supersede(ack: Ack, body: Body) -> None:
        sheet = decision_forms.superseding_form(muster.db, **_clicked(body), now=muster.clock())
        push_form(muster, ack, body, decision_form.decision_form(replace(sheet, copied=sheet.given["supersedes"])))

    @app.action(Id.DEPRECATE)
    def no_longer_holds(ack: Ack, body: Body) -> None:
        asked = decision_endings.form(muster.db, **_clicked(body), move=Move.DEPRECATE)
        push_form(muster, ack, body, decision_form.deprecate_form(*asked))

    @app.action(Id.RESULT)
    def what_came(ack: Ack, body: Body) -> None:
        asked = decision_endings.form(muster.db, **_clicked(body), move=Move.TELL_RESULT)
        push_form(muster, ack, body, decision_form.result_form(*asked))

    @app.view(decision_form.Id.RESULT)
    def told(ack: Ack, body: Body) -> None:
        decision_endings.tell_result(muster.db, sent=submission_of(body), decision_id=_about(body), now=muster.clock())
        ack(response_action="clear")

    @app.view(decision_form.Id.WITHDRAWAL)
    def withdrawn(ack: Ack, body: Body) -> None:
        decision_endings.withdraw(muster.db, sent=submission_of(body), decision_id=_about(body), now=muster.clock())
        ack(response_action="clear")

    @app.view(decision_form.Id.KEEP)
    def kept(ack: Ack, body: Body) -> None:
        decision_endings.keep(muster.db, sent=submission_of(body), decision_id=_about(body), now=muster.clock())
        ack(response_action="clear")

    @app.view(decision_form.Id.DEPRECATE)
    def deprecated(ack: Ack, body: Body) -> None:
        decision_endings.deprecate(muster.db, sent=submission_of(body), decision_id=_about(body), now=muster.clock())
        ack(response_action="clear")


def _about(body: Body) -> int:
    return int(forms.ids(body["view"])["decision"])


def _clicked(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "decision_id": row_of(body), "person_id": actor_of(body)}
