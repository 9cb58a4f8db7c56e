"""What stands beside each "Take back" that somebody has seen: the absence that a click on it takes back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from simulation.messages import elements, squeezed
from simulation.recognition import TAKE_BACK
from simulation.trace import Json
from simulation.working import Absence, Source

DATE = r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4}"
SAID = re.compile(rf"(?P<who>.+?) (?:is|are) away(?: for (?P<only>.+?) only)? (?:on|from) {DATE}")
DAYS = re.compile(rf"(?:on|from) (?P<first>{DATE})(?: to (?P<last>{DATE}))?$")
"""At the end of the button's accessible name."""
YOU = "You"


@dataclass(frozen=True)
class Offered:
    """An absence as it is offered; what others say too has been left out of its first days."""

    person: str
    only: str
    """The titles of the rituals it is for, in one text; empty: for everything."""
    first: date
    last: date

    def among(self, known: Iterable[Absence]) -> Absence | None:
        found = (
            each for each in known if each.source is Source.SAID and each.first <= self.first and each.last == self.last
        )
        return max((each for each in found if self._is_for(each)), key=lambda each: each.first, default=None)

    def _is_for(self, absence: Absence) -> bool:
        return bool(absence.only) == bool(self.only) and all(title in self.only for title in absence.only)


def offered(blocks: list[Json], reader: str, by_name: Mapping[str, str]) -> Iterator[tuple[str, Offered]]:
    """With the values of the buttons."""
    text = ""
    for block in blocks:
        text = squeezed(block["text"]["text"]) if block["type"] == "section" and "text" in block else text
        for each in elements([block]):
            said = SAID.match(text)
            days = DAYS.search(str(each.get("accessibility_label", "")))
            if each["action_id"] == TAKE_BACK and said and days:
                person = reader if said["who"] == YOU else by_name.get(said["who"], "")
                first, last = _day(days["first"]), _day(days["last"] or days["first"])
                yield str(each["value"]), Offered(person, said["only"] or "", first, last)


def _day(text: str) -> date:
    return datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007 # a day alone


def taken_back(known: Iterable[Absence], gone: Absence, today: date, *, is_sure: bool) -> tuple[Absence, ...]:
    """That one and what was said within its days do not count from today on, or may not; what has passed stays."""
    return tuple(left for each in known for left in _left(each, gone, today, is_sure=is_sure))


def _left(each: Absence, gone: Absence, today: date, *, is_sure: bool) -> list[Absence]:
    is_said = each.source is Source.SAID and each.only == gone.only
    is_within = is_said and gone.first <= each.first and each.last <= gone.last
    if not is_within or each.last < today:
        return [each]
    if not is_sure:
        return [replace(each, is_sure=False)]
    return [replace(each, last=today - timedelta(days=1))] if each.first < today else []
