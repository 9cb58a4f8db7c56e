"""Decisions, action items and blockers of the year, as the diary has them at a moment."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.year import diary
from tests.year.diary import Diary
from tests.year.runs import Run
from tests.year.team import HUMANS

MISSING = {
    "context": "context",
    "options": "options considered",
    "rejected": "word on why not the others",
    "constraints": "constraints",
    "links": "link to data",
    "because": "full because",
    "outcome": "expected outcome",
    "metric": "how it is measured",
    "look_again_on": "check date",
    "target": "target",
    "bad": "downside",
    "contributors": "contributor",
    "action": "action item with owner and date",
}


@dataclass
class Decision:
    number: int
    channel: str
    by: str
    given: dict[str, str]
    at: datetime
    state: str = "proposed"
    over: datetime | None = None
    """When it had its verdict, or was withdrawn."""
    objections: int = 0
    against: set[str] = field(default_factory=set)
    look: date | None = None
    looked: list[diary.Looked] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"D-{self.number}"

    @property
    def named(self) -> set[str]:
        people = (self.given[each] for each in ("approver", "contributors", "informed") if each in self.given)
        return {self.by, *people}

    @property
    def is_open(self) -> bool:
        return self.state in ("proposed", "contested")

    def missing(self, *, has_action: bool) -> list[str]:
        """The ten checks, in their order."""
        lacks = []
        for name in ("context", "options"):
            lacks += [name] if name not in self.given else []
        # Each of the two options that are ever named: one is chosen by its name, the other has what speaks against it.
        lacks += ["rejected"] if "options" not in self.given else []
        lacks += [each for each in ("constraints", "links") if each not in self.given]
        lacks += ["because"] if len(self.given["because"]) < 40 else []
        outcome = ("outcome", "metric", "look_again_on", "target")
        has_day = self.look is not None
        there = {**self.given, "look_again_on": "yes" if has_day else ""}
        lacks += [each for each in outcome if not there.get(each)][:1]
        lacks += [each for each in ("bad", "contributors") if each not in self.given]
        lacks += [] if has_action else ["action"]
        return [MISSING[each] for each in lacks]


def decisions(log: Diary, at: datetime) -> dict[int, Decision]:
    found: dict[int, Decision] = {}
    for event in log.events:
        if event.at > at:
            continue
        match event:
            case diary.Proposed():
                given = {name: text for name, text in event.given if text}
                look = given.get("look_again_on")
                own = given["approver"] == event.person
                found[event.number] = Decision(
                    event.number, event.channel, event.person, given, event.at, "accepted" if own else "proposed",
                    event.at if own else None, look=date.fromisoformat(look) if look else None,
                )  # fmt: skip
            case diary.Approved() | diary.Rejected() | diary.Withdrawn():
                one = found[event.number]
                one.state, one.over = VERDICTS[type(event)], event.at
            case diary.Objected():
                one = found[event.number]
                one.state, one.objections = "contested", one.objections + 1
                one.against.add(event.person)
            case diary.Settled():
                one = found[event.number]
                one.against.discard(event.person)
                one.state = one.state if one.against or not one.is_open else "proposed"
            case diary.Looked():
                found[event.number].look = event.again
                found[event.number].looked.append(event)
    return found


VERDICTS = {diary.Approved: "accepted", diary.Rejected: "rejected", diary.Withdrawn: "withdrawn"}


@dataclass
class Item:
    number: int
    channel: str
    what: str
    owner: str
    by: str
    at: datetime
    first: date | None
    due: date | None
    decision: int
    blocker: str
    moved: int = 0
    done: datetime | None = None
    dropped: datetime | None = None

    @property
    def name(self) -> str:
        return f"A-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.done is None and self.dropped is None

    @property
    def named(self) -> set[str]:
        return {self.owner, self.by}

    def is_overdue(self, at: datetime) -> bool:
        return self.is_open and self.due is not None and self.due < HUMANS[self.owner].today(at)


def items(log: Diary, at: datetime) -> dict[int, Item]:
    found: dict[int, Item] = {}
    for event in log.events:
        if event.at > at:
            continue
        match event:
            case diary.Agreed():
                found[event.number] = Item(
                    event.number, event.channel, event.what, event.owner, event.person, event.at, event.due, event.due,
                    event.decision, event.blocker,
                )  # fmt: skip
            case diary.Done():
                found[event.number].done = event.at
            case diary.Dropped():
                found[event.number].dropped = event.at
            case diary.Moved():
                one = found[event.number]
                # A first day is no move.
                one.moved, one.first = one.moved + (one.due is not None), one.first or event.due
                one.due = event.due
    return found


@dataclass
class Blocker:
    title: str
    run: Run
    by: str
    clearer: str
    taken: datetime | None = None
    cleared: datetime | None = None
    made: datetime | None = None
    """When an action item was made of it."""

    @property
    def is_settled(self) -> bool:
        return self.cleared is not None or self.made is not None


def blockers(log: Diary, found_runs: list[Run], at: datetime) -> dict[str, Blocker]:
    """By title, in the order in which they were raised."""
    by_key = {(run.checkin.id, run.day): run for run in found_runs}
    found: dict[str, Blocker] = {}
    for event in log.events:
        if event.at > at:
            continue
        match event:
            case diary.Blocked():
                run = by_key[event.checkin, event.day]
                found[event.title] = Blocker(event.title, run, event.person, event.clearer)
            case diary.Took():
                found[event.title].taken = found[event.title].taken or event.at
            case diary.Cleared():
                found[event.title].cleared = event.at
            case diary.Agreed() if event.blocker:
                found[event.blocker].made = event.at
    return found


def weekdays_between(first: date, last: date) -> int:
    """Mondays to Fridays after the first day, the last included."""
    return sum((first + timedelta(days=n)).weekday() < 5 for n in range(1, (last - first).days + 1))
