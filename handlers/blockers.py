"""The buttons of a blocker: taking it up, passing it on, and saying that it is cleared or that it is not."""

from typing import Any

from slack_bolt import Ack, App

from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import open_form
from handlers.submissions import submission_of
from services import blocker_passes, blockers
from surface import blocker_form, forms
from surface.blockers import Id


def register(app: App, muster: Muster) -> None:
    @app.action(Id.TAKE)
    def take(ack: Ack, body: Body) -> None:
        blockers.take(muster.db, **_pressed(body), blocker_id=row_of(body), now=muster.clock())
        ack()

    @app.action(Id.CLEAR)
    def clear(ack: Ack, body: Body) -> None:
        blockers.clear(muster.db, **_pressed(body), blocker_id=row_of(body), now=muster.clock())
        ack()

    @app.action(Id.STILL)
    def still(ack: Ack, body: Body) -> None:
        blockers.still(muster.db, **_pressed(body), blocker_id=row_of(body), now=muster.clock())
        ack()

    @app.action(Id.FORWARD)
    def pass_on(ack: Ack, body: Body) -> None:
        sheet = blocker_passes.open_form(muster.db, **_pressed(body), blocker_id=row_of(body), now=muster.clock())
        open_form(muster, ack, body, blocker_form.pass_form(sheet))

    @app.view(blocker_form.Id.FORM)
    def passed_on(ack: Ack, body: Body) -> None:
        form: dict[str, Any] = {"sent": submission_of(body), "now": muster.clock()}
        form["blocker_id"] = int(forms.ids(body["view"])["blocker"])
        if found := blocker_passes.submit(muster.db, **form):
            sheet = blocker_passes.sheet(muster.db, **form, outsiders=found)
            ack(response_action="update", view=blocker_form.pass_form(sheet))
        else:
            ack()


def _pressed(body: Body) -> dict[str, str]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
