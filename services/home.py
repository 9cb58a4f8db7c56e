"""App Home: what one person has to do, waits for, and may see of recent decisions."""

from datetime import datetime

from sqlmodel import Session

from domain.errors import UserError
from domain.home import HomeCard
from domain.people import Person
from domain.runs import PromptState
from services import decision_drafts, facilitated, joining, leavers, needs, owing, own_answers
from services.asking_rituals import titles
from services.late_answers import still_late
from storage import actions, calendars, channels, decisions, people, prompts, rituals
from storage.engine import Database

RECENT = 8


class NowhereToRecord(UserError):
    """Muster is in no channel of yours yet. Type `/invite @Muster` in the channel it is for, then press again."""


def open_page(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> None:
    """The person looks at their Home: from now on it is kept up to date."""
    with db.write() as session:
        owing.owe(session, workspace_id, owing.home_page(person_id), now=now)


def places(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> dict[str, str]:
    """The names of the channels this person can record something in, by id. Raises NowhereToRecord."""
    with db.read() as session:
        found = channels.open_to(session, workspace_id=workspace_id, person_id=person_id, now=now)
    if not found:
        raise NowhereToRecord
    return {channel.id: channel.name for channel in found}


def card(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> HomeCard | None:
    """None for somebody Muster does not know, or who has left."""
    with db.read() as session:
        person = people.person(session, workspace_id=workspace_id, person_id=person_id)
        return _card(session, person, now) if person and not person.left else None


def _card(session: Session, person: Person, now: datetime) -> HomeCard:
    workspace_id = person.workspace_id
    found = prompts.of_person(
        session, workspace_id=workspace_id, person_id=person.id, states=[PromptState.SENT, PromptState.PENDING]
    )
    asked = [prompt for prompt in found if prompt.asked]
    late = still_late(session, workspace_id=workspace_id, person_id=person.id, now=now)
    runs = rituals.runs(session, workspace_id=workspace_id, ids={prompt.run_id for prompt in asked})
    approvals = decisions.awaiting(session, workspace_id=workspace_id, person_id=person.id)
    mine = actions.open_of(session, workspace_id=workspace_id, owner_ids=[person.id])
    waiting = actions.asked_for(session, workspace_id=workspace_id, person_id=person.id)
    orphans = [item for item in needs.orphans(session, person) if item.asked_by == person.id and not item.owner_id]
    recent = decisions.visible(session, workspace_id=workspace_id, reader_id=person.id, now=now, limit=RECENT)
    team = needs.team(session, person)
    blocked = needs.unsettled_blockers(session, person, team, now)
    today = now.astimezone(person.zone).date()
    calendar = calendars.of(session, workspace_id=workspace_id, person_id=person.id)
    named = {each for decision in (*approvals, *recent) for each in decision.people}
    named |= {each for item in (*mine, *waiting, *orphans) for each in item.named}
    named |= {each for blocker in blocked for each in blocker.concerned}
    return HomeCard(
        person=person,
        now=now,
        prompts=[(prompt, runs[prompt.run_id]) for prompt in asked],
        joined=joining.open_for(session, person, now),
        late=late,
        answered=own_answers.latest(session, workspace_id=workspace_id, person_id=person.id),
        facilitated=facilitated.of_person(session, person, now),
        rituals=_away_from(session, person) if person.absences_from(today) else {},
        approvals=approvals,
        overdue=[item for item in mine if item.needs_owner(today)],
        blockers=blocked,
        mine=[item for item in mine if not item.needs_owner(today)],
        waiting=waiting,
        orphans=orphans,
        recent=recent,
        drafts=decision_drafts.of_person(session, workspace_id=workspace_id, person_id=person.id, now=now),
        people=people.people(session, workspace_id=workspace_id, ids=named),
        left=leavers.offered(session, person, now=now),
        calendar=calendar.calendar if calendar else None,
        has_team=bool(team),
        is_partial=bool(channels.stale_for(session, workspace_id=workspace_id, person_id=person.id, now=now)),
    )


def _away_from(session: Session, person: Person) -> dict[str, str]:
    return titles(session, workspace_id=person.workspace_id, person_id=person.id, reader_id=person.id)
