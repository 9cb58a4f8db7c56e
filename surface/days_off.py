"""The days off of a workspace, as `/muster days` answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.days_off import DaysOff
from domain.words import day_text
from surface.answers import answer
from surface.kit import Block, context, escape, message, sections

CHANGING = (
    "`/muster days add 2026-12-24 Christmas Eve` adds a day, `/muster days remove 2026-12-24` takes it away, "
    "`/muster days region DE-BY` sets whose public holidays count (`none` for no region)."
)
OWN_REGION = "Who lives elsewhere sets their own with `/muster me`."


def days_answer(found: DaysOff) -> dict[str, Any]:
    """On these days nobody is asked, reminded or counted."""
    lines = ["On days off nobody is asked, reminded or counted.", _holidays(found), *_own(found)]
    blocks: list[Block] = [*sections(lines), context(CHANGING if found.may_change else OWN_REGION)]
    return answer(message("\n".join(lines), blocks))


def _holidays(found: DaysOff) -> str:
    if not found.region:
        return "*Public holidays*: none yet, as no region is set."
    coming = f", next {_days(found.holidays)}" if found.holidays else ""
    return f"*Public holidays* of {escape(found.region)}{coming}."


def _own(found: DaysOff) -> list[str]:
    if not found.own:
        return ["*This workspace's own days*: none."]
    return ["*This workspace's own days*", *(f"• {_day(*each)}" for each in found.own)]


def _days(days: Iterable[tuple[date, str]]) -> str:
    return ", ".join(_day(*each) for each in days)


def _day(day: date, name: str) -> str:
    return f"{day_text(day)} ({escape(name)})" if name else day_text(day)
