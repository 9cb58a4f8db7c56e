"""How much of what people marked in threads a ranking finds, and how far one can trust a difference."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.annotated import Item, Marks
from domain.briefs import Brief, Status

DRAWS = 2000
SURE = 0.95


@dataclass(frozen=True)
class Found:
    """Of the items of one thread."""

    hits: float
    of: int


@dataclass(frozen=True)
class Called:
    """One thread that was called decided or not, and whether it is."""

    decided: bool
    called: bool
    failed: int = 0
    """Proposals that failed in it."""
    failed_called: int = 0
    """Those of them that were called the decision."""
    cites_it: bool = False
    """The first candidate rests on a message that carries what was decided."""


@dataclass(frozen=True)
class StatusScore:
    precision: float
    recall: float
    f1: float
    undecided: int
    """Threads in which nothing was decided."""
    undecided_called: int
    failed: int
    failed_called: int
    cited: int
    """Of the threads rightly called decided, those of which it also shows the right message first."""
    right: int


def found_at(k: int, ranking: Sequence[str], items: Sequence[Item]) -> Found:
    """An item is found if any one of its messages is among the first k."""
    first = set(ranking[:k])
    return Found(sum(bool(item & first) for item in items), len(items))


def found_by_chance(k: int, count: int, items: Sequence[Item]) -> Found:
    """What an order without a reason finds on average, of so many messages."""
    k = min(k, count)
    return Found(sum(1 - math.comb(count - len(item), k) / math.comb(count, k) for item in items), len(items))


def coverage(found: Iterable[Found]) -> float:
    """The share of all items of all threads."""
    all_found = list(found)
    total = sum(each.of for each in all_found)
    return sum(each.hits for each in all_found) / total if total else 0.0


def difference(ours: Sequence[Found], theirs: Sequence[Found], draws: int = DRAWS) -> tuple[float, float, float]:
    """Of the two coverages of the same items, and its paired bootstrap interval over threads."""
    chance = Random(1)  # noqa: S311 - no secret hangs on it
    more = [one.hits - other.hits for one, other in zip(ours, theirs, strict=True)]
    of = [each.of for each in ours]
    drawn = []
    for _ in range(draws):
        sample = chance.choices(range(len(ours)), k=len(ours))
        total = sum(map(of.__getitem__, sample))
        drawn.append(sum(map(more.__getitem__, sample)) / total if total else 0.0)
    drawn.sort()
    outside = int(draws * (1 - SURE) / 2)
    return coverage(ours) - coverage(theirs), drawn[outside], drawn[-1 - outside]


def call(brief: Brief, marks: Marks) -> Called:
    called = brief.status == Status.DECIDED
    cited = {ts for statement in brief.decision[:1] for ts in statement.sources} if called else set()
    return Called(
        decided=marks.status == Status.DECIDED,
        called=called,
        failed=len(marks.failed_proposals),
        failed_called=len(marks.failed_proposals & cited),
        cites_it=any(item & cited for item in marks.decisions),
    )


def status_score(calls: Sequence[Called]) -> StatusScore:
    right = sum(each.decided and each.called for each in calls)
    called = sum(each.called for each in calls)
    decided = sum(each.decided for each in calls)
    return StatusScore(
        precision=right / called if called else 0.0,
        recall=right / decided if decided else 0.0,
        f1=2 * right / (called + decided) if called + decided else 0.0,
        undecided=len(calls) - decided,
        undecided_called=called - right,
        failed=sum(each.failed for each in calls),
        failed_called=sum(each.failed_called for each in calls),
        cited=sum(each.decided and each.cites_it for each in calls),
        right=right,
    )
