"""What people write, from data files: looked up by the words of what they are asked, and by their function."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sandbox.chance import dice, happens
from sandbox.state import Json

FOLDER = Path(__file__).parent / "lines"
SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")
MORE_LINES = 0.3
ENOUGH_LINES = 2
SHORT_WORD = 3
"""Letters."""


@cache
def _file(name: str) -> Json:
    read: Json = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return read


def has_word(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words, or beginnings of words, stands in the text."""
    return _place(text, words) >= 0


@dataclass(frozen=True)
class Writer:
    """Somebody with something to say on a day. `about` is all that their words depend on."""

    seed: str
    name: str
    title: str
    day: date
    about: tuple[object, ...] = field(default=())

    @property
    def function(self) -> str:
        return function_of(self.title)

    def text(self, question: str, aside: str = "", *, several: bool = False) -> str:
        """An answer to a question; `aside` is what its hint and placeholder say. `several`: more than a line fits."""
        lines = self._lines(question, aside)
        key = (self.seed, self.name, "text", question, *self.about)
        is_listed = has_word(f"{question} {aside}", ["each line", "one on each"])
        first = self._of_the_day(lines, question)
        if not several or len(lines) == 1 or not (is_listed or happens(MORE_LINES, *key)):
            return filled_in(first, *key)
        other = dice(*key).choice([line for line in lines if line != first])
        return "\n".join(filled_in(line, *key, line) for line in (first, other))

    def correction(self, question: str) -> str:
        key = (self.seed, self.name, "edit", question, self.day, *self.about)
        return filled_in(dice(*key).choice(_file("answers")["edits"]), *key)

    def story(self, form: str) -> dict[str, str]:
        """Answers that belong together, by words of labels, for a form of this kind; often none."""
        fitting = [story for story in _file("stories")["stories"] if has_word(form, story["form"])]
        if not fitting:
            return {}
        own = [story for story in fitting if self.function in story["by"]] or fitting
        story = self._of_the_day(own, form)
        key = (self.seed, self.name, "story", form, self.day, *self.about)
        return {words: filled_in(text, *key) for words, text in story["fields"].items()}

    def _lines(self, question: str, aside: str) -> list[str]:
        topic = _topic(question) or _topic(aside)
        return self._of_function(topic["lines"] if topic else _file("answers")["default"])

    def _of_function(self, lines: Json) -> list[str]:
        own: list[str] = lines.get(self.function, [])
        return own + lines.get("any", []) if len(own) < ENOUGH_LINES else own

    def _of_the_day(self, choices: Sequence[Any], what: str) -> Any:
        """Each day another one, in an order of one's own, so that nobody repeats themselves soon."""
        order = list(choices)
        dice(self.seed, self.name, "order", what).shuffle(order)
        return order[(self.day.toordinal() // 7 + 3 * self.day.weekday()) % len(order)]


def filled_in(line: str, *about: object) -> str:
    """A line with its gaps filled. What has a name stays the same in all lines about the same thing."""
    filled = SLOT.sub(lambda found: _slot(found, about), line)
    return filled[:1].upper() + filled[1:]


def _slot(found: re.Match[str], about: tuple[object, ...]) -> str:
    name, low, high = found.groups()
    if low:
        return str(dice(*about, found.start()).randint(int(low), int(high)))
    return str(dice(*about, name).choice(_file("answers")["slots"][name]))


def _topic(said: str) -> Json | None:
    """The topic of which a word comes first."""
    found = [(place, topic) for topic in _file("answers")["topics"] if (place := _place(said, topic["words"])) >= 0]
    return min(found, key=lambda each: each[0])[1] if found else None


def _place(text: str, words: Sequence[str]) -> int:
    places = [found.start() for word in words if (found := re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE))]
    return min(places, default=-1)


def function_of(title: str) -> str:
    functions: dict[str, list[str]] = _file("answers")["functions"]
    return next((name for name, words in functions.items() if _is_called(title, words)), "")


def _is_called(title: str, words: list[str]) -> bool:
    """Short words stand for themselves: an ML engineer is not from MLOps."""
    ends = [rf"\b{word}\b" if len(word) <= SHORT_WORD else rf"\b{word}" for word in words]
    return any(re.search(end, title, re.IGNORECASE) for end in ends)


def talks() -> list[list[tuple[str, str]]]:
    """Conversations: (function, line) pairs."""
    return [[(who, line) for who, line in talk] for talk in _file("talks")["talks"]]


def comments() -> list[str]:
    found: list[str] = _file("talks")["comments"]
    return found


def reactions() -> list[str]:
    found: list[str] = _file("talks")["reactions"]
    return found
