"""App Home: opening it, and its two buttons that begin something new."""

from typing import Any

from slack_bolt import Ack, App

from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from services import action_forms, decision_forms, home
from surface import action_form, decision_form, forms
from surface.home import Id, where_form


def register(app: App, muster: Muster) -> None:
    @app.event("app_home_opened")
    def opened(event: Body, body: Body) -> None:
        if event.get("tab") == "home":
            person_id, now = str(event["user"]), muster.clock()
            home.open_page(muster.db, workspace_id=workspace_of(body), person_id=person_id, now=now)

    @app.action(Id.RECORD)
    def record(ack: Ack, body: Body) -> None:
        _ask_where(muster, ack, body, "Record a decision", Id.RECORD_WHERE)

    @app.action(Id.ADD)
    def add(ack: Ack, body: Body) -> None:
        _ask_where(muster, ack, body, "Add an action item", Id.ADD_WHERE)

    @app.view(Id.RECORD_WHERE)
    def record_there(ack: Ack, body: Body) -> None:
        sheet = decision_forms.open_form(muster.db, **_chosen(body), given={}, now=muster.clock())
        ack(response_action="update", view=decision_form.decision_form(sheet))

    @app.view(Id.ADD_WHERE)
    def add_there(ack: Ack, body: Body) -> None:
        sheet = action_forms.open_form(muster.db, **_chosen(body), given={})
        ack(response_action="update", view=action_form.action_form(sheet))


def _ask_where(muster: Muster, ack: Ack, body: Body, title: str, callback_id: Id) -> None:
    """Something is recorded in a channel, and Home is none."""
    places = home.places(muster.db, workspace_id=workspace_of(body), person_id=actor_of(body), now=muster.clock())
    open_form(muster, ack, body, where_form(title, callback_id, places))


def _chosen(body: Body) -> dict[str, Any]:
    channel_id = forms.values(body["view"])["channel"]
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body), "channel_id": channel_id}
