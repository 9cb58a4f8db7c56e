"""The briefs that stand above the answers of runs: drawn up once a run has closed, and anew when its answers change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.briefings import TRIES
from domain.cards import RunCard
from domain.language_models import BRIEFS_OF_A_THREAD, DAY, Unwanted
from domain.run_briefs import DueBrief, RunBrief
from services import checkin_cards, closing, language_models, owing
from services.brief_writing import TOKENS, Share, take
from storage import channels, people, rituals, run_briefs
from storage.ending import makes_nothing_due
from storage.engine import Database

LEASE = timedelta(minutes=10)
"""Without news for so long another one begins: whoever drew it up died."""


@dataclass(frozen=True)
class Material:
    """What a brief is drawn up of."""

    card: RunCard
    names: Mapping[str, str]
    """Of all who may be named in the answers, by id, whether they answered or not."""
    fingerprint: str
    """Of the answers that the last one was drawn up of."""


def claim(db: Database, *, now: datetime, limit: int) -> list[DueBrief]:
    with db.write() as session:
        claimed = run_briefs.claim(session, now=now, until=now + LEASE, limit=limit)
        if not claimed:
            makes_nothing_due(session)
        return claimed


def material(db: Database, *, due: DueBrief) -> Material | None:
    """None if nobody wants it any more."""
    with db.read() as session:
        run = rituals.run(session, workspace_id=due.workspace_id, run_id=due.run_id)
        if run is None or run_briefs.due(session, brief=due) is None:
            return None
        card = checkin_cards.card_of(session, run)
        place = {"workspace_id": run.workspace_id, "channel_id": run.channel_id}
        here = people.people(session, workspace_id=run.workspace_id, ids=channels.member_ids(session, **place))
        names = {each.id: each.name for each in here.values()} | card.names
        return Material(card, names, run_briefs.fingerprint(session, run_id=run.id))


def drafted(db: Database, *, due: DueBrief, found: RunBrief | None, fingerprint: str, now: datetime) -> None:
    """The summary is shown again with it, wherever it is; nothing if the answers have changed since."""
    with db.write() as session:
        if not _is_wanted(session, due):
            return
        before = run_briefs.brief(session, run_id=due.run_id)
        run_briefs.drafted(session, run_id=due.run_id, found=found, fingerprint=fingerprint)
        run = rituals.run(session, workspace_id=due.workspace_id, run_id=due.run_id)
        if run and before != found:
            owing.owe_again(session, due.workspace_id, owing.run_message(run), now=now)
            closing.fit(session, run, now=now)


def begin(db: Database, *, due: DueBrief, now: datetime) -> None:
    """Before a model is asked for one. Nobody asked for it, so it is taken from no person's share.

    Raises Unwanted, and NotWritten where no model may be asked, or has been asked for it often enough.
    """
    with db.write() as session:
        _check_may_be_asked(session, due)
        take(session, due.workspace_id, Share(f"run {due.run_id}", DAY, BRIEFS_OF_A_THREAD), 1, now)


def reserve(db: Database, *, due: DueBrief, tokens: int, most: int, now: datetime) -> None:
    """Before each request. Raises Unwanted, and NotWritten if no model may be asked any more, or the workspace has used
    up its tokens of the day."""
    with db.write() as session:
        _check_may_be_asked(session, due)
        take(session, due.workspace_id, Share(TOKENS, DAY, most), tokens, now)


def _check_may_be_asked(session: Session, due: DueBrief) -> None:
    """Raises Unwanted, and NotWritten."""
    run = rituals.run(session, workspace_id=due.workspace_id, run_id=due.run_id)
    if run is None or run_briefs.due(session, brief=due) is None:
        raise Unwanted
    place = {"workspace_id": run.workspace_id, "channel_id": run.channel_id}
    is_kept_back = not run.template.post.is_in_channel
    language_models.check_may_be_asked(session, **place, said_at=run.recorded_at, is_kept_back=is_kept_back)


def failed(db: Database, *, due: DueBrief, now: datetime) -> None:
    """It is tried again a few times; then the summary stays without one."""
    with db.write() as session:
        if _is_wanted(session, due):
            next_at = now + TRIES[due.tries] if due.tries < len(TRIES) else None
            run_briefs.put_off(session, run_id=due.run_id, tries=due.tries + 1, next_at=next_at)


def put_off(db: Database, *, due: DueBrief, until: datetime) -> None:
    with db.write() as session:
        if _is_wanted(session, due):
            run_briefs.put_off(session, run_id=due.run_id, tries=due.tries, next_at=until)


def _is_wanted(session: Session, due: DueBrief) -> bool:
    """Locks the run before its brief, as all do."""
    rituals.run(session, workspace_id=due.workspace_id, run_id=due.run_id, lock=True)
    return run_briefs.due(session, brief=due, lock=True) is not None
