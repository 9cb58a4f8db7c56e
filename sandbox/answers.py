"""The plain values behind what a person says when they fill in a field: an option's text, a name, a date, a file."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from sandbox.blockkit.choices import option_list
from sandbox.sight import option_value
from sandbox.state import Json


class Upload(NamedTuple):
    """A file to put into a form."""

    name: str
    content: bytes


class Search(NamedTuple):
    """What to type into an external select, and which of the options that come to choose."""

    typed: str
    option: str


class Answers:
    """How one person finds what they name."""

    def __init__(
        self,
        *,
        person: Callable[[str], str],
        channel: Callable[[str], str],
        upload: Callable[[str, bytes], str],
        search: Callable[[Json, str], Json],
    ) -> None:
        self._find: dict[str, Callable[[Json, Any], Any]] = {
            "users_select": lambda _, name: person(name),
            "conversations_select": lambda _, name: channel(name),
            "channels_select": lambda _, name: channel(name),
            "datepicker": lambda _, day: _iso(day),
            "timepicker": lambda _, hour: hour.strftime("%H:%M") if isinstance(hour, time) else hour,
            "datetimepicker": lambda _, moment: _seconds(moment),
            "rich_text_input": lambda _, said: said if isinstance(said, dict) else rich_text(said),
            "file_input": lambda _, file: _uploaded(upload, file),
            "external_select": lambda place, wanted: _searched(search, place, wanted),
        }

    def plain(self, place: Json, element: Json, answer: Any) -> Any:
        """The value of an answer; `place` says where the element stands. None empties a field."""
        if answer is None:
            return None
        if isinstance(answer, list | set) or (isinstance(answer, tuple) and not isinstance(answer, Upload | Search)):
            return [self._one(place, element, each) for each in answer]
        one = self._one(place, element, answer)
        return [one] if element["type"] == "file_input" else one

    def _one(self, place: Json, element: Json, answer: Any) -> Any:
        if "options" in element or "option_groups" in element:
            return option_value(element, answer)
        kind = element["type"].removeprefix("multi_")
        find: Callable[[Json, Any], Any] = self._find.get(kind, _as_typed)
        return find(place, answer)


def rich_text(said: str) -> Json:
    """A paragraph, as somebody types it without styles."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": said}] if said else []}
    return {"type": "rich_text", "elements": [section]}


def still_offered(element: Json, value: Any) -> bool:
    """Whether a choice of before can still be made: an update may have taken options away."""
    if "options" not in element and "option_groups" not in element:
        return True
    offered = [option["value"] for option in option_list(element)]
    return all(each in offered for each in (value if isinstance(value, list) else [value]) if each is not None)


def _as_typed(_: Json, said: Any) -> str:
    return str(said)


def _iso(day: Any) -> str:
    return day.isoformat() if isinstance(day, date) else str(day)


def _seconds(moment: Any) -> int:
    return int(moment.timestamp()) if isinstance(moment, datetime) else int(moment)


def _uploaded(upload: Callable[[str, bytes], str], file: Any) -> str:
    given = Upload(file.name, file.read_bytes()) if isinstance(file, Path) else file
    return upload(given.name, given.content)


def _searched(search: Callable[[Json, str], Json], place: Json, wanted: Any) -> str:
    wanted = wanted if isinstance(wanted, Search) else Search(wanted, wanted)
    return option_value(search(place, wanted.typed), wanted.option)
