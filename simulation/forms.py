"""What became of forms that were sent: taken, or shown again with a question, a mistake or their next page."""

from bisect import bisect_left
from datetime import datetime
from functools import cached_property

from simulation.messages import Shown
from simulation.trace import Line, Trace


class Forms:
    """`views`: every state of every form, in order."""

    def __init__(self, trace: Trace, views: list[Shown]) -> None:
        self._trace, self._views = trace, views

    def is_final(self, line: Line) -> bool:
        """Whether a form was taken: it may have come back with a question, such as a warning, or with its next page."""
        if not line.get("ok"):
            return False
        since = self._last_deed_before(line)
        updates = self._updates.get(line["view_id"], [])
        return not any(since < each.version.line < line.number for each in updates)

    def first_sent(self, line: Line) -> datetime:
        """When a form was first sent as it was taken in the end: what timed out may have been done by then."""
        return min(each.at for each in self._sent[line["view_id"]] if each["values"] == line["values"])

    @cached_property
    def _sent(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self._trace.diary("submitted"):
            found.setdefault(line["view_id"], []).append(line)
        return found

    def _last_deed_before(self, line: Line) -> int:
        """Which line tells what the same person did before; 0 if there is none."""
        numbers = self._deeds[line["person"]]
        place = bisect_left(numbers, line.number)
        return numbers[place - 1] if place else 0

    @cached_property
    def _deeds(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for line in self._trace.of("diary"):
            found.setdefault(line["person"], []).append(line.number)
        return found

    @cached_property
    def _updates(self) -> dict[str, list[Shown]]:
        """Of forms that could be sent and can be again, by their id; not of one that only said that it comes."""
        found: dict[str, list[Shown]] = {}
        coming: set[str] = set()
        for shown in (shown for shown in self._views if shown.type == "modal"):
            view = shown.view["id"]
            if not shown.view.get("submit"):
                coming.add(view)
            elif shown.act == "updated" and view not in coming:
                found.setdefault(view, []).append(shown)
            else:
                coming.discard(view)
        return found
