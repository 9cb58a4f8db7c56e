"""The weekly digest: when it comes, which week it tells about, what it lists, and how its numbers are made."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.cadence import moment
from domain.decisions import Decision
from domain.people import FUNCTIONS, Person
from domain.runs import Missed, Prompt, PromptState, Run, counted, counts, unreached

DIGEST_AT = time(8)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
AFTER_DIGEST = timedelta(minutes=1)
"""What a digest tells of is looked at again then."""
SATURDAY = 5
FIRST_WORDS = 12
LEAST_FOR_PERCENT = 5
"""With fewer asked, a percentage says more than is known."""
OTHER = "other"
"""Those whose function nobody has set."""


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def comes_at(person: Person, week: date) -> datetime | None:
    """When the digest about the week of that Monday comes: 08:00 on the first working day of the week after it.

    Days off and away are passed over unless the whole week is; None if none of its days exists in the person's zone.
    """
    days = [week + WEEK + timedelta(days=n) for n in range(7)]
    working = [day for day in days if day.weekday() in person.hours.days]
    # Stable: the first day there, else the first day off sick or on holiday.
    working.sort(key=lambda day: person.is_away(day) or person.is_off(day))
    return next((at for day in working if (at := moment(day, DIGEST_AT, person.zone))), None)


def newest_due(person: Person, now: datetime) -> date | None:
    """The Monday of the newest week whose digest should have come by now."""
    this = monday(now.astimezone(person.zone).date())
    weeks = (this - WEEK, this - 2 * WEEK)
    return next((week for week in weeks if (at := comes_at(person, week)) and at <= now), None)


def week_of(person: Person, planned: datetime) -> date:
    """The Monday of the week that a digest planned for that moment tells about: the week before it."""
    return monday(planned.astimezone(person.zone).date()) - WEEK


def next_moment(person: Person, *, after: datetime) -> datetime | None:
    """When the person's next digest comes."""
    this = monday(after.astimezone(person.zone).date())
    found = (comes_at(person, this + timedelta(weeks=n)) for n in (-1, 0, 1))
    return next((at for at in found if at and at > after), None)


def planned_again(person: Person, planned: datetime | None, now: datetime) -> datetime | None:
    """The next moment after zone, hours or absences changed; `planned` is what it was before.

    A change that moves this week's moment into the past must not lose the digest: then it is due at once, and not late.
    """
    this = monday(now.astimezone(person.zone).date())
    # In another zone the same Monday morning is at most a day off, so that an older plan was for this week.
    if planned and planned < _start(this + WEEK, person.zone) - DAY and newest_due(person, now) == this - WEEK:
        comes = comes_at(person, this - WEEK)
        return max(comes, min(planned, now)) if comes else None
    return next_moment(person, after=now)


def bounds(week: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a Monday on that clock, and the first moment after its Sunday."""
    return _start(week, zone), _start(week + WEEK, zone)


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


@dataclass(frozen=True)
class Listed:
    """The records a digest lists, by id and in order. It is written once; what is shown is their present state."""

    approvals: tuple[int, ...] = ()
    """Decisions that waited for the reader: for their verdict, or after an objection for their edit."""
    own: tuple[int, ...] = ()
    """The reader's overdue action items."""
    blockers: tuple[int, ...] = ()
    """Raised in the runs below, and no action item yet."""
    slipped: tuple[int, ...] = ()
    """Overdue action items of others."""
    decided: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()
    """Runs that closed in the week."""
    open: tuple[int, ...] = ()
    """Runs that began before the week ended, and were still open then."""
    is_late: bool = False
    """It was written after the grace, because Muster was not running."""
    missed: int = 0
    """Digests before it that were never written, for the same reason."""
    caught_up: tuple[int, ...] = ()
    """Runs that began only when Muster was running again: what was to be asked before, in that week, was not."""

    @property
    def runs(self) -> frozenset[int]:
        return frozenset({*self.closed, *self.open})


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


EAST = timedelta(hours=14)
"""The earliest clock on earth is that far ahead of UTC."""


def latest_due(now: datetime) -> date:
    """The newest day on earth: what is due before it may be overdue on its owner's calendar."""
    return (now + EAST).date()


def may_list(run: Run, now: datetime) -> bool:
    """Whether any digest can list the run by now: each tells of a week that is over, and this one has begun in it."""
    return monday((run.opened_at + EAST).date()) < monday((now + EAST).date())


@dataclass(frozen=True)
class Digest:
    id: int
    workspace_id: str
    person_id: str
    week: date
    """The Monday of the week it tells about."""
    listed: Listed
    written_at: datetime


@dataclass(frozen=True)
class Count:
    answered: int
    asked: int

    @property
    def percent(self) -> int | None:
        """100 * answered / asked, None below 5 asked; 100 only when all answered, 0 only when nobody did."""
        if self.asked < LEAST_FOR_PERCENT:
            return None
        if self.answered in (0, self.asked):
            return 100 * self.answered // self.asked
        half_up = (200 * self.answered + self.asked) // (2 * self.asked)
        return min(max(half_up, 1), 99)


def participation(prompts: Iterable[Prompt]) -> Count:
    """R / I, pooled over runs: sum of those who answered over sum of those asked.

    I leaves out who was away, who left, and who was asked by the next run instead; R counts late answers too, as the
    summary in the channel does, so that the two never differ.
    """
    return _count([prompt for prompt in prompts if counts(prompt)])


def _count(asked: Collection[Prompt]) -> Count:
    return Count(sum(prompt.state is PromptState.ANSWERED for prompt in asked), len(asked))


def by_function(prompts: Iterable[Prompt]) -> tuple[tuple[str, Count], ...]:
    """The same for each function that was asked, in the order of FUNCTIONS; the counts add up to the whole."""
    groups: dict[str, list[Prompt]] = {}
    for prompt in prompts:
        groups.setdefault(prompt.function if prompt.function in FUNCTIONS else OTHER, []).append(prompt)
    found = ((name, participation(groups[name])) for name in (*FUNCTIONS, OTHER) if name in groups)
    return tuple((name, count) for name, count in found if count.asked)


def not_reached(prompts: Iterable[Prompt]) -> int:
    """How many of those to be asked never got the message in time."""
    return sum(unreached(prompt) not in (None, Missed.STOPPED) for prompt in prompts)


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
    told = [run for run in runs if _count(asked[run.id]).answered >= (run.template.anonymous or 0)]
    return Heard(
        title=runs[-1].template.title,
        channel_name=channel_names.get(runs[-1].channel_id, ""),
        runs=len(told),
        total=_count([prompt for run in told for prompt in asked[run.id]]),
        functions=(),
        fewer_than=0 if told else max(run.template.anonymous or 0 for run in runs),
    )


def days_over(due: date, today: date) -> int:
    """Days from Monday to Friday after it was due, `today` included."""
    later = (due + timedelta(days=n) for n in range(1, (today - due).days + 1))
    return sum(day.weekday() < SATURDAY for day in later)


def today_of(person: Person | None, now: datetime) -> date:
    """The date on that person's calendar; UTC for somebody unknown."""
    return now.astimezone(person.zone if person else UTC).date()


@dataclass(frozen=True)
class DigestCard:
    """What a digest shows: only what its reader may see now."""

    digest: Digest
    reader: Person
    now: datetime
    approvals: list[Decision]
    own: list[ActionItem]
    blockers: list[Blocker]
    slipped: list[ActionItem]
    decided: list[Decision]
    closed: list[Heard]
    open: list[Heard]
    """Of runs that are still open."""
    closed_since: list[Heard]
    """Of runs that were still open when the week ended."""
    people: dict[str, Person]
    orphans: frozenset[int] = frozenset()
    """Of the action items whose owner has left, those that the reader may hand over."""
    not_asked: tuple[NotAsked, ...] = ()
    started_on: date | None = None
    """The day of the first ritual of the reader's channels, on the reader's calendar."""
    is_partial: bool = False
    """Slack did not say who is in some private channels, so nothing of them is shown."""


def first_words(text: str) -> str:
    """The first words of a text, with an ellipsis if there are more."""
    words = text.split()
    return " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")
