"""What the tests of action items do over and over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from domain.action_editing import ActionEdit
from domain.action_reminders import Snooze
from domain.actions import (
    ActionItem,
)
from domain.people import Person
from domain.submissions import Submission
from services import action_changes, action_edits, actions
from storage import actions as stored
from storage.engine import Database
from tests.team import ANA, BEN, FORECAST, NOW, WORKSPACE

FORM = {"what": "Relabel March", "owner": BEN, "due": "2026-11-26"}
HOUR = timedelta(hours=1)


def submit(
    db: Database,
    *,
    by: str = ANA,
    draft: str = "d1",
    channel: str = FORECAST,
    blocker_id: int | None = None,
    confirmed: Iterable[str] = (),
    at: datetime = NOW,
    **given: str,
) -> tuple[Person, ...]:
    sent = Submission(WORKSPACE, by, draft, FORM | given, list(confirmed))
    return actions.submit(db, sent=sent, channel_id=channel, blocker_id=blocker_id, now=at)


def item(db: Database, number: int = 1) -> ActionItem:
    with db.read() as session:
        found = stored.item(session, workspace_id=WORKSPACE, item_id=number)
        assert found
        return found


accept = partial(action_changes.accept, workspace_id=WORKSPACE, item_id=1, person_id=BEN, now=NOW)
done = partial(action_changes.done, workspace_id=WORKSPACE, item_id=1, now=NOW)
reopen = partial(action_changes.reopen, workspace_id=WORKSPACE, item_id=1, person_id=BEN, now=NOW)
snooze = partial(action_changes.snooze, workspace_id=WORKSPACE, item_id=1, person_id=BEN, choice=Snooze.DAYS)


def new_date(db: Database, due: str, *, by: str = BEN, draft: str = "n1") -> None:
    action_changes.new_date(db, sent=Submission(WORKSPACE, by, draft, {"due": due}), item_id=1, now=NOW)


def open_edit(db: Database, *, by: str = ANA) -> ActionEdit:
    return action_edits.form(db, workspace_id=WORKSPACE, item_id=1, person_id=by, now=NOW)


def send_edit(
    db: Database, opened: ActionEdit, *, by: str = ANA, confirmed: Iterable[str] = (), **given: str
) -> ActionEdit | None:
    """`given`: what is changed in it; emptied where it says nothing."""
    filled = {name: value for name, value in {**opened.given, "message": "", **given}.items() if value}
    sent = Submission(WORKSPACE, by, opened.draft_id, filled, list(confirmed))
    shown = {"what", "helpers", "every", "important", *given}
    return action_edits.send(db, sent=sent, shown=shown, item_id=1, now=NOW)


def edit(db: Database, *, by: str = ANA, **given: str) -> None:
    assert send_edit(db, open_edit(db, by=by), by=by, **given) is None


def drop(db: Database, why: str = "We buy the labels", *, by: str = BEN, draft: str = "x1") -> None:
    action_changes.drop(db, sent=Submission(WORKSPACE, by, draft, {"why": why}), item_id=1, now=NOW)


def hand_over(
    db: Database,
    owner: str,
    *,
    by: str = BEN,
    draft: str = "h1",
    why: str = "On leave",
    confirmed: Iterable[str] = (),
) -> tuple[Person, ...]:
    sent = Submission(WORKSPACE, by, draft, {"owner": owner, "why": why}, list(confirmed))
    return action_changes.hand_over(db, sent=sent, item_id=1, now=NOW)
