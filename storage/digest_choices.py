"""What people chose about their digest."""

from dataclasses import asdict

from sqlmodel import Session

from domain.digest_choices import USUAL, Choice, Length, Rhythm
from storage import sql
from storage.tables import DigestChoiceRow


def choice(session: Session, *, workspace_id: str, person_id: str) -> Choice:
    """The usual, of those who chose nothing."""
    row = session.get(DigestChoiceRow, (workspace_id, person_id), populate_existing=True)
    if row is None:
        return USUAL
    return Choice(
        rhythm=Rhythm(row.rhythm),
        weekday=row.weekday,
        hour=row.hour,
        length=Length(row.length),
        about_channels=row.about_channels,
        delegate_id=row.delegate_id,
    )


def choose(session: Session, *, workspace_id: str, person_id: str, choice: Choice) -> None:
    row = {"workspace_id": workspace_id, "person_id": person_id, **asdict(choice)}
    sql.add_or_update(session, DigestChoiceRow, [row], keys=["workspace_id", "person_id"])
