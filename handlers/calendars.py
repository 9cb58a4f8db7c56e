"""`/muster calendar`: following one's own calendar."""

from slack_bolt import Ack, App

from domain.calendars import CalendarSheet
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from handlers.people import is_alone
from services import calendars
from surface import calendars as views
from surface import forms


def calendar_command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    if is_alone("calendar", ack, text):
        open_form(muster, ack, body, views.calendar_form(_sheet(muster, body)), again="calendar")


def _sheet(muster: Muster, body: Body) -> CalendarSheet:
    return calendars.open_sheet(muster.db, secrets=muster.secrets, **_who(body), now=muster.clock())


def _who(body: Body) -> dict[str, str]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.OPEN)
    def open_it(ack: Ack, body: Body) -> None:
        open_form(muster, ack, body, views.calendar_form(_sheet(muster, body)))

    @app.action(views.Id.AGAIN)
    def again(ack: Ack, body: Body) -> None:
        """Shows what is known by now, and has it read anew."""
        view = body["view"]
        muster.slack.update_view(view["id"], views.calendar_form(_sheet(muster, body)), view["hash"])
        calendars.look_again(muster.db, **_who(body), now=muster.clock())
        ack()

    @app.action(views.Id.LEAVE)
    def leave(ack: Ack, body: Body) -> None:
        calendars.leave(muster.db, **_who(body), now=muster.clock())
        muster.slack.update_view(body["view"]["id"], views.left_form(), body["view"]["hash"])
        ack()

    @app.view(views.Id.FORM)
    def save(ack: Ack, body: Body) -> None:
        given = forms.values(body["view"])
        calendars.follow(
            muster.db,
            secrets=muster.secrets,
            own_hosts=muster.own_hosts,
            **_who(body),
            address=given.get("address", ""),
            counts=given.get("counts", ""),
            now=muster.clock(),
        )
        ack(response_action="update", view=views.calendar_form(_sheet(muster, body)))
