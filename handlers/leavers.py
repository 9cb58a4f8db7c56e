"""What somebody who left looked after: whoever is offered it takes it over."""

from slack_bolt import Ack, App

from handlers.actions import answer_clicked, say_again
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from services import leavers
from surface.left_behind import Id


def register(app: App, muster: Muster) -> None:
    @app.action(Id.TAKE_DECISION)
    def take_decision(ack: Ack, body: Body) -> None:
        place = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
        leavers.take_decision(muster.db, **place, decision_id=row_of(body), now=muster.clock())
        ack()

    @app.action(Id.TAKE_ITEM)
    def take_item(ack: Ack, body: Body) -> None:
        place = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
        leavers.take_item(muster.db, **place, item_id=row_of(body), now=muster.clock())
        ack()
        say_again(muster, body, answer_clicked(body), row_of(body))
