"""Switching rituals on and off: `/ritual`, and the buttons of its list."""

from typing import Any

from slack_bolt import Ack, App

from domain import library
from handlers.context import Body, Muster, actor_of, workspace_of
from handlers.reading import say_again
from services import rituals
from surface import rituals as views
from surface import typed


def register(app: App, muster: Muster) -> None:
    @app.command("/ritual")
    def ritual(ack: Ack, body: Body) -> None:
        command(muster, ack, body, body.get("text", ""))

    @app.action(views.Id.ON)
    def switch_on(ack: Ack, body: Body) -> None:
        found = _switch_on(muster, body, body["channel"]["id"], body["actions"][0]["value"])
        ack()
        say_again(muster, body, found)


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    verb, _, name = typed.plain(text).partition(" ")
    match verb.casefold(), name.strip():
        case ("" | "list", ""):
            ack(**_list(muster, body))
        case ("on", str(wanted)) if wanted:
            ack(**_switch_on(muster, body, body["channel_id"], wanted))
        case ("off", str(wanted)) if wanted:
            ack(**_switch_off(muster, body, wanted))
        case ("on" | "off", ""):
            ack(**views.which_answer(verb.casefold()))
        case ("help", ""):
            ack(**views.help_answer())
        case _:
            ack(**views.not_understood_answer(typed.plain(text)))


def _list(muster: Muster, body: Body) -> dict[str, Any]:
    on = rituals.listing(muster.db, workspace_id=workspace_of(body), channel_id=body["channel_id"])
    return views.list_answer(on, muster.library.values())


def _switch_on(muster: Muster, body: Body, channel_id: str, name: str) -> dict[str, Any]:
    found = rituals.switch_on(
        muster.db,
        workspace_id=workspace_of(body),
        channel_id=channel_id,
        person_id=actor_of(body),
        template=library.find(muster.library, name),
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
    return views.off_answer(ritual)
