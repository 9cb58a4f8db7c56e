"""Absences in words, and the button beside those that can be taken back."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from domain.people import Absence, Source
from domain.words import day_text, joined
from surface.kit import Block, Element, button, escape, section

SHOWN = 5
"""In one list."""
FROM = {Source.STATUS: "Slack status", Source.CALENDAR: "calendar"}


class Id(StrEnum):
    TAKE_BACK = "people.take_back"


def rows(known: Iterable[Absence], rituals: Mapping[str, str], other: str = "") -> list[Block]:
    """A row for each, to the person themselves; or about whoever `other` names, to their manager."""
    return [section(f"{_sentence(each, rituals, other)}{_why(each, other)}.", take_back_button(each)) for each in known]


def _sentence(absence: Absence, rituals: Mapping[str, str], other: str) -> str:
    who = f"{escape(other)} is" if other else "You are"
    return f"{who} away{only(absence, rituals)} {span(absence)}"


def take_back_button(absence: Absence) -> Element | None:
    """None for what is changed elsewhere, or is not kept."""
    if absence.source is not Source.SAID or not absence.id:
        return None
    return button("Take back", Id.TAKE_BACK, absence.id, label=f"Take back: away {span(absence)}")


def _why(absence: Absence, other: str) -> str:
    where = FROM.get(absence.source)
    return f", as {'their' if other else 'your'} {where} says" if where else because(absence)


def only(absence: Absence, rituals: Mapping[str, str]) -> str:
    """ " for Weekly sync only", with the titles of those the reader knows."""
    found = [escape(rituals.get(each, each)) for each in sorted(absence.rituals)]
    return f" for {joined(found)} only" if found else ""


def because(absence: Absence) -> str:
    return f" ({escape(absence.reason)})" if absence.reason else ""


def span(absence: Absence) -> str:
    if absence.first == absence.last:
        return f"on {day_text(absence.first)}"
    return f"from {day_text(absence.first)} to {day_text(absence.last)}"
