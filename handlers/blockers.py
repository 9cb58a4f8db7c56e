"""The buttons of a blocker: taking it up, and saying that it is cleared or that it is not."""

from slack_bolt import Ack, App

from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from services import blockers
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


def _pressed(body: Body) -> dict[str, str]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
