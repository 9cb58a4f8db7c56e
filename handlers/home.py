"""App Home: opening it."""

from slack_bolt import App

from handlers.context import Body, Muster, workspace_of
from services import home


def register(app: App, muster: Muster) -> None:
    @app.event("app_home_opened")
    def opened(event: Body, body: Body) -> None:
        if event.get("tab") == "home":
            person_id, now = str(event["user"]), muster.clock()
            home.open_page(muster.db, workspace_id=workspace_of(body), person_id=person_id, now=now)
