"""Trends as they may come, for tests of what draws them."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.metrics.participation import Count
from domain.trends import Mark, Point, Series, Trend, Usual, share

FIRST = date(2026, 9, 7)
Pair = tuple[int, int] | None


def weeks(count: int) -> tuple[date, ...]:
    return tuple(FIRST + timedelta(weeks=place) for place in range(count))


def shares(name: str, pairs: Sequence[Pair]) -> Series:
    return Series(name, tuple(share(Count(*pair)) if pair else None for pair in pairs))


def values(name: str, found: Sequence[float | None], unit: str = "", *, adds_up: bool = False) -> Series:
    points = (None if value is None else Point(value, f"{value:g}{unit}") for value in found)
    return Series(name, tuple(points), adds_up=adds_up)


def participation(*others: Series) -> Trend:
    """Eight weeks, in which everybody takes part more and more."""
    pairs = [(18, 29), (20, 30), (22, 30), (24, 34), (25, 34), (28, 36), (30, 36), (31, 36)]
    lines = (shares("everybody", pairs), *others)
    return Trend("participation", "Participation by function", "Participation", "%", weeks(8), lines, "Counted so.")


LEGAL = shares("legal", [(3, 5), (4, 5), (4, 5), (3, 5), (4, 5), (2, 5), (0, 5), (0, 5)])
SUPPORT = shares("support", [(2, 3), (3, 3), (2, 3), (3, 3), (2, 3), (3, 3), (2, 3), (3, 3)])
"""Too few for a percentage in any week."""


def burning_down() -> Trend:
    lines = (values("open", [14, 16, 17, 13, 8, 6]), values("closed", [2, 1, 3, 5, 6, 4], adds_up=True))
    return Trend("actions", "Action items", "Open action items", "action items", weeks(6), lines, "Counted so.")


def drifting(**changes: object) -> Trend:
    line = values("Drift", [0.12, 0.13, None, 0.12, 0.22, 0.31])
    marks = (Mark(weeks(6)[4], "drift up, no blocker about it"),)
    given = {"usual": Usual(0.11, 0.14), "marks": marks, **changes}
    return Trend("measure.3", "Drift", "Drift", "nats", weeks(6), (line,), "Counted so.", **given)  # type: ignore[arg-type] # of any of its fields
