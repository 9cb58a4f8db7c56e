"""What the messages about a ritual show."""

from datetime import datetime

from sqlmodel import Session

from domain.cards import RitualCard, TurnCard
from domain.runs import Ritual, unreached
from domain.tallies import unreached_texts
from services import audience, summary_readers
from services.roster import roster_of, successor
from storage import channels, observers, people, prompts, rituals
from storage.engine import Database


def card(
    db: Database,
    *,
    workspace_id: str,
    ritual_id: int,
    reader_id: str = "",
    predecessor_id: str = "",
    now: datetime | None = None,
) -> RitualCard | None:
    """Without a reader it is for the channel itself; with `now` it names who is next to facilitate."""
    with db.read() as session:
        ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
        return of(session, ritual, reader_id, predecessor_id, now) if ritual else None


def turn_card(db: Database, *, workspace_id: str, run_id: int, reader_id: str, now: datetime) -> TurnCard | None:
    with db.read() as session:
        run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
        ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=run.ritual_id) if run else None
        reader = people.person(session, workspace_id=workspace_id, person_id=reader_id)
        if run is None or ritual is None or reader is None:
            return None
        before = rituals.newest_run(session, ritual_id=ritual.id, before=run.id)
        predecessor_id = before.facilitator_id if before and before.facilitator_id != reader_id else ""
        return TurnCard(of(session, ritual, reader_id, predecessor_id, now), run, reader)


def of(
    session: Session, ritual: Ritual, reader_id: str = "", predecessor_id: str = "", now: datetime | None = None
) -> RitualCard:
    workspace_id, channel_id = ritual.workspace_id, ritual.channel_id
    place = channels.channel(session, workspace_id=workspace_id, channel_id=channel_id)
    named = [ritual.facilitator_id, ritual.started_by, ritual.ended_by, predecessor_id]
    newest = rituals.newest_run(session, ritual_id=ritual.id)
    missed = [each for each in prompts.of_run(session, run_id=newest.id) if unreached(each)] if newest else []
    named += [prompt.person_id for prompt in missed]
    reading = observers.of_ritual(session, ritual_id=ritual.id)
    named += reading
    known = people.people(session, workspace_id=ritual.workspace_id, ids=named)
    return RitualCard(
        ritual=ritual,
        place=audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id, reader_id=reader_id),
        facilitator=known.get(ritual.facilitator_id),
        starter=known.get(ritual.started_by),
        asked=roster_of(session, ritual),
        ender=known.get(ritual.ended_by),
        predecessor=known.get(predecessor_id),
        successor=successor(session, ritual, now, predecessor_id=predecessor_id) if now else None,
        has_run=newest is not None,
        waits=bool(rituals.open_of(session, ritual_id=ritual.id)),
        is_open=place is not None and place.is_open,
        is_archived=place is not None and place.is_archived,
        unreached=unreached_texts(
            [prompt for prompt in missed if not known[prompt.person_id].left],
            None if newest and newest.template.anonymous else known,
        ),
        observers=tuple(sorted((known[each] for each in reading if each in known), key=lambda each: each.name)),
        unnamed=summary_readers.unnamed(session, ritual.workspace_id, ritual.template.post),
    )
