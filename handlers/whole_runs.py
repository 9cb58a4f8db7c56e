"""Reading the answers of a run whole, from a summary that folds them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from domain.actions import Source
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.errors import sentence
from handlers.opening import push_form
from handlers.reading import WAIT
from services import answer_items, history
from surface import forms
from surface.action_form import action_form
from surface.answers import notice
from surface.kit import Json
from surface.reading import Id as Turn
from surface.reading import run_view
from surface.run_answers import Id, run_and_place


def register(app: App, muster: Muster) -> None:
    @app.action(Id.READ_ALL)
    def read_all(ack: Ack, body: Body) -> None:
        run_id, page = _pressed(body)
        found = partial(history.folded_run, muster.db, **_reader(body), run_id=run_id, page=page)
        _read(muster, ack, body, run_id, lambda: run_view(*found(now=muster.clock())))

    @app.action(Id.READ_ANSWER)
    def read_answer(ack: Ack, body: Body) -> None:
        answer = Source.read(body["actions"][0]["value"])
        found = partial(history.run_at, muster.db, **_reader(body), answer=answer)
        _read(muster, ack, body, answer.run_id, lambda: run_view(*found(now=muster.clock())))

    @app.action(Id.ADD_ITEM)
    def add_item(ack: Ack, body: Body) -> None:
        answer = Source.read(body["actions"][0]["value"])
        person = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
        sheet = answer_items.form(muster.db, **person, answer=answer, now=muster.clock())
        push_form(muster, ack, body, action_form(sheet, start=start_in(body)))

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


def answer_in(body: Body) -> Source | None:
    """The answer that a form was opened from."""
    found = forms.ids(body["view"]).get("answer")
    return Source.read(found) if found else None


def show_below(muster: Muster, body: Body, answer: Source | None) -> None:
    """What was made of an answer, in the view that lies below the form."""
    below = body["view"].get("previous_view_id")
    if answer and below:
        muster.later(_draw_again, muster, body, below, answer.run_id)


def _draw_again(muster: Muster, body: Body, view_id: str, run_id: int) -> None:
    card = history.past_run(muster.db, **_reader(body), run_id=run_id, now=muster.clock())
    muster.slack.update_view(view_id, run_view(card, start_in(body)), "")


def start_in(body: Body) -> int:
    """Which page of the answers was shown."""
    return int(forms.ids(body["view"]).get("start", "0"))


def _read(muster: Muster, ack: Ack, body: Body, run_id: int, whole: Callable[[], Json]) -> None:
    """Where Slack must be asked first whether the reader may see it, the view opens at once and says so."""
    if history.is_unsure(muster.db, **_reader(body), run_id=run_id, now=muster.clock()):
        muster.later(_read_late, muster, body, push_form(muster, ack, body, notice(WAIT)), whole)
    else:
        push_form(muster, ack, body, whole())


def _read_late(muster: Muster, body: Body, view: Json, whole: Callable[[], Json]) -> None:
    muster.freshen(workspace_of(body), actor_of(body))
    try:
        found = whole()
    except Exception as error:  # noqa: BLE001 # Nobody else would tell the person who waits.
        found = notice(sentence(error))
    muster.slack.update_view(view["id"], found, view["hash"])


def _pressed(body: Body) -> tuple[int, int]:
    return run_and_place(body["actions"][0]["value"])


def _reader(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "reader_id": actor_of(body)}
