"""`make bench`: the table of ratios."""

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from benchmarks.acknowledging import acknowledge
from benchmarks.arriving import arrive
from benchmarks.asking import ask
from benchmarks.delivering import deliver
from benchmarks.digesting import Team, living, tell
from benchmarks.drafting import draw
from benchmarks.posting import post
from benchmarks.starting import start
from benchmarks.ticking import tick
from schedules.worker import THREADS

ROUNDS = 3
SUBMISSIONS = 300
FEW, MANY = 100, 100_000
POSTS = 4_000
MANAGERS = 500
ASKED = 1_000
MESSAGES = 1_000
DELIVERIES = ((1_000, THREADS, "1.15"), (10_000, THREADS, "1.15"), (10_000, 50, ""))
"""Prompts, threads, aim: as Muster sends, and with more threads than two cores can feed, for comparison."""
DIGESTS = (
    (
        "a digest after 1,000,000 answers / after 10,000",
        Team(weeks=1000, people=200),
        Team(weeks=10, people=200),
        1,
        "2",
    ),
    (
        "a digest of a week of 100,000 answers / ten times one of 10,000",
        Team(weeks=1, people=2000, rituals=10),
        Team(weeks=1, people=200, rituals=10),
        10,
        "1",
    ),
    (
        "500 digests / ten times 50, in a tenth of the channels",
        Team(weeks=5, people=20, channels=50, managers=10),
        Team(weeks=5, people=20, channels=5, managers=10),
        10,
        "flat",
    ),
)
"""What is told, in which team, beside how many times what is told in which other; aim."""


@dataclass(frozen=True)
class Row:
    what: str
    ours: float
    floor: float
    unit: str
    aim: str


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}. Each row is the median of {ROUNDS} pairs.\n")
    print(f"{'':<64} {'ours':>10} {'floor':>10} {'ratio':>7}  aim")
    for row in _rows():
        numbers = f"{row.ours:>7.2f} {row.unit:<2} {row.floor:>7.2f} {row.unit:<2} {row.ours / row.floor:>7.2f}"
        print(f"{row.what:<64} {numbers}  {row.aim}", flush=True)


def _rows() -> Iterator[Row]:
    each = 1000 / SUBMISSIONS
    default = partial(acknowledge, SUBMISSIONS)
    yield _row("acknowledge a committed answer / Bolt as it comes", default, each, "ms", "1.5")
    inline = partial(acknowledge, SUBMISSIONS, inline=True)
    yield _row("  the same / Bolt running its listener inline, for comparison", inline, each, "ms", "")
    for people, threads, aim in DELIVERIES:
        what = f"deliver {people:,} prompts by {threads} threads / without a queue"
        yield _row(what, partial(deliver, people, threads), 1, "s", aim)
    what = f"ask {ASKED:,} people two check-ins in one message / {2 * ASKED:,} people one"
    yield _row(what, partial(ask, ASKED), 1, "s", "flat")
    yield _row(f"a turn with {MANY:,} rituals not due / with {FEW}", _tick, 1000, "ms", "flat")
    for what, ours, floor, times, aim in DIGESTS:
        yield _digests(what, ours, floor, times, aim)
    what = f"{MANAGERS} digests in Slack, {MANAGERS * 3 // 5} of one hour / as fast as its limits allow"
    yield Row(what, *arrive(MANAGERS), "s", "3600 s")
    what = f"draft a brief of {MESSAGES:,} messages / find their words once"
    yield _row(what, partial(draw, MESSAGES), 1000, "ms", "200 ms")
    yield _row(f"{POSTS:,} posts to the sandbox / to a server that only answers", partial(post, POSTS), 1, "s", "4 s")
    yield _row("start the sandbox / import its server", start, 1, "s", "1 s")


def _digests(what: str, ours: Team, floor: Team, times: int, aim: str) -> Row:
    with living(ours) as much, living(floor) as little:
        return _row(what, lambda: (tell(much), times * tell(little)), 1, "s", aim)


def _tick() -> tuple[float, float]:
    return tick(MANY), tick(FEW)


def _row(what: str, pair: Callable[[], tuple[float, float]], scale: float, unit: str, aim: str) -> Row:
    """The pair with the median ratio."""
    pairs = sorted((pair() for _ in range(ROUNDS)), key=lambda found: found[0] / found[1])
    ours, floor = pairs[len(pairs) // 2]
    return Row(what, ours * scale, floor * scale, unit, aim)


if __name__ == "__main__":
    main()
