"""The library in Slack: browsing it, a preview of a form, and the form that switches a ritual on."""

from slack_bolt import Ack, App

from domain import library
from domain.previews import Preview
from domain.ritual_form import RitualSheet
from domain.templates import Template
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.opening import open_form
from handlers.submissions import submission_of
from services import measuring, own_templates, previews, ritual_changes, ritual_forms, rituals
from surface import forms, ritual_desk, ritual_list
from surface import library as views
from surface.kit import Json


def register(app: App, muster: Muster) -> None:
    @app.action(ritual_list.Id.LIBRARY)
    def browse(ack: Ack, body: Body) -> None:
        channel_id = body["actions"][0]["value"]
        on = rituals.listing(muster.db, workspace_id=workspace_of(body), channel_id=channel_id)
        taken = {card.ritual.template.id for card in on}
        library = library_of(muster, body)
        took = measuring.of_library(muster.db, workspace_id=workspace_of(body), library=library)
        open_form(muster, ack, body, views.library_view(library, muster.library, taken, channel_id, took))

    @app.action(views.Id.ON)
    def set_up(ack: Ack, body: Body) -> None:
        view = body["view"]
        sheet = ritual_forms.open_form(
            muster.db,
            workspace_id=workspace_of(body),
            channel_id=forms.ids(view)["channel"],
            person_id=actor_of(body),
            template=_template(muster, body, body["actions"][0]["value"]),
        )
        _push(muster, ack, body, views.ritual_form(sheet))

    @app.view(views.Id.FORM)
    def switch_on(ack: Ack, body: Body) -> None:
        ids = forms.ids(body["view"])
        if "ritual" in ids:
            _change(muster, ack, body, int(ids["ritual"]), ids["seen"])
            return
        found = ritual_forms.submit(
            muster.db,
            sent=submission_of(body),
            channel_id=ids["channel"],
            template=_template(muster, body, ids["template"]),
            now=muster.clock(),
        )
        again = views.ritual_form(found) if isinstance(found, RitualSheet) else views.on_view(*found)
        ack(response_action="update", view=again)

    _register_previews(app, muster)


def _change(muster: Muster, ack: Ack, body: Body, ritual_id: int, seen: str) -> None:
    sent, now = submission_of(body), muster.clock()
    found = ritual_changes.change(muster.db, sent=sent, ritual_id=ritual_id, seen=seen, now=now)
    again = views.ritual_form(found) if isinstance(found, RitualSheet) else ritual_desk.changed_view(found)
    ack(response_action="update", view=again)


def _register_previews(app: App, muster: Muster) -> None:
    @app.action(views.Id.PREVIEW)
    def preview(ack: Ack, body: Body) -> None:
        found = _preview(muster, body, body["actions"][0]["value"])
        _push(muster, ack, body, views.preview_view(found))

    @app.action(views.Id.AS)
    def preview_as(ack: Ack, body: Body) -> None:
        _redraw(muster, ack, body)

    @app.view(views.Id.TRY)
    def try_it(ack: Ack, body: Body) -> None:
        seen = _preview(muster, body, forms.ids(body["view"])["template"])
        found = previews.trial(muster.db, seen=seen, now=muster.clock())
        is_yours = seen.template.id not in muster.library
        ack(response_action="update", view=views.trial_view(found, is_yours=is_yours))

    @app.action(views.Id.FOLLOW)
    def follow(ack: Ack, body: Body) -> None:
        _redraw(muster, ack, body)


def _redraw(muster: Muster, ack: Ack, body: Body) -> None:
    view = body["view"]
    found = _preview(muster, body, forms.ids(view)["template"])
    muster.slack.update_view(view["id"], views.preview_view(found), view["hash"])
    ack()


def _preview(muster: Muster, body: Body, template_id: str) -> Preview:
    view, answers = body["view"], forms.values(body["view"])
    return previews.preview(
        muster.db,
        workspace_id=workspace_of(body),
        person_id=actor_of(body),
        channel_id=forms.ids(view)["channel"],
        template=_template(muster, body, template_id),
        answers=answers,
        whom=answers.get(views.AS_FIELD, ""),
        now=muster.clock(),
    )


def library_of(muster: Muster, body: Body) -> dict[str, Template]:
    """What comes as files, and what people of this workspace wrote."""
    return own_templates.library(muster.db, workspace_id=workspace_of(body), files=muster.library)


def _template(muster: Muster, body: Body, template_id: str) -> Template:
    return library.find(library_of(muster, body), template_id)


def _push(muster: Muster, ack: Ack, body: Body, view: Json) -> None:
    """Above the form in which something was clicked."""
    muster.slack.push_view(body["trigger_id"], view)
    ack()
