"""The check-ins of the year, worked out from the diary: who was to be asked, who answered, and when each closed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.year.diary import Answered, Asked, Away, Came, Diary, Quit, Stopped, Went
from tests.year.team import BEGIN, CHECKINS, DAY, HUMANS, PRIVATE, WEEK, Checkin, Human

SECOND = timedelta(seconds=1)
GRACE = timedelta(hours=2)
MORNING = time(9)
FUNCTIONS = ("research", "mlops", "support", "legal")
SATURDAY = 5
Key = tuple[str, date, str]


def members(diary: Diary, channel: str, at: datetime) -> set[str]:
    """By what Slack has said until then."""
    moves: list[Came | Went] = [*diary.of(Came, at), *diary.of(Went, at)]
    found: set[str] = set()
    for event in sorted((each for each in moves if each.channel == channel), key=lambda each: each.at):
        if isinstance(event, Came):
            found.add(event.person)
        else:
            found.discard(event.person)
    return found


def reads(diary: Diary, reader: str, channel: str, at: datetime) -> bool:
    """Everybody reads a public channel, and only members a private one."""
    return channel != PRIVATE or reader in members(diary, channel, at)


def is_away(diary: Diary, person: str, day: date, said: datetime) -> bool:
    return any(each.person == person and each.first <= day <= each.last for each in diary.of(Away, said))


def workdays_later(day: date, number: int) -> date:
    while number:
        day += DAY
        number -= day.weekday() < SATURDAY
    return day


def woken(diary: Diary, moment: datetime) -> datetime:
    """When Muster does what is due then: at once, or once it runs again."""
    return next((stop.until for stop in diary.of(Stopped) if stop.at < moment < stop.until), moment)


@dataclass
class Run:
    checkin: Checkin
    day: date
    opened: datetime
    late: bool = False
    """Muster was not running when it was to open."""
    invited: set[str] = field(default_factory=set)
    answered: dict[str, datetime] = field(default_factory=dict)
    deadlines: dict[str, datetime] = field(default_factory=dict)
    asked: dict[str, datetime] = field(default_factory=dict)
    unreached: set[str] = field(default_factory=set)
    """They were to be asked while Muster was not running."""
    stopped: set[str] = field(default_factory=set)
    """They were asked, and it was not running at their deadline."""
    closed: datetime | None = None

    @property
    def count(self) -> tuple[int, int]:
        return len(self.invited & self.answered.keys()), len(self.invited)

    @property
    def is_told(self) -> bool:
        return self.count[0] >= self.checkin.fewest

    @property
    def after_deadline(self) -> int:
        return sum(self.answered[each] > self.deadlines[each] for each in self.invited & self.answered.keys())

    def waits(self) -> list[float]:
        """In seconds, of those who answered."""
        return [
            max(0, round((self.answered[each] - self.asked[each]).total_seconds()))
            for each in self.invited & self.answered.keys()
        ]

    def by_function(self) -> dict[str, tuple[int, int]]:
        found = {}
        for function in FUNCTIONS:
            those = {each for each in self.invited if HUMANS[each].function == function}
            if those:
                found[function] = (len(those & self.answered.keys()), len(those))
        return found


def days_of(checkin: Checkin) -> Iterator[date]:
    day = BEGIN.date()
    for _ in range(400):  # Beyond the year.
        is_last = (day + WEEK).month != day.month
        if day.weekday() == checkin.weekday and (is_last or not checkin.monthly):
            yield day
        day += DAY


def window(diary: Diary, checkin: Checkin, human: Human, day: date, said: datetime) -> tuple[datetime, datetime, bool]:
    """When somebody is asked, until when they are heard, and whether they are away for more than half of that."""
    due = human.moment(day, checkin.at)
    deadline = due + timedelta(hours=checkin.hours)
    if checkin.days:
        deadline = human.moment(workdays_later(day, checkin.days), checkin.at)
    if not is_away(diary, human.id, day, said):
        return due, deadline, False
    back = day
    while is_away(diary, human.id, back, said) or back.weekday() >= SATURDAY:
        back += DAY
    returns = human.moment(back, MORNING)
    return (due, deadline, True) if returns > due + (deadline - due) / 2 else (returns, deadline, False)


def runs(diary: Diary, at: datetime) -> list[Run]:
    """All that had opened by then, as they stood then."""
    said: dict[Key, list[Asked | Answered]] = {}
    both: list[Asked | Answered] = [*diary.of(Asked, at), *diary.of(Answered, at)]
    for event in both:
        said.setdefault((event.checkin, event.day, event.person), []).append(event)
    found = [
        run
        for checkin in CHECKINS.values()
        for day in days_of(checkin)
        if day <= at.date() + DAY and (run := _run(diary, checkin, day, at, said))
    ]
    return sorted(found, key=lambda run: (run.day, run.checkin.at, run.opened))


def next_opening(diary: Diary, checkin: Checkin, at: datetime) -> tuple[date, datetime]:
    return next((day, opens) for day in days_of(checkin) if (opens := _opens(diary, checkin, day, at)) > at)


def _opens(diary: Diary, checkin: Checkin, day: date, at: datetime) -> datetime:
    said = min(at, datetime.combine(day, time(), BEGIN.tzinfo))
    people = members(diary, checkin.channel, said)
    return min(window(diary, checkin, HUMANS[each], day, said)[0] for each in people)


def _run(
    diary: Diary, checkin: Checkin, day: date, at: datetime, all_said: dict[Key, list[Asked | Answered]]
) -> Run | None:
    begins = _opens(diary, checkin, day, at)
    opened = woken(diary, begins)
    if opened > at:
        return None
    run = Run(checkin, day, opened, late=opened != begins)
    ends = []
    for person in sorted(members(diary, checkin.channel, opened)):
        due, deadline, away = window(diary, checkin, HUMANS[person], day, opened)
        run.deadlines[person] = deadline
        said = all_said.get((checkin.id, day, person), [])
        for each in said:
            (run.asked if isinstance(each, Asked) else run.answered)[person] = each.at
        quit_at = next((each.at for each in diary.of(Quit, at) if each.person == person), None)
        has_left = quit_at is not None and quit_at <= deadline and person not in run.answered
        if away:
            continue
        if due < opened - GRACE:
            run.unreached.add(person)
        elif has_left and quit_at and not checkin.fewest:
            ends.append(quit_at)
            continue
        else:
            ends.append(_end(diary, run, person))
        run.invited.add(person)
    last = max(ends, default=opened)
    run.closed = last if last <= at else None
    for person in run.invited - run.unreached - run.answered.keys():
        end = run.deadlines[person]
        if any(stop.at <= end <= stop.until <= at for stop in diary.of(Stopped, at)):
            run.stopped.add(person)
    return run


def _end(diary: Diary, run: Run, person: str) -> datetime:
    """From when on nobody waits for that person; of an anonymous one always the end of the window."""
    answered, deadline = run.answered.get(person), run.deadlines[person]
    if answered and answered <= deadline and not run.checkin.fewest:
        return answered
    return woken(diary, deadline + SECOND)
