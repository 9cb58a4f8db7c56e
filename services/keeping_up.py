"""Whether what people say is heeded, and how evenly they take part, over some weeks, for one reader."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from domain import hours
from domain.blockers import Blocker
from domain.channels import Readable
from domain.engagement import RunCount, by_function
from domain.keeping_up import KeepingUp
from domain.metrics.evenness import gini, pielou
from domain.metrics.loop import CLOCK, Clocked, Raised, clock_attainment, loop_closed, rhythm
from domain.metrics.participation import Count
from domain.people import Person
from services import planning
from services.summary_readers import blockers_for
from storage import blockers, keeping_up, people, rituals


def kept(session: Session, reader: Person, places: Readable, runs: Sequence[RunCount], now: datetime) -> KeepingUp:
    """Of runs that have closed and that the reader may read of."""
    ids = [run.run_id for run in runs]
    raised = _raised(session, reader, places, ids, now)
    made = keeping_up.became_items(session, blocker_ids=[each.id for each in raised])
    named = [run for run in runs if not run.fewest]
    return KeepingUp(
        clock=_clock(session, raised, made, now),
        loop=loop_closed(
            (Raised(each.recorded_at, _first(each.cleared_at, made.get(each.id))) for each in raised), now
        ),
        rhythm=_rhythm(session, reader.workspace_id, runs),
        functions=pielou(by_function(tally for run in named for tally in run.tallies)),
        people=gini(keeping_up.contributions(session, run_ids=[run.run_id for run in named])),
    )


def _raised(session: Session, reader: Person, places: Readable, run_ids: Sequence[int], now: datetime) -> list[Blocker]:
    ids = keeping_up.raised(session, run_ids=run_ids)
    found = blockers.by_id(session, workspace_id=reader.workspace_id, ids=ids)
    return blockers_for(session, found.values(), reader, places, now)


def _clock(session: Session, raised: Sequence[Blocker], made: Mapping[int, datetime], now: datetime) -> Count:
    """In the working days of whoever was to look at it: who is named, or else the facilitator."""
    if not raised:
        return Count(0, 0)
    place = {"workspace_id": raised[0].workspace_id}
    runs = rituals.runs(session, **place, ids={each.run_id for each in raised})
    whose = {each.id: each.clearer_id or runs[each.run_id].facilitator_id for each in raised}
    known = people.people(session, **place, ids=set(whose.values()))
    clocks = [(each, known.get(whose[each.id])) for each in raised]
    return clock_attainment(
        [
            Clocked(
                hours.add(person, each.recorded_at, CLOCK),
                _first(each.acknowledged_at, each.cleared_at, made.get(each.id)),
            )
            for each, person in clocks
            if person
        ],
        now,
    )


def _rhythm(session: Session, workspace_id: str, runs: Sequence[RunCount]) -> Count:
    """On time is within the grace after the last window has ended."""
    planned = keeping_up.planned(session, run_ids=[run.run_id for run in runs])
    grace = planning.grace(session, workspace_id)
    of_plan = [run for run in runs if run.run_id in planned]
    on_time = [
        run.total.answered > 0 and run.closed_at is not None and run.closed_at <= planned[run.run_id][1] + grace
        for run in of_plan
    ]
    return rhythm(on_time, sum(skipped for skipped, _ends in planned.values()))


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
