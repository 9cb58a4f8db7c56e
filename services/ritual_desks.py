"""What somebody sees of one ritual, and may do with it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from domain.cards import RitualCard, RitualDesk
from domain.clock import new_id
from domain.health import RunHealth, health
from domain.people import GONE, Absence
from domain.runs import Ritual, Run
from domain.templates import Template
from services import measuring, origins, ritual_cards, rituals
from storage import channels, people, prompts
from storage import rituals as stored
from storage.engine import Database

SHOWN_RUNS = 10
SOON = timedelta(days=14)


def desk(
    db: Database,
    *,
    workspace_id: str,
    ritual_id: int,
    person_id: str,
    now: datetime,
    library: Mapping[str, Template],
) -> RitualDesk:
    """For members of its channel, and for its facilitator wherever they are; `library` tells whether its template has
    changed. Raises NotOn and OnlyMembers."""
    with db.read() as session:
        ritual = stored.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
        person = people.person(session, workspace_id=workspace_id, person_id=person_id)
        if ritual is None or ritual.ended_at or person is None:
            raise rituals.NotOn(name=ritual.template.title if ritual else "That ritual")
        place = {"workspace_id": workspace_id, "channel_id": ritual.channel_id}
        if not channels.is_member(session, **place, person_id=person_id) and person_id != ritual.facilitator_id:
            raise rituals.OnlyMembers
        today: date = now.astimezone(person.zone).date()
        card = ritual_cards.of(session, ritual, person_id, now=now)
        newest = stored.newest_runs(session, ritual_id=ritual_id, limit=SHOWN_RUNS)
        return RitualDesk(
            card,
            new_id(),
            today,
            may_change=rituals.may_be_changed_by(ritual, person),
            last=_health(session, newest),
            away=_away(card, today) if person.id == ritual.facilitator_id else (),
            took=measuring.took(session, newest, ritual.template),
            is_behind=origins.newer(session, ritual, library) is not None,
            asker=_asker(session, ritual),
        )


def _asker(session: Session, ritual: Ritual) -> str:
    if not ritual.questions_by:
        return ""
    found = people.person(session, workspace_id=ritual.workspace_id, person_id=ritual.questions_by)
    return found.name if found else GONE


def _away(card: RitualCard, today: date) -> tuple[tuple[str, Absence], ...]:
    """Of those it asks, who is away now or soon."""
    ritual, until = card.ritual.template.id, today + SOON
    found = ((each.name, away) for each in card.asked for away in each.seen_by(ritual).absences_from(today))
    return tuple(sorted(((name, away) for name, away in found if away.first <= until), key=lambda pair: pair[1].first))


def _health(session: Session, found: Sequence[Run]) -> tuple[RunHealth, ...]:
    of_runs = prompts.of_runs(session, run_ids=[run.id for run in found])
    answers = prompts.responses(session, prompt_ids=[prompt.id for prompt in of_runs])
    return tuple(health(run, [each for each in of_runs if each.run_id == run.id], answers) for run in found)
