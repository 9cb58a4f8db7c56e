"""Sharing the draft of a brief in its thread, and taking it back."""

from typing import Any

from slack_bolt import Ack, App

from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import open_form
from services import brief_sharing, briefings
from surface import brief_sharing as views
from surface import briefs, forms


def register(app: App, muster: Muster) -> None:
    @app.action(briefs.Id.SHARE)
    def ask(ack: Ack, body: Body) -> None:
        card = briefings.readable(muster.db, **_of(body, row_of(body)))
        open_form(muster, ack, body, views.share_form(card))

    @app.view(views.Id.FORM)
    def share(ack: Ack, body: Body) -> None:
        brief_id = int(forms.ids(body["view"])["brief"])
        brief_sharing.share(muster.db, **_of(body, brief_id), now=muster.clock())
        ack()

    @app.action(briefs.Id.TAKE_BACK)
    def take_back(ack: Ack, body: Body) -> None:
        brief_sharing.take_back(muster.db, **_of(body, row_of(body)), now=muster.clock())
        ack()


def _of(body: Body, brief_id: int) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body), "brief_id": brief_id}
