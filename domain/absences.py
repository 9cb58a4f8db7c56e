"""Absences as they are listed: no day twice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from domain.people import Absence


def said_once(known: Iterable[Absence]) -> tuple[Absence, ...]:
    """Without the days on which an earlier one of them says as much already."""
    found: list[Absence] = []
    for absence in sorted(known, key=_from_the_widest):
        covered = [each.last for each in found if _says_as_much(each, absence)]
        first = max([absence.first, *(last + timedelta(days=1) for last in covered)])
        if first <= absence.last:
            found.append(replace(absence, first=first))
    return tuple(sorted(found, key=lambda each: each.first))


def _says_as_much(wide: Absence, narrow: Absence) -> bool:
    return not wide.rituals or (bool(narrow.rituals) and narrow.rituals <= wide.rituals)


def _from_the_widest(absence: Absence) -> tuple[object, ...]:
    """Of those that begin on the same day; what somebody said comes first, as it can be taken back."""
    return absence.first, bool(absence.rituals), -len(absence.rituals), -absence.last.toordinal(), absence.source.value
