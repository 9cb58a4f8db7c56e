"""Whom a summary is for, as its ritual says, and what else of its answers goes no further."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlmodel import Session

from domain.blockers import Blocker
from domain.cards import Reason
from domain.channels import Readable
from domain.deliveries import Subject
from domain.digests import Listed
from domain.people import Person
from domain.runs import Run
from domain.templates import FACILITATOR, MANAGERS, PARTICIPANTS, Post
from services import owing
from storage import channels, digests, observers, people, prompts, rituals


def people_of(session: Session, run: Run) -> dict[str, tuple[Person, Reason]]:
    """Each with the reason that holds for them; of several the nearest. Whoever has left gets nothing; who may not read
    it is found out when it is drawn."""
    to, workspace_id = run.template.post.to, run.workspace_id
    found = prompts.of_run(session, run_id=run.id)
    taking_part = {each.person_id: Reason.JOINED if each.joined else Reason.ASKED for each in found}
    wanted = dict.fromkeys(observers.of_run(session, run=run), Reason.OBSERVES)
    if MANAGERS in to:
        known = people.people(session, workspace_id=workspace_id, ids=taking_part)
        wanted |= {person.manager_id: Reason.MANAGES for person in known.values() if person.manager_id}
    if PARTICIPANTS in to:
        wanted |= taking_part
    if FACILITATOR in to:
        wanted[run.facilitator_id] = Reason.FACILITATES
    readers = people.people(session, workspace_id=workspace_id, ids=wanted)
    return {key: (readers[key], wanted[key]) for key in sorted(readers) if not readers[key].left}


def readable(session: Session, found: list[Run], reader: Person, now: datetime) -> list[Run]:
    """Those whose answers somebody may read now."""
    places = channels.readable(session, workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    return [run for run in found if may_read(session, run, reader, places, now)]


def elsewhere(session: Session, run: Run) -> list[str]:
    names = run.template.post.elsewhere
    found = (channels.named(session, workspace_id=run.workspace_id, name=name) for name in names)
    return [place for place in found if place]


def unnamed(session: Session, workspace_id: str, post: Post) -> frozenset[str]:
    """Only of public channels everybody may read the names."""
    found = {name: channels.named(session, workspace_id=workspace_id, name=name) for name in post.elsewhere}
    return frozenset(f"#{name}" for name, channel_id in found.items() if channel_id is None)


def messages_naming(session: Session, workspace_id: str, name: str) -> list[Subject]:
    """Those that tell a channel that summaries go to the one of this name: of each ritual, and of its runs that are
    open or the newest."""
    found: dict[Subject, Post] = {}
    for ritual in rituals.active(session, workspace_id=workspace_id):
        found[owing.ritual_message(ritual)] = ritual.template.post
        newest = rituals.newest_run(session, ritual_id=ritual.id)
        runs = [*rituals.open_of(session, ritual_id=ritual.id), *([newest] if newest else [])]
        found |= {owing.run_message(run): run.template.post for run in runs}
    return [subject for subject, post in found.items() if name in post.elsewhere]


def may_read(session: Session, run: Run, reader: Person, places: Readable, now: datetime) -> bool:
    """Whether somebody may read the answers: in the channel, as far as the ritual goes; from outside whoever was named
    to observe before they were given."""
    if places.shows(run.channel_id, run.recorded_at) and _goes_to(session, run, reader, places, now):
        return True
    return not reader.left and reader.id in observers.of_run(session, run=run)


def _goes_to(session: Session, run: Run, reader: Person, places: Readable, now: datetime) -> bool:
    """What is kept from the channel is for those it is sent to, and for the facilitator."""
    if run.template.post.is_in_channel or reader.id == run.facilitator_id:
        return True
    return reader.id in people_of(session, run) or any(places.shows(each, now) for each in elsewhere(session, run))


def blockers_for(
    session: Session, found: Iterable[Blocker], reader: Person, places: Readable, now: datetime
) -> list[Blocker]:
    """Their own, and those of summaries they may read. Who facilitates the ritual by now looks after what was raised
    before."""
    seen = list(found)
    raised_in = rituals.runs(session, workspace_id=reader.workspace_id, ids={each.run_id for each in seen})
    open_to = {
        run.id
        for run in raised_in.values()
        if may_read(session, run, reader, places, now) or _looks_after(session, run, reader, places)
    }
    return [each for each in seen if reader.id in each.named or each.run_id in open_to]


def told_by_digest(session: Session, reader: Person, day: date) -> Collection[int]:
    """The blockers that the digest of that day brings: what brings them otherwise leaves them out then."""
    listed = listed_by_digest(session, reader, day)
    return listed.blockers if listed else ()


def listed_by_digest(session: Session, reader: Person, day: date) -> Listed | None:
    """By the digest of that day, on the reader's calendar."""
    digest = digests.newest_of(session, workspace_id=reader.workspace_id, person_id=reader.id)
    is_of_day = digest is not None and digest.written_at.astimezone(reader.zone).date() == day
    return digest.listed if digest and is_of_day else None


def _looks_after(session: Session, run: Run, reader: Person, places: Readable) -> bool:
    if not places.shows(run.channel_id, run.recorded_at):
        return False
    ritual = rituals.ritual(session, workspace_id=run.workspace_id, ritual_id=run.ritual_id)
    return ritual is not None and ritual.facilitator_id == reader.id
