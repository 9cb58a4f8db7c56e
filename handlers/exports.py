"""Exporting what was answered in a ritual: the file comes to whoever asked, as a direct message."""

from typing import Any

from slack_bolt import Ack, App

from domain.export import Format
from handlers import history
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.library import library_of
from services import exports, ritual_desks
from surface import exports as views
from surface import forms, ritual_desk
from surface import history as history_views
from surface.kit import Json
from surface.slack import SlackLimited, SlackRefused, SlackUnclear


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.CSV)
    def as_csv(ack: Ack, body: Body) -> None:
        _export(muster, ack, body, Format.CSV)

    @app.action(views.Id.JSON)
    def as_json(ack: Ack, body: Body) -> None:
        _export(muster, ack, body, Format.JSON)


def _export(muster: Muster, ack: Ack, body: Body, wanted: Format) -> None:
    """Whether they may is known at once; sending the file may take longer than Slack waits."""
    exports.check_may_export(muster.db, **_ritual(body))
    _say(muster, body, views.exporting_text())
    ack()
    muster.later(_send, muster, body, wanted)


def _send(muster: Muster, body: Body, wanted: Format) -> None:
    muster.freshen(workspace_of(body), actor_of(body))
    found = exports.of_ritual(muster.db, **_ritual(body), wanted=wanted, now=muster.clock())
    try:
        direct = muster.slack.open_direct(actor_of(body))
        said = views.export_comment(found.title, found.rows, found.forgotten, found.head)
        muster.slack.upload(direct, found.name, found.content, said)
    except (SlackLimited, SlackRefused, SlackUnclear) as error:
        _say(muster, body, views.not_exported_text(str(error)), is_news=True)
        raise


def _say(muster: Muster, body: Body, said: str, *, is_news: bool = False) -> None:
    """`is_news`: whatever the form shows by now."""
    shown = _searching if body["view"]["callback_id"] == history_views.Id.FORM else _desk
    muster.slack.update_view(body["view"]["id"], shown(muster, body, said), "" if is_news else body["view"]["hash"])


def _desk(muster: Muster, body: Body, said: str) -> Json:
    library = library_of(muster, body)
    found = ritual_desks.desk(muster.db, **_ritual(body), now=muster.clock(), library=library)
    return ritual_desk.desk_view(found, said=said)


def _searching(muster: Muster, body: Body, said: str) -> Json:
    return history_views.search_form(
        history.look(muster, body, history.asked_in(body, int(forms.ids(body["view"])["page"]))), said=said
    )


def _ritual(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body), "ritual_id": row_of(body)}
