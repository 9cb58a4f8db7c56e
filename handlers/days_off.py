"""`/muster days`: the days off of the whole workspace."""

from slack_bolt import Ack

from domain.days_off import DaysUsage
from domain.words import quoted
from handlers.context import Body, Muster, actor_of, workspace_of
from services import days_off
from surface import days_off as views
from surface import help as help_views
from surface import typed

NO_REGION = "none"


def command(muster: Muster, ack: Ack, body: Body, text: str) -> None:
    """`/muster days`, with `add`, `remove` or `region` and what they take after it."""
    verb, _, rest = typed.plain(text).partition(" ")
    day, _, name = rest.strip().partition(" ")
    who = {"workspace_id": workspace_of(body), "actor_id": actor_of(body)}
    match verb.casefold():
        case "help":
            ack(**help_views.help_answer())
            return
        case "":
            found = days_off.shown(muster.db, **who, now=muster.clock())
        case "add" if day:
            found = days_off.add(muster.db, **who, day=day, name=name, now=muster.clock())
        case "remove" if day:
            found = days_off.remove(muster.db, **who, day=day, now=muster.clock())
        case "region" if rest:
            region = "" if rest.casefold() == NO_REGION else rest
            found = days_off.set_region(muster.db, **who, region=region, now=muster.clock())
        case _:
            raise DaysUsage(typed=quoted(typed.plain(text)))
    ack(**views.days_answer(found))
