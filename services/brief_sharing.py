"""A draft of a brief, shown to everybody in its thread."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.briefings import Briefing, BriefingCard, NotYours, Shared
from domain.deliveries import Kind, Subject
from services import audience, owing
from services.briefings import card_of, message
from storage import briefs, owed
from storage.engine import Database
from storage.owed import Want


def share(db: Database, *, workspace_id: str, brief_id: int, person_id: str, now: datetime) -> None:
    """As it stands now; shared again, the same message shows it. Raises NotYours, and NotInChannel."""
    with db.write() as session:
        found = _found(session, workspace_id, brief_id, person_id)
        if found.brief is None or not audience.may_press(session, record=found, person_id=person_id):
            raise NotYours
        audience.place(session, workspace_id=workspace_id, channel_id=found.channel_id)
        _keep(session, replace(found, shared=Shared(found.brief, found.read, found.total)), now)
        wanted = Want(_in_thread(found), in_thread=found.thread_ts, anew=True)
        owed.want(session, workspace_id=workspace_id, wants=[wanted], now=now)


def take_back(db: Database, *, workspace_id: str, brief_id: int, person_id: str, now: datetime) -> None:
    """Its message then says so. Raises NotYours."""
    with db.write() as session:
        found = _found(session, workspace_id, brief_id, person_id)
        _keep(session, replace(found, shared=None), now)
        owing.owe_again(session, workspace_id, _in_thread(found), now=now)


def card(db: Database, *, workspace_id: str, brief_id: int) -> BriefingCard | None:
    """What its thread is shown of it, as the brief of the card; None once it was taken back."""
    with db.read() as session:
        found = briefs.briefing(session, workspace_id=workspace_id, brief_id=brief_id)
        if found is None or found.shared is None:
            return None
        shared = found.shared
        return card_of(session, replace(found, brief=shared.brief, read=shared.read, total=shared.total))


def _found(session: Session, workspace_id: str, brief_id: int, person_id: str) -> Briefing:
    found = briefs.briefing(session, workspace_id=workspace_id, brief_id=brief_id, lock=True)
    if found is None or found.person_id != person_id:
        raise NotYours
    return found


def _keep(session: Session, briefing: Briefing, now: datetime) -> None:
    briefs.share(session, briefing=briefing)
    owing.owe_again(session, briefing.workspace_id, message(briefing), now=now)


def _in_thread(briefing: Briefing) -> Subject:
    """It names whoever shared it, so that it is known as theirs."""
    return Subject(Kind.SHARED_BRIEF, briefing.id, part=briefing.person_id, channel_id=briefing.channel_id)
