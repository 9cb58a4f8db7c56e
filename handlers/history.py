"""Looking through past check-ins: `/checkin history`, its form, and one of them as a whole."""

from typing import Any

from slack_bolt import Ack, App

from domain.history import WORDS_LIMIT, Filter, History, read_filter
from handlers.context import Body, Muster, actor_of, row_of, workspace_of
from handlers.opening import open_form, push_form
from handlers.reading import answer_fresh
from services import history
from surface import forms
from surface import history as views
from surface.kit import Json
from surface.reading import run_view


def command(muster: Muster, ack: Ack, body: Body, words: str) -> None:
    asked = Filter(body["channel_id"], words=words[:WORDS_LIMIT])
    answer_fresh(muster, ack, body, lambda: views.history_answer(look(muster, body, asked)))


def register(app: App, muster: Muster) -> None:
    @app.action(views.Id.SHOW)
    def show(ack: Ack, body: Body) -> None:
        card = history.past_run(muster.db, **_reader(body), run_id=row_of(body), now=muster.clock())
        push_form(muster, ack, body, run_view(card))

    @app.action(views.Id.SEARCH)
    def search(ack: Ack, body: Body) -> None:
        found = look(muster, body, Filter(body["actions"][0]["value"]))
        _freshen(muster, body, found, open_form(muster, ack, body, views.search_form(found)))

    @app.action(views.Id.OF_RITUAL)
    def of_ritual(ack: Ack, body: Body) -> None:
        found = history.of_ritual(muster.db, **_reader(body), ritual_id=row_of(body), now=muster.clock())
        _freshen(muster, body, found, push_form(muster, ack, body, views.search_form(found)))

    @app.view(views.Id.FORM)
    def sent(ack: Ack, body: Body) -> None:
        found = look(muster, body, asked_in(body))
        ack(response_action="update", view=views.search_form(found))

    @app.action(views.Id.OLDER)
    def older(ack: Ack, body: Body) -> None:
        _turn(muster, ack, body, 1)

    @app.action(views.Id.NEWER)
    def newer(ack: Ack, body: Body) -> None:
        _turn(muster, ack, body, -1)


def _turn(muster: Muster, ack: Ack, body: Body, step: int) -> None:
    view = body["view"]
    page = max(int(forms.ids(view)["page"]) + step, 0)
    muster.slack.update_view(view["id"], views.search_form(look(muster, body, asked_in(body, page))), view["hash"])
    ack()


def asked_in(body: Body, page: int = 0) -> Filter:
    """What the form looks for."""
    return read_filter(forms.ids(body["view"])["channel"], forms.values(body["view"]), page)


def look(muster: Muster, body: Body, asked: Filter) -> History:
    return history.past_runs(muster.db, **_reader(body), asked=asked, now=muster.clock())


def _freshen(muster: Muster, body: Body, found: History, view: Json) -> None:
    """Where Slack has not said lately what the reader may see, it is asked, and the form shows the rest."""
    if found.is_partial:
        muster.later(_look_again, muster, body, found.asked, view)


def _look_again(muster: Muster, body: Body, asked: Filter, view: Json) -> None:
    muster.freshen(workspace_of(body), actor_of(body))
    muster.slack.update_view(view["id"], views.search_form(look(muster, body, asked)), view["hash"])


def _reader(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "reader_id": actor_of(body)}
