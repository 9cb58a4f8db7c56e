"""The button of a signal: it opens what starts the ritual that answers it, in the channel of the measures."""

from slack_bolt import Ack, App

from domain import library
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.library import library_of
from handlers.opening import open_form
from services import measures, ritual_desks, ritual_forms, rituals
from surface import library as library_views
from surface import ritual_desk
from surface.kit import Json
from surface.signals import Id


def register(app: App, muster: Muster) -> None:
    @app.action(Id.ANSWER)
    def answer(ack: Ack, body: Body) -> None:
        open_form(muster, ack, body, _form(muster, body))


def _form(muster: Muster, body: Body) -> Json:
    """The ritual's details, from where it is run, if it is on there; else the form that switches it on."""
    measure_id, _, template_id = body["actions"][0]["value"].partition(".")
    who = {"workspace_id": workspace_of(body), "person_id": actor_of(body)}
    place = measures.sheet(muster.db, **who, measure_id=int(measure_id), now=muster.clock()).measure.channel_id
    found = library_of(muster, body)
    on = rituals.on_here(muster.db, workspace_id=workspace_of(body), channel_id=place, name=template_id)
    if on is not None:
        desk = ritual_desks.desk(muster.db, **who, ritual_id=on, now=muster.clock(), library=found)
        return ritual_desk.desk_view(desk)
    template = library.find(found, template_id)
    return library_views.ritual_form(ritual_forms.open_form(muster.db, **who, channel_id=place, template=template))
