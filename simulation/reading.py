"""Who reads the summary of a run elsewhere, and until when."""

from datetime import datetime

from simulation.case import Case, Owed
from simulation.dues import Run
from simulation.recognition import Kind
from simulation.world import PUBLIC


def copies(case: Case, run: Run) -> list[Owed]:
    """Of its summary, for people and other channels."""
    of_run = run.on.template.title, run.day
    return [owed for owed in case.of(Kind.SUMMARY) if (owed.what.title, owed.what.day) == of_run]


def observes(case: Case, run: Run, user: str, at: datetime) -> bool:
    """Whether somebody only reads the run: named before it opened, and still."""
    by_then = case.on_at(run.on, at)
    return user in run.on.template.observers and (by_then is None or user in by_then.template.observers)


def reads_on(case: Case, run: Run, reader: str | None, since: datetime) -> bool:
    """Whether somebody may read its answers from then on until the end; without one, whether all may."""
    channel, end = case.world.channels[run.on.channel], case.trace.end
    is_public = set(channel.kind.within(since, end)) == {PUBLIC}
    if reader is None:
        return is_public
    if observes(case, run, reader, end) or is_public:
        return case.world.is_here(reader, end) and not case.world.profile(reader, end).is_guest
    return case.world.stays(reader, run.on.channel, since, end)
