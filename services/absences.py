"""Being away and coming back."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from domain import hours
from domain.absences import said_once
from domain.clock import new_id
from domain.errors import FieldErrors, NotAllowed, NotSetUp, too_far
from domain.people import Absence, Away, AwayForm, Person, name_of
from domain.setting_up import UNKNOWN
from domain.words import quoted
from services import absence_news, absence_plans
from services.asking_rituals import titles
from storage import absences as stored
from storage import drafts, people
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
        said_once(person.absences_from(today)),
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
        before = drafts.given_to(session, workspace_id=workspace_id, draft_id=draft_id)
        if before != _as_given(absence):
            made = _keep_absence(session, person, absence, draft_id, before, said_by=actor_id)
            if made and actor_id != person.id:
                absence_news.tell_away(session, person, absence, made=made, actor_id=actor_id, now=now)
            person = absence_plans.replan(session, person, now)
            if before is not None:
                absence_plans.recall_all(session, person, now)
        other = person.name if person.id != actor_id else ""
        let_go = absence_plans.let_go_all(session, person, now)
        told = absence_plans.told(session, let_go, person, actor_id=actor_id, now=now)
        kept = next((each for each in person.absences if each == absence), absence)
        return Away(kept, tuple(told), hours.first_day_back(person, absence.last), other, known)


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
    made = drafts.result_of(session, workspace_id=workspace_id, draft_id=draft_id)
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
    drafts.keep_result(session, workspace_id=workspace_id, draft_id=draft_id, result_id=made, given=_as_given(absence))
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
        person = absence_plans.replan(session, person, now)
        recalled = absence_plans.recall_all(session, person, now)
        return True, absence_plans.told(session, recalled, person, actor_id=actor_id, now=now), other


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
