"""Being away and coming back, and what that means for check-ins that are open."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from sqlmodel import Session

from domain import hours, windows
from domain.clock import new_id
from domain.errors import FieldErrors, NotAllowed, NotSetUp, too_far
from domain.people import Absence, Away, AwayForm, Person, name_of
from domain.runs import WAITING, Missed, Prompt, PromptState, Run, RunState
from domain.setting_up import UNKNOWN
from domain.words import quoted
from services import absence_news, digests, owing, replanning, runs
from services.asking_rituals import titles
from storage import absences as stored
from storage import channels, journal, people, prompts, rituals
from storage.ending import Last, at_end
from storage.engine import Database

AWAY_LIMIT_DAYS = 366
REASON_LIMIT = 150


def open_away(db: Database, *, workspace_id: str, person_id: str, actor_id: str = "", now: datetime) -> AwayForm:
    """About oneself, or by a manager about somebody else. Raises NotAllowed."""
    actor_id = actor_id or person_id
    with db.read() as session:
        person = _spoken_for(session, workspace_id, actor_id, person_id)
        rituals_of = titles(session, workspace_id=workspace_id, person_id=person.id, reader_id=actor_id)
    today = _today(person, now)
    return AwayForm(
        new_id(),
        today,
        person.absences_from(today),
        person_id=person.id,
        other=person.name if person.id != actor_id else "",
        rituals=rituals_of,
    )


def away(
    db: Database,
    *,
    workspace_id: str,
    person_id: str,
    first: str,
    last: str,
    draft_id: str,
    now: datetime,
    actor_id: str = "",
    reason: str = "",
    rituals: Collection[str] = (),
) -> Away:
    """Away from the first day to the last, both included. The same form again with other days moves them.

    With titles of rituals it is for them only. Somebody's manager may say it for them. Raises NotAllowed.
    """
    actor_id = actor_id or person_id
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        person = _spoken_for(session, workspace_id, actor_id, person_id)
        days = _absence(first, last, _today(person, now))
        known = titles(session, workspace_id=workspace_id, person_id=person.id, reader_id=actor_id)
        only = frozenset(each for each, title in known.items() if title in rituals)
        absence = replace(days, reason=_short(reason), rituals=only)
        before = journal.given_to(session, workspace_id=workspace_id, draft_id=draft_id)
        if before != _as_given(absence):
            made = _keep_absence(session, person, absence, draft_id, before, said_by=actor_id)
            if made and actor_id != person.id:
                absence_news.tell_away(session, person, absence, made=made, actor_id=actor_id, now=now)
            person = _replan(session, person, now)
            if before is not None:
                _recall_all(session, person, now)
        other = person.name if person.id != actor_id else ""
        let_go = _told(session, _let_go_all(session, person, now), person, actor_id=actor_id, now=now)
        return Away(absence, tuple(let_go), hours.first_day_back(person, absence.last), other, known)


def _spoken_for(session: Session, workspace_id: str, actor_id: str, person_id: str) -> Person:
    """Whom it is about: oneself, or somebody one manages. Raises NotAllowed."""
    actor = people.person(session, workspace_id=workspace_id, person_id=actor_id)
    if actor is None:
        raise NotSetUp
    person = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if person is None or person.left:
        raise FieldErrors({"first": UNKNOWN})
    if actor.id not in (person.id, person.manager_id):
        raise NotAllowed(who=f"{person.name} and their manager")
    return person


def whom(db: Database, *, workspace_id: str, actor_id: str, person_id: str) -> Person:
    """Whom it is about: oneself, or somebody one manages. Raises NotAllowed."""
    with db.read() as session:
        return _spoken_for(session, workspace_id, actor_id, person_id)


def said_by_other(db: Database, *, workspace_id: str, absence_id: int) -> tuple[Absence, str, Mapping[str, str]] | None:
    """An absence, the name of who said it, and the titles of rituals."""
    with db.read() as session:
        found = stored.said(session, workspace_id=workspace_id, absence_id=absence_id)
        if found is None:
            return None
        known = people.people(session, workspace_id=workspace_id, ids=[found.said_by])
        who = {"person_id": found.person_id, "reader_id": found.said_by}
        return found.absence, name_of(known, found.said_by), titles(session, workspace_id=workspace_id, **who)


def _short(reason: str) -> str:
    return " ".join(reason.split())[:REASON_LIMIT]


def _keep_absence(
    session: Session,
    person: Person,
    absence: Absence,
    draft_id: str,
    before: Mapping[str, str] | None,
    *,
    said_by: str,
) -> int | None:
    """Answers its id; None if it was known.

    What the form made before gets the new days, unless the person has come back from it: that stays as it is.
    """
    workspace_id = person.workspace_id
    made = journal.result_of(session, workspace_id=workspace_id, draft_id=draft_id)
    if (
        made is None
        or before is None
        or not stored.move(
            session,
            workspace_id=workspace_id,
            person_id=person.id,
            absence_id=made,
            before=_from_given(before),
            after=absence,
        )
    ):
        if absence in person.absences:
            return None
        made = stored.add(session, workspace_id=workspace_id, person_id=person.id, absence=absence, said_by=said_by)
    journal.keep_result(session, workspace_id=workspace_id, draft_id=draft_id, result_id=made, given=_as_given(absence))
    return made


def _as_given(absence: Absence) -> dict[str, str]:
    about = {"reason": absence.reason, "rituals": ",".join(sorted(absence.rituals))}
    return {"first": str(absence.first), "last": str(absence.last), **about}


def _from_given(given: Mapping[str, str]) -> Absence:
    return Absence(date.fromisoformat(given["first"]), date.fromisoformat(given["last"]))


def back(
    db: Database, *, workspace_id: str, person_id: str, actor_id: str = "", now: datetime
) -> tuple[bool, list[str], str]:
    """At work again from today on; somebody's manager may say it for them. Raises NotAllowed.

    Whether the person was away at all, the titles of the check-ins that did not wait for them and are open again as
    far as whoever says it may know, and the person's name, if somebody else says it.
    """
    actor_id = actor_id or person_id
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        person = _spoken_for(session, workspace_id, actor_id, person_id)
        day, other = _today(person, now), person.name if person.id != actor_id else ""
        if not stored.end(session, workspace_id=workspace_id, person_id=person_id, day=day):
            return False, [], other
        if other:
            absence_news.tell_back(session, person, day, actor_id=actor_id, now=now)
        person = _replan(session, person, now)
        return True, _told(session, _recall_all(session, person, now), person, actor_id=actor_id, now=now), other


def follow(session: Session, person: Person, *, now: datetime) -> None:
    """After the absences of somebody changed without them."""
    current = _replan(session, person, now)
    _recall_all(session, current, now)
    _let_go_all(session, current, now)


def _replan(session: Session, person: Person, now: datetime) -> Person:
    """Answers the person with the absences as they are now; their Home shows them."""
    current = people.people(session, workspace_id=person.workspace_id, ids=[person.id])[person.id]
    owing.owe_again(session, person.workspace_id, owing.home_page(person.id), now=now)
    digests.plan(session, workspace_id=person.workspace_id, person_id=person.id, now=now)
    replanning.replan(session, workspace_id=person.workspace_id, person=current, now=now)
    return current


def _told(session: Session, found: Iterable[Run], person: Person, *, actor_id: str, now: datetime) -> list[str]:
    """The titles. Somebody else hears only of runs that they may read, and of no anonymous one: whether it waits would
    tell whether the person has answered."""
    if actor_id != person.id:
        places = channels.readable(session, workspace_id=person.workspace_id, person_id=actor_id, now=now)
        named = (run for run in found if not run.template.anonymous)
        found = (run for run in named if places.shows(run.channel_id, run.recorded_at))
    return [run.template.title for run in found]


def _let_go_all(session: Session, person: Person, now: datetime) -> list[Run]:
    """The open check-ins that the person was asked, and is now away for, do not wait."""
    found = [
        (prompt, run)
        for prompt, run in _open(session, person, now)
        if prompt.asked
        and (prompt.state in WAITING or prompt.missed is Missed.AWAY)
        and windows.is_missed_away(run.template, prompt, person, now)
    ]
    for prompt, run in found:
        if prompt.state in WAITING:
            runs.miss_at_end(session, run, prompt, Missed.AWAY, now)
            runs.finish(session, run, now=now)
    return [run for _prompt, run in found]


def _recall_all(session: Session, person: Person, now: datetime) -> list[Run]:
    """Those that did not wait while the person was away wait again, if their runs are open."""
    found = [each for each in _open(session, person, now) if _may_recall(session, *each, person, now)]
    for prompt, run in found:
        at_end(session, (Last.PROMPTS, prompt.id), partial(_recall, session, person, prompt, run, now))
    return [run for _prompt, run in found]


def _open(session: Session, person: Person, now: datetime) -> list[tuple[Prompt, Run]]:
    """The check-ins whose deadline for this person is to come, without those that the person settled."""
    states = [PromptState.PENDING, PromptState.SENT, PromptState.MISSED]
    found = prompts.of_person(
        session, workspace_id=person.workspace_id, person_id=person.id, states=states, open_at=now
    )
    by_id = rituals.runs(session, workspace_id=person.workspace_id, ids={prompt.run_id for prompt in found})
    return [(prompt, by_id[prompt.run_id]) for prompt in found]


def _may_recall(session: Session, prompt: Prompt, run: Run, person: Person, now: datetime) -> bool:
    if prompt.missed is not Missed.AWAY or run.state is not RunState.OPEN:
        return False
    if prompt.asked:
        return not windows.is_missed_away(run.template, prompt, person, now)
    ritual = rituals.ritual(session, workspace_id=run.workspace_id, ritual_id=run.ritual_id)
    newest = rituals.newest_run(session, ritual_id=run.ritual_id)
    window = windows.window(run.template, person, run.day)
    is_on = ritual is not None and ritual.ended_at is None
    return is_on and newest == run and window is not None and not window.away


def _recall(session: Session, person: Person, found: Prompt, run: Run, now: datetime) -> None:
    prompt = prompts.prompt(session, workspace_id=person.workspace_id, prompt_id=found.id, lock=True)
    if prompt and prompt.missed is Missed.AWAY:
        # Prompts are locked before runs; only then is it certain that the run is still open.
        place = (Last.RUNS, run.id, rituals.RECALL)
        at_end(session, place, partial(_recall_if_open, session, person, prompt, run, now))


def _recall_if_open(session: Session, person: Person, prompt: Prompt, run: Run, now: datetime) -> None:
    current = rituals.run(session, workspace_id=run.workspace_id, run_id=run.id, lock=True)
    if current is None or current.state is not RunState.OPEN:
        return
    if prompt.sent_at:
        later = [moment for moment in prompt.reminders if moment > now]
        next_at = windows.next_moment(later, prompt.deadline)
        prompts.move(session, prompt_id=prompt.id, state=PromptState.SENT, next_at=next_at)
    else:
        window = windows.rest_of(run.template, person, run.day, now)
        if window is None:
            return
        prompts.move_window(session, prompt_id=prompt.id, window=window, at=window.due)
        prompts.recall(session, prompt_id=prompt.id, at=window.due)
    owing.owe_prompt_changed(session, run, prompt, now=now)


def _today(person: Person, now: datetime) -> date:
    return now.astimezone(person.zone).date()


def _absence(first: str, last: str, today: date) -> Absence:
    """Raises FieldErrors for days that cannot be meant."""
    mistakes: dict[str, str] = {}
    days: dict[str, date] = {}
    for name, text in (("first", first), ("last", last)):
        try:
            days[name] = date.fromisoformat(text)
        except ValueError:
            typed = quoted(text) if text else "An empty day"
            mistakes[name] = f"{typed} is not understood; write the day as 2026-12-01."
    mistakes |= too_far(days)
    if not mistakes and days["last"] < days["first"]:
        mistakes["last"] = "The last day is before the first. Choose a later one."
    elif not mistakes and days["last"] < today:
        mistakes["last"] = "That is over already. Choose days to come."
    elif not mistakes and (days["last"] - days["first"]).days > AWAY_LIMIT_DAYS:
        mistakes["last"] = "That is more than a year. Choose an earlier last day."
    if mistakes:
        raise FieldErrors(mistakes)
    return Absence(days["first"], days["last"])
