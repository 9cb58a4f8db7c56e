"""A digest that its reader asks for: about the seven days up to now."""

from datetime import datetime, timedelta

from sqlmodel import Session

from domain.digest_settings import NoRitualYet, NothingToTell
from domain.digests import Digest, message_of
from domain.errors import NotSetUp
from services import digest_readers, digests
from services.digest_readers import Reader
from storage import digests as stored
from storage import owed, people
from storage.engine import Database
from storage.owed import Want

BEFORE_TODAY = timedelta(days=6)


def ask(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> bool:
    """Owes it; whether it is the first of that day. Another day has a message of its own, as what was read before stays
    as it was; on the same day the same message is brought up to date.

    Raises NothingToTell and NoRitualYet.
    """
    with db.write() as session:
        person = people.person(session, workspace_id=workspace_id, person_id=person_id)
        if person is None:
            raise NotSetUp
        reader = digest_readers.reader_now(session, person)
        if reader is None:
            raise NothingToTell
        if not reader.team and not stored.has_ritual(session, workspace_id=workspace_id, person_id=person_id):
            raise NoRitualYet
        digest = _digest(session, reader, now)
        is_new = stored.write(session, digest=digest)
        found = stored.find(session, digest=digest)
        # Whoever asks again may have deleted the message.
        want = Want(message_of(found or 0, person_id, is_asked=True), anew=True)
        owed.want(session, workspace_id=workspace_id, wants=[want], now=now)
        return is_new


def _digest(session: Session, reader: Reader, now: datetime) -> Digest:
    first = now.astimezone(reader.person.zone).date() - BEFORE_TODAY
    return Digest(
        id=0,
        workspace_id=reader.workspace_id,
        person_id=reader.person.id,
        about_id=reader.person.id,
        week=first,
        listed=digests.listed(session, reader, week=first, weeks=1, now=now),
        written_at=now,
        shape=reader.shape,
        is_asked=True,
    )
