"""What people have typed into forms of decisions and not sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from domain.briefs import Drafted
from domain.decision_pages import About, KeptForm
from domain.decision_states import Move
from domain.submissions import Submission
from storage import posted, sql
from storage.tables import KeptFormRow


def of(session: Session, *, sent: Submission) -> KeptForm | None:
    """What is kept of the form that this one is."""
    row = session.exec(select(KeptFormRow).where(*_is(sent))).first()
    return _kept(row) if row else None


def keep(session: Session, *, kept: KeptForm) -> None:
    """Over what was kept of the same form before."""
    row = {
        "draft_id": kept.sent.draft_id,
        "workspace_id": kept.sent.workspace_id,
        "person_id": kept.sent.person_id,
        "channel_id": kept.about.channel_id,
        "decision_id": kept.about.decision_id,
        "version": kept.about.version,
        "move": kept.about.move.value,
        "opened_with": dict(kept.opened_with),
        "values": dict(kept.sent.given),
        "at": kept.at,
        "drafted": f"{kept.about.drafted or ''}",
        **posted.columns(kept.about.message),
    }
    sql.add_or_update(session, KeptFormRow, [row], keys=["draft_id"])


def drop(session: Session, *, sent: Submission) -> None:
    session.execute(delete(KeptFormRow).where(*_is(sent)))


def of_person(session: Session, *, workspace_id: str, person_id: str, since: datetime) -> list[KeptForm]:
    """The newest first."""
    mine = (KeptFormRow.workspace_id == workspace_id, KeptFormRow.person_id == person_id)
    query = select(KeptFormRow).where(*mine, col(KeptFormRow.at) >= since).order_by(col(KeptFormRow.at).desc())
    return [_kept(row) for row in session.exec(query)]


def drop_before(session: Session, *, at: datetime) -> None:
    """In all workspaces."""
    session.execute(delete(KeptFormRow).where(col(KeptFormRow.at) < at))


def _is(sent: Submission) -> tuple[Any, ...]:
    return (
        KeptFormRow.workspace_id == sent.workspace_id,
        KeptFormRow.draft_id == sent.draft_id,
        KeptFormRow.person_id == sent.person_id,
    )


def _kept(row: KeptFormRow) -> KeptForm:
    return KeptForm(
        Submission(row.workspace_id, row.person_id, row.draft_id, dict(row.values)),
        About(row.channel_id, row.decision_id, row.version, posted.of(row), Move(row.move), Drafted.read(row.drafted)),
        opened_with=dict(row.opened_with),
        at=row.at,
    )
