"""Writing a template in Slack: `/ritual new`, `/ritual edit NAME`, and copying one of the library."""

from typing import Any

from slack_bolt import Ack, App

from domain import library as names
from domain.sketches import SketchCard
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.library import library_of
from handlers.opening import open_form, push_form
from services import own_templates, rituals, sketches
from surface import forms, library, questions


def new_command(muster: Muster, ack: Ack, body: Body) -> None:
    found = own_templates.write(muster.db, **_by(body), channel_id=body["channel_id"], now=muster.clock())
    open_form(muster, ack, body, questions.list_view(found), again="ritual new")


def edit_command(muster: Muster, ack: Ack, body: Body, name: str) -> None:
    """The questions of what is on here, or else a template that was written in Slack."""
    on = rituals.on_here(muster.db, workspace_id=workspace_of(body), channel_id=body["channel_id"], name=name)
    found = _of_ritual(muster, body, on) if on is not None else _of_template(muster, body, name)
    open_form(muster, ack, body, questions.list_view(found), again=f"ritual edit {found.sketch.template.id}")


def _of_ritual(muster: Muster, body: Body, ritual_id: int) -> SketchCard:
    return sketches.of_ritual(muster.db, **_by(body), ritual_id=ritual_id, now=muster.clock())


def _of_template(muster: Muster, body: Body, name: str) -> SketchCard:
    found = names.find(library_of(muster, body), name)
    if found.id in muster.library:
        raise own_templates.ComesAsFile(title=found.title)
    return _edit(muster, body, found.id, body["channel_id"])


def _edit(muster: Muster, body: Body, template_id: str, channel_id: str) -> SketchCard:
    return own_templates.edit(
        muster.db, **_by(body), channel_id=channel_id, template_id=template_id, now=muster.clock()
    )


def register(app: App, muster: Muster) -> None:
    @app.action(library.Id.COPY)
    def copy(ack: Ack, body: Body) -> None:
        found = own_templates.copy(
            muster.db,
            **_by(body),
            channel_id=forms.ids(body["view"])["channel"],
            template=names.find(library_of(muster, body), body["actions"][0]["value"]),
            files=muster.library,
            now=muster.clock(),
        )
        _show(muster, ack, body, found)

    @app.action(library.Id.EDIT)
    def edit(ack: Ack, body: Body) -> None:
        channel_id = forms.ids(body["view"])["channel"]
        _show(muster, ack, body, _edit(muster, body, body["actions"][0]["value"], channel_id))


def _show(muster: Muster, ack: Ack, body: Body, card: SketchCard) -> None:
    """In the place of a trial: Slack lays no more than three forms on each other, and the list needs one above it."""
    view = body["view"]
    if view["callback_id"] != library.Id.TRY:
        push_form(muster, ack, body, questions.list_view(card))
        return
    muster.slack.update_view(view["id"], questions.list_view(card), "")
    ack()


def _by(body: Body) -> dict[str, Any]:
    return {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
