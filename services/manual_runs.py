"""Runs that somebody starts."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.cadence import MANUAL
from domain.errors import UserError
from domain.people import Person
from domain.runs import Ritual, Run
from domain.words import day_text
from services import owing, replanning, ritual_changes, rituals, runs
from services.roster import roster_of
from storage import people
from storage import rituals as stored
from storage.engine import Database


class IsPaused(UserError):
    """{title} is paused, so nothing was started. Resume it first."""


class AskedAgain(UserError):
    """{title} has asked again since, on {day}, so nothing was started. Type `/ritual` to see how it stands."""


def run_now(
    db: Database,
    *,
    workspace_id: str,
    ritual_id: int,
    person_id: str,
    draft_id: str,
    now: datetime,
    newest_id: int | None = None,
) -> tuple[Run, list[Person]]:
    """Asks at once, each at their next working moment; what is planned stays. Pressed twice it is one run. Raises
    AskedAgain if `newest_id` is given, and that run is no longer the newest."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        known = stored.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
        if known is None or known.ended_at:
            raise rituals.NotOn(name=known.template.title if known else "That ritual")
        starter = rituals.may_change(session, workspace_id, known.channel_id, person_id)
        ritual = stored.take(session, ritual_id=ritual_id) or known
        if ritual.template.cadence is not None:  # One without a date of its own is there to be started by anybody.
            rituals.check_may_change(session, ritual, starter)
        today = now.astimezone(starter.zone).date()
        if ritual.paused_until and today < ritual.paused_until:
            raise IsPaused(title=ritual.template.title)
        asked = roster_of(session, replace(ritual, next_day=today), starter_id=person_id)
        if not asked:
            raise rituals.nobody_to_ask(ritual.template)
        if made := stored.run_by_hand(session, ritual_id=ritual.id, draft_id=draft_id):
            return made, asked
        if newest_id is not None:
            _check_newest(session, ritual, newest_id)
        by_hand = replace(ritual, template=replace(ritual.template, when=MANUAL, cadence=None))
        occurrence = f"{now.astimezone(starter.zone):%Y-%m-%dT%H:%M}#{draft_id}"
        run = runs.start(session, by_hand, occurrence, asked, by=person_id, now=now)
        replanning.reschedule(session, ritual.id, now=now)  # Whose turn comes then is another's, at another moment.
        ritual_changes.audit(session, ritual, "ritual run by hand", person_id, now, run=run.id)
        owing.owe_again(session, workspace_id, owing.ritual_message(ritual), now=now)
        return run, asked


def _check_newest(session: Session, ritual: Ritual, newest_id: int) -> None:
    newest = stored.newest_run(session, ritual_id=ritual.id)
    if newest and newest.id != newest_id:
        raise AskedAgain(title=ritual.template.title, day=day_text(newest.day))


def run_again(
    db: Database, *, workspace_id: str, run_id: int, person_id: str, now: datetime
) -> tuple[Run, list[Person]]:
    """After a run that nobody answered; pressed twice it is one run. Raises AskedAgain."""
    with db.read() as session:
        run = stored.run(session, workspace_id=workspace_id, run_id=run_id)
    if run is None:
        raise rituals.NotOn(name="That ritual")
    place = {"workspace_id": workspace_id, "person_id": person_id, "draft_id": f"after{run_id}"}
    return run_now(db, **place, ritual_id=run.ritual_id, newest_id=run_id, now=now)
