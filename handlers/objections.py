"""What people hold against a decision: objecting, withdrawing that, rejecting, and accepting it anyway."""

from typing import Any

from slack_bolt import Ack, App

from domain.decision_cards import DecisionCard
from domain.decision_states import Move
from handlers.context import Body, Muster, actor_of, asked_of
from handlers.decisions import show_again
from handlers.opening import push_form
from handlers.submissions import submission_of
from services import decision_cards, objections, verdicts
from surface import forms, objection_messages
from surface.decisions import Id as Decisions
from surface.objections import Id


def register(app: App, muster: Muster) -> None:
    @app.action(Id.OBJECT)
    def object_to(ack: Ack, body: Body) -> None:
        asked = objections.form(muster.db, **asked_of(body), move=Move.OBJECT)
        push_form(muster, ack, body, objection_messages.objection_form(*asked, actor_of(body)))

    @app.view(objection_messages.Id.OBJECTION)
    def objected(ack: Ack, body: Body) -> None:
        objections.object_to(muster.db, **_sent(muster, body))
        ack(response_action="clear")

    @app.action(Id.WITHDRAW)
    def withdraw(ack: Ack, body: Body) -> None:
        objections.withdraw(muster.db, **asked_of(body), now=muster.clock())
        show_again(muster, body, asked_of(body)["decision_id"])
        ack()

    @app.action(Decisions.REJECT)
    def reject(ack: Ack, body: Body) -> None:
        push_form(muster, ack, body, objection_messages.reject_form(*verdicts.reject_form(muster.db, **asked_of(body))))

    @app.view(objection_messages.Id.REJECTION)
    def rejected(ack: Ack, body: Body) -> None:
        verdicts.reject(muster.db, **_sent(muster, body))
        ack(response_action="clear")

    @app.action(Id.OVERRULE)
    def overrule(ack: Ack, body: Body) -> None:
        _, draft_id = objections.form(muster.db, **asked_of(body), move=Move.OVERRULE)
        form = objection_messages.overrule_form(_card(muster, body), draft_id, actor_of(body))
        push_form(muster, ack, body, form)

    @app.view(objection_messages.Id.OVERRULE)
    def overruled(ack: Ack, body: Body) -> None:
        objections.overrule(muster.db, **_sent(muster, body))
        ack(response_action="clear")


def _card(muster: Muster, body: Body) -> DecisionCard:
    asked = asked_of(body)
    return decision_cards.readable(
        muster.db,
        workspace_id=asked["workspace_id"],
        decision_id=asked["decision_id"],
        reader_id=asked["person_id"],
        now=muster.clock(),
    )


def _sent(muster: Muster, body: Body) -> dict[str, Any]:
    ids = forms.ids(body["view"])
    about = {"decision_id": int(ids["decision"]), "version": ids["version"]}
    return {"sent": submission_of(body), **about, "now": muster.clock()}
