"""Switching rituals on and off: `/ritual`."""

from typing import Any

from slack_bolt import Ack, App

from domain import library
from handlers import own_templates
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.library import library_of
from services import rituals
from surface import ritual_list as views
from surface import typed


def register(app: App, muster: Muster) -> None:
    @app.command("/ritual")
    def ritual(ack: Ack, body: Body) -> None:
        command(muster, ack, body, body.get("text", ""))


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    verb, _, name = typed.plain(text).partition(" ")
    match verb.casefold(), name.strip():
        case ("" | "list", ""):
            ack(**_list(muster, body))
        case ("on", str(wanted)) if wanted:
            ack(**_switch_on(muster, body, wanted))
        case ("off", str(wanted)) if wanted:
            ack(**_switch_off(muster, body, wanted))
        case ("new", ""):
            own_templates.new_command(muster, ack, body)
        case ("edit", str(wanted)) if wanted:
            own_templates.edit_command(muster, ack, body, wanted)
        case ("on" | "off" | "edit", ""):
            ack(**views.which_answer(verb.casefold()))
        case ("pause" | "resume", _):
            ack(**views.pause_answer())
        case ("help", ""):
            ack(**views.help_answer())
        case _:
            ack(**views.not_understood_answer(typed.plain(text)))


def _list(muster: Muster, body: Body) -> dict[str, Any]:
    on = rituals.listing(muster.db, workspace_id=workspace_of(body), channel_id=body["channel_id"])
    return views.list_answer(on, body["channel_id"])


def _switch_on(muster: Muster, body: Body, name: str) -> dict[str, Any]:
    found = rituals.switch_on(
        muster.db,
        workspace_id=workspace_of(body),
        channel_id=body["channel_id"],
        person_id=actor_of(body),
        template=library.find(library_of(muster, body), name),
        now=muster.clock(),
    )
    return views.on_answer(*found)


def _switch_off(muster: Muster, body: Body, name: str) -> dict[str, Any]:
    ritual = rituals.switch_off(
        muster.db,
        workspace_id=workspace_of(body),
        channel_id=body["channel_id"],
        person_id=actor_of(body),
        name=name,
        now=muster.clock(),
    )
    return views.off_answer(ritual, is_open=rituals.is_open(muster.db, ritual))
