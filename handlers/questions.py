"""Changing questions step by step: of a ritual that is on, and of a template."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from domain import question_form, question_text, sketches
from domain.clock import new_id
from domain.own_templates import FILE
from domain.sketches import Sketch, SketchCard
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import push_form
from handlers.submissions import submission_of
from services import own_templates, question_changes
from services import sketches as service
from surface import forms
from surface import own_templates as template_views
from surface import questions as views
from surface.kit import Json


def register(app: App, muster: Muster) -> None:
    @app.view(views.Id.FORM)
    def save(ack: Ack, body: Body) -> None:
        is_of_ritual = "ritual" in forms.ids(body["view"])
        ack(response_action="update", view=(_save_ritual if is_of_ritual else _save_template)(muster, body))

    _register_steps(app, muster)
    _register_question(app, muster)


def _save_ritual(muster: Muster, body: Body) -> Json:
    ids = forms.ids(body["view"])
    found = question_changes.save(
        muster.db,
        sent=submission_of(body),
        ritual_id=int(ids["ritual"]),
        shown_round=int(ids["round"]),
        now=muster.clock(),
    )
    return views.list_view(found) if isinstance(found, SketchCard) else views.saved_view(found)


def _save_template(muster: Muster, body: Body) -> Json:
    found = own_templates.save(
        muster.db,
        sent=submission_of(body),
        shown_round=int(forms.ids(body["view"])["round"]),
        files=muster.library,
        now=muster.clock(),
    )
    if isinstance(found, SketchCard):
        return views.list_view(found)
    return template_views.saved_view(found.template, found.channel_id)


def _register_steps(app: App, muster: Muster) -> None:
    @app.action(views.Id.MORE)
    def act(ack: Ack, body: Body) -> None:
        verb, question_id, *place = body["actions"][0]["selected_option"]["value"].split()
        match verb:
            case "edit":
                _push_question(muster, ack, body, question_id)
            case "move":
                step = partial(sketches.moved, question_id=question_id, place=int(place[0]))
                _redraw(muster, ack, body, _step(muster, body, step, near=question_id))
            case _:
                step = partial(sketches.removed, question_id=question_id)
                _redraw(muster, ack, body, _step(muster, body, step, near=question_id))

    @app.action(views.Id.ANEW)
    def begin_anew(ack: Ack, body: Body) -> None:
        _redraw(muster, ack, body, _step(muster, body, sketches.begun_anew))

    @app.action(views.Id.TEXT)
    def show_text(ack: Ack, body: Body) -> None:
        push_form(muster, ack, body, views.text_form(_step(muster, body, _as_it_is).sketch))

    @app.view(views.Id.TEXT_FORM)
    def read_text(ack: Ack, body: Body) -> None:
        text = forms.values(body["view"]).get(FILE, "")
        _back(muster, ack, body, _step(muster, body, partial(question_text.with_text, text=text)))


def _register_question(app: App, muster: Muster) -> None:
    @app.action(views.Id.ADD)
    def add(ack: Ack, body: Body) -> None:
        _push_question(muster, ack, body, "")

    @app.action(views.Id.TYPE)
    def choose_type(ack: Ack, body: Body) -> None:
        view, ids = body["view"], forms.ids(body["view"])
        sheet = service.sheet(
            muster.db,
            **_mine(body),
            question_id=ids["question"],
            form_id=ids["form"],
            given=forms.values(view),
        )
        muster.slack.update_view(view["id"], views.question_form(sheet), view["hash"])
        ack()

    @app.view(views.Id.QUESTION)
    def done(ack: Ack, body: Body) -> None:
        view, ids = body["view"], forms.ids(body["view"])
        change = partial(
            question_form.written, question_id=ids["question"], form_id=ids["form"], given=forms.values(view)
        )
        _back(muster, ack, body, _step(muster, body, change))


def _push_question(muster: Muster, ack: Ack, body: Body, question_id: str) -> None:
    _step(muster, body, _as_it_is)
    sheet = service.sheet(muster.db, **_mine(body), question_id=question_id, form_id=new_id())
    push_form(muster, ack, body, views.question_form(sheet))


def _mine(body: Body) -> dict[str, Any]:
    sketch_id = forms.ids(body["view"])["draft"]
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body), "sketch_id": sketch_id}


def _step(muster: Muster, body: Body, change: Callable[[Sketch], Sketch], *, near: str = "") -> SketchCard:
    """What stands in the fields beside the questions is kept with each step."""
    view = body["view"]
    given = forms.values(view) if "title" in forms.shown(view) else None
    return service.step(muster.db, **_mine(body), change=change, given=given, near=near, now=muster.clock())


def _as_it_is(sketch: Sketch) -> Sketch:
    return sketch


def _redraw(muster: Muster, ack: Ack, body: Body, card: SketchCard) -> None:
    view = body["view"]
    if not muster.slack.update_view(view["id"], views.list_view(card), view["hash"]):
        _draw_newest(muster, body, card.sketch)
    ack()


def _draw_newest(muster: Muster, body: Body, stepped: Sketch) -> None:
    """After a quick second click, pressed before the first was drawn. Each looks again after drawing whether another
    step has been taken meanwhile, so the last drawing shows them all. What has been saved since has its own page."""
    drawn: SketchCard | None = None
    while (card := service.look(muster.db, **_mine(body))) != drawn and card.sketch.base == stepped.base:
        if not muster.slack.update_view(body["view"]["id"], views.list_view(card), ""):
            return
        drawn = card


def _back(muster: Muster, ack: Ack, body: Body, card: SketchCard) -> None:
    """To the list, which shows what has been done above it."""
    muster.slack.update_view(body["view"]["previous_view_id"], views.list_view(card), "")
    ack()
