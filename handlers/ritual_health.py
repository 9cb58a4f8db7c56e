"""What a facilitator presses who was asked whether a ritual still suits; its other buttons are those of the ritual."""

from typing import Any

from slack_bolt import Ack, App

from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import push_form
from services import ritual_health
from surface import ritual_health as views


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.MERGE)
    def merge(ack: Ack, body: Body) -> None:
        push_form(muster, ack, body, views.merge_view(ritual_health.merging(muster.db, **_clicked(body))))

    @app.action(views.Id.LEAVE)
    def leave(ack: Ack, body: Body) -> None:
        ritual_health.leave(muster.db, **_clicked(body), now=muster.clock())
        ack()


def _clicked(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body), "ritual_id": row_of(body)}
