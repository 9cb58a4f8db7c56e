"""`/digest`: one's digest now, and when it comes by itself."""

from slack_bolt import Ack, App

from handlers import trends
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from services import asked_digests, digest_settings
from surface import counting, forms, typed
from surface import digest_settings as views
from surface.answers import not_understood, plain_answer


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    """`/digest`, with `settings`, `trends` or `help` after it."""
    asked = typed.plain(text).casefold()
    if not asked:
        is_new = asked_digests.ask(muster.db, **_person(body), now=muster.clock())
        ack(**plain_answer(views.COMING if is_new else views.COMING_AGAIN))
    elif asked == "settings":
        _open(muster, ack, body, again="digest settings")
    elif asked == "trends":
        trends.command(muster, ack, body)
    elif asked == "help":
        ack(**views.help_answer())
    else:
        ack(**not_understood(typed.plain(text), views.HELP))


def _person(body: Body) -> dict[str, str]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}


def _open(muster: Muster, ack: Ack, body: Body, again: str = "") -> None:
    sheet = digest_settings.sheet(muster.db, **_person(body), now=muster.clock())
    open_form(muster, ack, body, views.settings_form(sheet), again=again)


def register(app: App, muster: Muster) -> None:
    @app.command("/digest")
    def digest(ack: Ack, body: Body) -> None:
        command(muster, ack, body, body.get("text", ""))

    @app.action(views.Id.CHANGE)
    def change(ack: Ack, body: Body) -> None:
        _open(muster, ack, body)

    @app.action(views.Id.NOW)
    def show_now(ack: Ack, body: Body) -> None:
        asked_digests.ask(muster.db, **_person(body), now=muster.clock())
        ack()

    @app.action(counting.Id.OPEN)
    def counted(ack: Ack, body: Body) -> None:
        open_form(muster, ack, body, counting.counting_view())

    @app.view(views.Id.FORM)
    def save(ack: Ack, body: Body) -> None:
        given = forms.values(body["view"])
        sheet = digest_settings.choose(muster.db, **_person(body), given=given, now=muster.clock())
        ack(response_action="update", view=views.saved_form(sheet))
