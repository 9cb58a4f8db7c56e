"""That a summary is there: the count of a run is edited into it, of which Slack notifies nobody."""

from datetime import datetime, timedelta

from sqlmodel import Session

from domain.cards import RunCard
from domain.deliveries import Delivery
from domain.runs import Run
from services import checkin_cards, owing
from services.anonymous import is_told
from storage import delivery_queries, owed, people
from storage.engine import Database
from storage.owed import Want

STALE = timedelta(days=1)
"""What could not be posted for so long is no news any more."""


def tell(session: Session, run: Run, *, now: datetime) -> None:
    """The channel, once, as soon as a closed run has something to read there; what is posted follows the summary.

    It waits until the summary stands, which the first answers make new: also a late one, where nobody had answered. A
    quiet ritual posts its summary as a new message, which tells of itself.
    """
    post = run.template.post
    if not post.is_in_channel or post.quiet or not is_told(session, run):
        return
    summary, told = owing.run_message(run), owing.summed_up_message(run)
    wants = [Want(told, not_after=now + STALE, after=summary)]
    if delivery_queries.standing(session, workspace_id=run.workspace_id, key=told.key) is None:
        wants.append(Want(summary, anew=True))
    owed.want(session, workspace_id=run.workspace_id, wants=wants, now=now)


def told(db: Database, due: Delivery) -> tuple[RunCard, str] | None:
    """With the address of the workspace in Slack."""
    card = checkin_cards.run_card(db, workspace_id=due.workspace_id, run_id=due.subject.id)
    with db.read() as session:
        return (card, people.workspace(session, workspace_id=due.workspace_id).url) if card else None
