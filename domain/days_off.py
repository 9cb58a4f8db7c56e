"""The days off of a whole workspace: its own, and the public holidays of the region it is in."""

from dataclasses import dataclass
from datetime import date

from domain.errors import UserError

NAME_LIMIT = 80
SHOWN_HOLIDAYS = 3


@dataclass(frozen=True)
class DaysOff:
    region: str
    """Empty while none is set."""
    holidays: tuple[tuple[date, str], ...]
    """The next ones of that region."""
    own: tuple[tuple[date, str], ...]
    """Those to come."""
    may_change: bool


class DaysUsage(UserError):
    """`/muster days` does not know {typed}.
    Type `/muster days` to see the days off, `/muster days add 2026-12-24 Christmas Eve`,
    `/muster days remove 2026-12-24`, or `/muster days region DE-BY`.
    """


class NoDay(UserError):
    """{typed} is no day Muster can use: {why}. Write a day to come as 2026-12-24."""


class NotADayOff(UserError):
    """{day} is no day off of this workspace. Type `/muster days` to see those that are."""


class NoRegion(UserError):
    """{why}"""
