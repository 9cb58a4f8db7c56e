"""Reading the answers of a run whole, from a summary that folds them."""

from typing import Any

from slack_bolt import Ack, App

from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.errors import sentence
from handlers.opening import push_form
from handlers.reading import WAIT
from services import history
from surface.answers import notice
from surface.kit import Json
from surface.reading import Id as Turn
from surface.reading import run_view
from surface.run_answers import Id, run_and_place


def register(app: App, muster: Muster) -> None:
    @app.action(Id.READ_ALL)
    def read_all(ack: Ack, body: Body) -> None:
        """Where Slack must be asked first whether the reader may see it, the view opens at once and says so."""
        run_id, _page = _pressed(body)
        if history.is_unsure(muster.db, **_reader(body), run_id=run_id, now=muster.clock()):
            muster.later(_read_late, muster, body, push_form(muster, ack, body, notice(WAIT)))
        else:
            push_form(muster, ack, body, _whole(muster, body))

    @app.action(Turn.BEFORE)
    def before(ack: Ack, body: Body) -> None:
        _turn(muster, ack, body)

    @app.action(Turn.AFTER)
    def after(ack: Ack, body: Body) -> None:
        _turn(muster, ack, body)


def _turn(muster: Muster, ack: Ack, body: Body) -> None:
    run_id, start = _pressed(body)
    card = history.past_run(muster.db, **_reader(body), run_id=run_id, now=muster.clock())
    muster.slack.update_view(body["view"]["id"], run_view(card, start), body["view"]["hash"])
    ack()


def _whole(muster: Muster, body: Body) -> Json:
    run_id, page = _pressed(body)
    found = history.folded_run(muster.db, **_reader(body), run_id=run_id, page=page, now=muster.clock())
    return run_view(*found)


def _read_late(muster: Muster, body: Body, view: Json) -> None:
    muster.freshen(workspace_of(body), actor_of(body))
    try:
        found = _whole(muster, body)
    except Exception as error:  # noqa: BLE001 # Nobody else would tell the person who waits.
        found = notice(sentence(error))
    muster.slack.update_view(view["id"], found, view["hash"])


def _pressed(body: Body) -> tuple[int, int]:
    return run_and_place(body["actions"][0]["value"])


def _reader(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "reader_id": actor_of(body)}
