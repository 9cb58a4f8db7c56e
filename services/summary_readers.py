"""Whom a summary is for, as its ritual says, and what else of its answers goes no further."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from domain.blockers import Blocker
from domain.channels import Readable
from domain.people import Person
from domain.runs import Run
from domain.templates import FACILITATOR, MANAGERS, PARTICIPANTS
from storage import channels, people, prompts, rituals


def people_of(session: Session, run: Run) -> dict[str, Person]:
    """Whoever has left gets nothing; who may not read it is found out when it is drawn."""
    to, workspace_id = run.template.post.to, run.workspace_id
    asked = {prompt.person_id for prompt in prompts.of_run(session, run_id=run.id)}
    wanted = {run.facilitator_id} if FACILITATOR in to else set()
    if PARTICIPANTS in to:
        wanted |= asked
    if MANAGERS in to:
        known = people.people(session, workspace_id=workspace_id, ids=asked)
        wanted |= {person.manager_id for person in known.values() if person.manager_id}
    found = people.people(session, workspace_id=workspace_id, ids=wanted)
    return {key: found[key] for key in sorted(found) if not found[key].left}


def readable(session: Session, found: list[Run], reader: Person, now: datetime) -> list[Run]:
    """Those whose answers somebody may read now."""
    places = channels.readable(session, workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    seen = [run for run in found if places.shows(run.channel_id, run.recorded_at)]
    return [run for run in seen if is_for(session, run, reader, places, now)]


def is_for(session: Session, run: Run, reader: Person, places: Readable, now: datetime) -> bool:
    """Whether somebody may read the answers as far as the ritual goes, besides what they may see of its channel: what
    is kept from the channel is for those it is sent to, and for the facilitator."""
    if run.template.post.is_in_channel or reader.id == run.facilitator_id:
        return True
    return reader.id in people_of(session, run) or any(places.shows(each, now) for each in elsewhere(session, run))


def elsewhere(session: Session, run: Run) -> list[str]:
    names = run.template.post.elsewhere
    found = (channels.named(session, workspace_id=run.workspace_id, name=name) for name in names)
    return [place for place in found if place]


def blockers_for(
    session: Session, found: Iterable[Blocker], reader: Person, places: Readable, now: datetime
) -> list[Blocker]:
    """Besides what somebody may see of a channel: their own, and those of summaries that are for them. Who facilitates
    the ritual by now looks after what was raised before."""
    seen = list(found)
    raised_in = rituals.runs(session, workspace_id=reader.workspace_id, ids={each.run_id for each in seen})
    open_to = {
        run.id
        for run in raised_in.values()
        if is_for(session, run, reader, places, now) or _facilitates(session, run, reader)
    }
    return [each for each in seen if reader.id in each.named or each.run_id in open_to]


def _facilitates(session: Session, run: Run, reader: Person) -> bool:
    ritual = rituals.ritual(session, workspace_id=run.workspace_id, ritual_id=run.ritual_id)
    return ritual is not None and ritual.facilitator_id == reader.id
