"""Runs that somebody starts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.cadence import MANUAL
from domain.cards import CheckinForm
from domain.errors import UserError
from domain.people import Person
from domain.runs import WAITING, Prompt, PromptState, Ritual, Run, counted
from domain.selectors import asks_starter
from domain.words import day_text
from services import asking, checkin_forms, opening, owing, replanning, ritual_changes, rituals
from services.roster import roster_of
from storage import people, prompts
from storage import rituals as stored
from storage.engine import Database


class IsPaused(UserError):
    """{title} is paused, so nothing was started. Resume it first."""


class IsOpen(UserError):
    """{title} is open since {since}{answered}. It closes {closes}; run it again after that."""


class NotOfStarter(UserError):
    """{title} does not ask whoever starts it any more. Type `/ritual` to see how it stands."""


class OnlyReads(UserError):
    """You only read {title}, so it does not ask you, and nothing was started. `/ritual` shows who can change that."""


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
    is_own: bool = False,
) -> tuple[Run, list[Person]]:
    """Asks at once, each at their next working moment; what is planned stays. Pressed twice it is one run.

    One that asks whoever starts it asks them whatever the hour, and is theirs: others may have theirs open at the same
    time. While their own waits for them, that one is answered. Raises NotOn, NotYours, IsPaused, IsOpen and OnlyReads,
    and AskedAgain if `newest_id` is given, and that run is no longer the newest. With `is_own` it is only started
    if it asks them; raises NotOfStarter.
    """
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        known = stored.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
        if known is None or known.ended_at:
            raise rituals.NotOn(name=known.template.title if known else "That ritual")
        starter = rituals.may_change(session, workspace_id, known.channel_id, person_id)
        ritual = stored.take(session, ritual_id=ritual_id) or known
        if is_own and not asks_starter(ritual.template.who):
            raise NotOfStarter(title=ritual.template.title)
        if ritual.template.cadence is not None:  # One without a date of its own is there to be started by anybody.
            rituals.check_may_change(session, ritual, starter)
        today = now.astimezone(starter.zone).date()
        if ritual.paused_until and today < ritual.paused_until:
            raise IsPaused(title=ritual.template.title)
        asked = _whom(session, replace(ritual, next_day=today), starter)
        if made := _started_already(session, ritual, draft_id, starter, now):
            return made, asked
        if newest_id is not None:
            _check_newest(session, ritual, newest_id)
        if not asks_starter(ritual.template.who):
            _check_closed(session, ritual, starter, now)
        by_hand = replace(ritual, template=replace(ritual.template, when=MANUAL, cadence=None))
        if ritual.paused_until:  # That day has come, and what has no date of its own opens only here.
            stored.pause(session, ritual_id=ritual.id, until=None)
        occurrence = f"{now.astimezone(starter.zone):%Y-%m-%dT%H:%M}#{draft_id}"
        run = opening.start(session, by_hand, occurrence, asked, by=person_id, now=now)
        asking.ask_starter(session, run, person_id, now=now)
        replanning.reschedule(session, ritual.id, now=now)  # Whose turn comes then is another's, at another moment.
        ritual_changes.audit(session, ritual, "ritual run by hand", person_id, now, run=run.id)
        owing.owe_again(session, workspace_id, owing.ritual_message(ritual), now=now)
        return run, asked


def _whom(session: Session, ritual: Ritual, starter: Person) -> list[Person]:
    asked = roster_of(session, ritual, starter_id=starter.id)
    if asks_starter(ritual.template.who) and all(each.id != starter.id for each in asked):
        raise OnlyReads(title=ritual.template.title)
    if not asked:
        raise rituals.nobody_to_ask(ritual.template)
    return asked


def own_form(db: Database, run: Run, *, person_id: str, now: datetime) -> CheckinForm | None:
    """Of whoever has started a run that asks them."""
    if not asks_starter(run.template.who):
        return None
    with db.read() as session:
        found = prompts.own(session, run_id=run.id, person_id=person_id)
    if found is None:
        return None
    return checkin_forms.open_form(db, workspace_id=run.workspace_id, prompt_id=found.id, person_id=person_id, now=now)


def _started_already(session: Session, ritual: Ritual, draft_id: str, starter: Person, now: datetime) -> Run | None:
    """By this click; or by themselves, where it asks whoever starts it and still waits for them."""
    if made := stored.run_by_hand(session, ritual_id=ritual.id, draft_id=draft_id):
        return made
    if not asks_starter(ritual.template.who):
        return None
    for run in stored.open_of(session, ritual_id=ritual.id):
        own = prompts.own(session, run_id=run.id, person_id=starter.id)
        if own and own.state in WAITING and own.due_at == run.opened_at and now <= own.deadline:
            return run
    return None


def _check_closed(session: Session, ritual: Ritual, starter: Person, now: datetime) -> None:
    """Who has not been asked yet would be asked by the newer run instead, and the open one end without them."""
    for run in stored.open_of(session, ritual_id=ritual.id):
        of_run = prompts.of_run(session, run_id=run.id)
        is_nameless = bool(run.template.anonymous)
        ends = [each.deadline for each in of_run if is_nameless or each.state in WAITING]
        if ends and now <= max(ends):
            raise IsOpen(
                title=ritual.template.title,
                since=_moment(run.opened_at, starter, now),
                answered="" if is_nameless else _answered_text(run, of_run),
                closes=f"{'at' if _is_today(max(ends), starter, now) else 'on'} {_moment(max(ends), starter, now)}",
            )


def _answered_text(run: Run, of_run: Sequence[Prompt]) -> str:
    asked = counted(run, of_run)
    heard = sum(each.state is PromptState.ANSWERED for each in asked)
    return f", and {heard} of {len(asked)} {'has' if heard == 1 else 'have'} answered"


def _moment(at: datetime, reader: Person, now: datetime) -> str:
    """ "18:01" of today, "Mon 23 Nov 2026 at 17:30" of another day."""
    local = at.astimezone(reader.zone)
    return f"{local:%H:%M}" if _is_today(at, reader, now) else f"{day_text(local)} at {local:%H:%M}"


def _is_today(at: datetime, reader: Person, now: datetime) -> bool:
    return at.astimezone(reader.zone).date() == now.astimezone(reader.zone).date()


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
    return run_now(
        db,
        workspace_id=workspace_id,
        ritual_id=run.ritual_id,
        person_id=person_id,
        draft_id=f"after{run_id}",
        newest_id=run_id,
        now=now,
    )
