"""`/muster`: help, setting people up, being away, and every other command under one name."""

from collections.abc import Callable

from slack_bolt import Ack, App

from domain.library import closest
from handlers import (
    actions,
    away,
    briefings,
    calendars,
    checkin,
    days_off,
    decisions,
    digests,
    language_models,
    measures,
    people,
    reactions,
    rituals,
)
from handlers.context import Body, Muster
from surface import help as views
from surface import typed
from surface.answers import Id

Command = Callable[[Muster, Ack, Body, str], None]
COMMANDS: dict[str, Command] = {
    "people": people.people_command,
    "me": people.me_command,
    "days": days_off.command,
    "measures": measures.command,
    "reactions": reactions.command,
    "model": language_models.command,
    "away": away.away_command,
    "back": away.back_command,
    "calendar": calendars.calendar_command,
    "action": actions.command,
    "brief": briefings.command,
    "checkin": checkin.command,
    "decision": decisions.command,
    "digest": digests.command,
    "ritual": rituals.command,
}
"""What may come after `/muster`; short names of commands clash with other apps, this one does not."""


def register(app: App, muster: Muster) -> None:
    @app.command("/muster")
    def command(ack: Ack, body: Body) -> None:
        verb, rest = _split(body.get("text", ""))
        if verb == "help" and rest.casefold() in COMMANDS:
            verb, rest = rest.casefold(), "help"
        if found := COMMANDS.get(verb):
            found(muster, ack, body, rest)
        elif not rest and verb in ("", "help"):
            ack(**views.help_answer())
        else:
            asked = verb if verb != "help" else _split(rest)[0]
            ack(**views.not_understood_answer(typed.plain(body["text"]), closest(asked, COMMANDS)))

    @app.action(Id.AGAIN)
    def again(ack: Ack, body: Body) -> None:
        """A command whose form did not open, from the button that came instead."""
        verb, _, rest = body["actions"][0]["value"].partition(" ")
        COMMANDS[verb](muster, ack, {**body, "channel_id": body["channel"]["id"]}, rest)


def _split(text: str) -> tuple[str, str]:
    """The first word, in small letters, and the rest."""
    verb, _, rest = text.strip().partition(" ")
    return verb.casefold(), rest.strip()
