"""The rituals somebody facilitates, and how each of them stands."""

from datetime import datetime

from sqlmodel import Session

from domain.home import Facilitated
from domain.people import Person
from domain.runs import PromptState, Ritual, RunState, counts
from services import audience
from storage import channels, prompts, rituals


def of_person(session: Session, person: Person, now: datetime) -> list[Facilitated]:
    """Those in channels they can look into."""
    places = channels.readable(session, workspace_id=person.workspace_id, person_id=person.id, now=now)
    on = rituals.active(session, workspace_id=person.workspace_id, facilitator_id=person.id)
    on = [each for each in on if places.shows(each.channel_id, now)]
    pairs = {(each.channel_id, person.id) for each in on}
    names = audience.place_names(session, workspace_id=person.workspace_id, pairs=pairs)
    return [_standing(session, each, names[each.channel_id, person.id]) for each in on]


def _standing(session: Session, ritual: Ritual, place: str) -> Facilitated:
    run = rituals.newest_run(session, ritual_id=ritual.id)
    if run is None or run.state is not RunState.OPEN:
        return Facilitated(ritual, place)
    if run.template.anonymous:
        return Facilitated(ritual, place, is_open=True)
    asked = [each for each in prompts.of_run(session, run_id=run.id) if counts(each)]
    answered = sum(each.state is PromptState.ANSWERED for each in asked)
    return Facilitated(ritual, place, is_open=True, answered=answered, asked=len(asked))
