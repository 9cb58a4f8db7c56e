"""Who was heard from in the runs of a week, and what was not asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from domain.engagement import RunCount
from domain.metrics.participation import Count, pooled
from domain.runs import Run


@dataclass(frozen=True)
class NotAsked:
    """What a ritual was to ask while Muster was not running."""

    title: str
    channel_name: str
    times: int
    first: date
    last: date
    """When Muster was running again."""


def times_not_asked(run: Run, count: RunCount | None) -> int:
    """Occurrences passed over before the run, and the run itself if it came too late for everybody."""
    return run.skipped + bool(count and count.came_too_late)


def tells_of_gap(run: Run, week: date, zone: ZoneInfo, *, weeks: int = 1) -> bool:
    """Whether the digest about so many weeks, the last of them that one, is the one to say that something was not asked
    before the run: the first that comes after it was due."""
    first, back = run.skipped_since or run.day, run.opened_at.astimezone(zone).date()
    monday, sunday = week - timedelta(weeks=weeks - 1), week + timedelta(days=6)
    return first <= sunday and (back > sunday or first >= monday)


@dataclass(frozen=True)
class Heard:
    """Who was heard from in the runs of one ritual."""

    title: str
    channel_name: str
    runs: int
    total: Count
    unreached: int = 0
    unheard: int = 0
    """Asked, and Muster was not running until their deadline."""
    run_id: int = 0
    """The newest of them."""
    channel_id: str = ""
    fewer_than: int = 0
    """None of these anonymous runs had so many answers, so nothing more is told."""


def heard(runs: Iterable[RunCount], channel_names: Mapping[str, str]) -> list[Heard]:
    """By ritual, in the order of the runs; several runs of one ritual are one line."""
    by_ritual: dict[int, list[RunCount]] = {}
    for run in runs:
        by_ritual.setdefault(run.ritual_id, []).append(run)
    return [_heard(group, channel_names) for group in by_ritual.values()]


def _heard(runs: list[RunCount], channel_names: Mapping[str, str]) -> Heard:
    """Of runs of which one at least is anonymous: only those that enough answered, and not who could not be asked."""
    fewest = max(run.fewest for run in runs)
    told = [run for run in runs if run.is_told]
    tallies = [tally for run in told for tally in run.tallies]
    found = Heard(
        title=runs[-1].title,
        channel_name=channel_names.get(runs[-1].channel_id, ""),
        runs=len(told),
        total=pooled(run.total for run in told),
        run_id=runs[-1].run_id,
        channel_id=runs[-1].channel_id,
        fewer_than=0 if told else fewest,
    )
    if fewest:
        return found
    unreached, unheard = sum(each.unreached for each in tallies), sum(each.stopped for each in tallies)
    return replace(found, unreached=unreached, unheard=unheard)
