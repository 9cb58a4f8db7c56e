"""Who was heard from in the runs of a week, and what was not asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from domain.metrics.participation import Count, by_function, count_of, not_reached, participation
from domain.runs import Missed, Prompt, Run, counted, counts


@dataclass(frozen=True)
class NotAsked:
    """What a ritual was to ask while Muster was not running."""

    title: str
    channel_name: str
    times: int
    first: date
    last: date
    """When Muster was running again."""


def times_not_asked(run: Run, prompts: Iterable[Prompt]) -> int:
    """Occurrences passed over before the run, and the run itself if it came too late for everybody."""
    asked = [prompt for prompt in prompts if prompt.run_id == run.id and counts(prompt)]
    return run.skipped + bool(asked and all(prompt.missed is Missed.DOWN for prompt in asked))


def tells_of_gap(run: Run, week: date, zone: ZoneInfo) -> bool:
    """Whether the digest of that week is the one to say that something was not asked before the run: the first that
    comes after it was due."""
    first, back = run.skipped_since or run.day, run.opened_at.astimezone(zone).date()
    sunday = week + timedelta(days=6)
    return first <= sunday and (back > sunday or first >= week)


@dataclass(frozen=True)
class Heard:
    """Who was heard from in the runs of one ritual."""

    title: str
    channel_name: str
    runs: int
    total: Count
    functions: tuple[tuple[str, Count], ...]
    unreached: int = 0
    unheard: int = 0
    """Asked, and Muster was not running until their deadline."""
    fewer_than: int = 0
    """None of these anonymous runs had so many answers, so nothing more is told."""


def heard(runs: Iterable[Run], prompts: Iterable[Prompt], channel_names: dict[str, str]) -> list[Heard]:
    """By ritual, in the order of the runs; several runs of one ritual are one line."""
    by_ritual: dict[int, list[Run]] = {}
    for run in runs:
        by_ritual.setdefault(run.ritual_id, []).append(run)
    asked = list(prompts)
    return [_heard(group, asked, channel_names) for group in by_ritual.values()]


def _heard(runs: list[Run], prompts: list[Prompt], channel_names: dict[str, str]) -> Heard:
    if any(run.template.anonymous for run in runs):
        return _heard_of_all(runs, prompts, channel_names)
    ids = {run.id for run in runs}
    asked = [prompt for prompt in prompts if prompt.run_id in ids]
    return Heard(
        title=runs[-1].template.title,
        channel_name=channel_names.get(runs[-1].channel_id, ""),
        runs=len(runs),
        total=participation(asked),
        functions=by_function(asked),
        unreached=not_reached(asked),
        unheard=sum(prompt.missed is Missed.STOPPED for prompt in asked),
    )


def _heard_of_all(runs: list[Run], prompts: list[Prompt], channel_names: dict[str, str]) -> Heard:
    """Of runs of which one at least is anonymous: only those that enough answered, by no function, and not who could
    not be asked."""
    asked = {run.id: counted(run, (prompt for prompt in prompts if prompt.run_id == run.id)) for run in runs}
    told = [run for run in runs if count_of(asked[run.id]).answered >= (run.template.anonymous or 0)]
    return Heard(
        title=runs[-1].template.title,
        channel_name=channel_names.get(runs[-1].channel_id, ""),
        runs=len(told),
        total=count_of([prompt for run in told for prompt in asked[run.id]]),
        functions=(),
        fewer_than=0 if told else max(run.template.anonymous or 0 for run in runs),
    )
