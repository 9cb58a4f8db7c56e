"""What is counted of one digest: from the diary alone, and as far as its reader may see."""

from datetime import date, datetime

from tests.year.diary import Diary
from tests.year.listed import listed
from tests.year.planned import Planned
from tests.year.records import Decision, Item, blockers, decisions, items
from tests.year.runs import Run, reads, runs

Fact = tuple[str, ...]
Facts = dict[str, list[Fact]]
BLANK = frozenset({"needs", "slipped"})
"""Where nothing is said instead of nought."""


def day_text(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


class Counting:
    def __init__(self, log: Diary, told: Planned, earlier: list[Planned]) -> None:
        """`earlier`: the digests about the same people that came to the same reader before, the oldest first."""
        self.log, self.told, self.at = log, told, told.at
        self.reader, self.about = told.reader, told.about
        self.earlier = earlier
        self.listed = listed(log, self.about, self.at)
        self.channels = self.listed.channels
        self.seen = {each for each in self.channels if self.reads(each)}
        self.all_runs = runs(log, self.at)
        self.runs = [run for run in self.all_runs if run.checkin.channel in self.seen]
        self.decisions = decisions(log, self.at)
        self.items = items(log, self.at)
        self.blockers = blockers(log, self.all_runs, self.at)
        self.today = self.reader.today(self.at)
        self.facts: Facts = {}

    def reads(self, channel: str) -> bool:
        return reads(self.log, self.reader.id, channel, self.at)

    def shows(self, record: Decision | Item) -> bool:
        return self.reader.id in record.named or self.reads(record.channel)

    def add(self, kind: str, *values: object) -> None:
        told = tuple("" if value is None or (value == 0 and kind in BLANK) else str(value) for value in values)
        self.facts.setdefault(kind, []).append(told)

    def with_verdict(self, start: datetime, end: datetime) -> list[Decision]:
        """Accepted and rejected ones."""
        found = [
            each for each in self.decisions.values()
            if each.state in ("accepted", "rejected") and each.over and start <= each.over < end
            and (each.channel in self.channels or self.about.id in each.named) and self.shows(each)
        ]  # fmt: skip
        return sorted(found, key=lambda each: (each.over, each.number))

    def still_open(self) -> list[Run]:
        """When the days it is about ended."""
        return [
            run for run in self.runs if run.opened < self.told.end and not (run.closed and run.closed < self.told.end)
        ]

    def closed(self, start: datetime, end: datetime) -> list[Run]:
        return [run for run in self.runs if run.closed and start <= run.closed < end]


def by_function(found: list[Run]) -> dict[str, tuple[int, int]]:
    pooled: dict[str, tuple[int, int]] = {}
    for run in found:
        for function, (answered, asked) in run.by_function().items():
            before = pooled.get(function, (0, 0))
            pooled[function] = (before[0] + answered, before[1] + asked)
    return {each: pooled[each] for each in ("research", "mlops", "support", "legal") if each in pooled}
