"""The past runs of a channel's rituals, as one person may read them."""

from datetime import datetime

from sqlmodel import Session

from domain.cards import RunCard
from domain.errors import UserError
from domain.history import History, PastRun, matches
from domain.people import Person
from domain.runs import Run
from domain.summaries import all_lines
from services import audience, checkin_cards
from storage import channels, rituals
from storage.engine import Database

SHOWN = 10
LOOKED_THROUGH = 200
"""So many of the newest runs are searched."""


class NoSuchRun(UserError):
    """There is no such check-in that you can see. Type `/checkin history` in its channel to see those you can."""


def past_runs(
    db: Database, *, workspace_id: str, channel_id: str, reader_id: str, words: str, now: datetime
) -> History:
    """Newest first; with words only those in whose answers, questions or names all of them stand."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        found = rituals.closed_in(session, workspace_id=workspace_id, channel_id=channel_id, limit=LOOKED_THROUGH)
        seen = _readable(session, found, reader, now)
        past: list[PastRun] = []
        for run in seen:
            card = checkin_cards.card_of(session, run)
            lines = tuple(line for line in all_lines(card) if matches(line, words)) if words else ()
            if lines or not words:
                past.append(PastRun(card, lines))
            if len(past) > SHOWN:
                break
        return History(words, tuple(past[:SHOWN]), has_more=len(past) > SHOWN)


def past_run(db: Database, *, workspace_id: str, run_id: int, reader_id: str, now: datetime) -> RunCard:
    """Raises NoSuchRun for those who may not read it."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
        if run is None or not _readable(session, [run], reader, now):
            raise NoSuchRun
        return checkin_cards.card_of(session, run)


def _readable(session: Session, found: list[Run], reader: Person, now: datetime) -> list[Run]:
    places = channels.readable(session, workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    return [run for run in found if places.shows(run.channel_id, run.recorded_at)]
