"""What people say of a decision that is accepted: Read, and Raise a concern."""

from slack_bolt import Ack, App

from handlers.context import Body, Muster, actor_of, asked_of
from handlers.opening import push_form
from handlers.submissions import submission_of
from services import decision_cards, informed
from surface import forms
from surface import informed as views


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.READ)
    def read(ack: Ack, body: Body) -> None:
        informed.read(muster.db, **asked_of(body), now=muster.clock())
        ack()

    @app.action(views.Id.CONCERN)
    def concern(ack: Ack, body: Body) -> None:
        reader_id = actor_of(body)
        found, draft_id = informed.concern_form(muster.db, **asked_of(body))
        card = decision_cards.readable(
            muster.db, workspace_id=found.workspace_id, decision_id=found.id, reader_id=reader_id, now=muster.clock()
        )
        push_form(muster, ack, body, views.concern_form(card, draft_id, reader_id))

    @app.view(views.Id.FORM)
    def raised(ack: Ack, body: Body) -> None:
        ids = forms.ids(body["view"])
        informed.raise_concern(
            muster.db,
            sent=submission_of(body),
            decision_id=int(ids["decision"]),
            version=ids["version"],
            now=muster.clock(),
        )
        ack(response_action="clear")
