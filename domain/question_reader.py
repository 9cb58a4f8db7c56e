"""Reading the questions of a template file."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from domain.into import TITLE
from domain.people import FUNCTIONS
from domain.selectors import ME, read_selector
from domain.template_file import Path, Source, quote
from domain.templates import CHOICES, CLICKS, OPTION_LIMIT, SCALE, Question, QuestionType, split_label

REQUIRED = ("id", "text", "type")
LEAST_OPTIONS = 2
MOST_OPTIONS = 10
SCALE_END_LIMIT = OPTION_LIMIT - len("1 ()")
"""Slack's menu shows an end of a scale as "1 (Will slip)"."""
MOST_QUESTIONS = 40
QUESTION_ID = "[a-z][a-z0-9_]{0,63}"
SPLIT = "lines"
MEASURE = "measure:name.value"
"""A number of a measure, which is named."""
INTO = {
    "blocker.title": (QuestionType.SHORT, QuestionType.LONG),
    "blocker.owner": (QuestionType.USER,),
    "action.title": (QuestionType.SHORT, QuestionType.LONG),
    "action.owner": (QuestionType.USER,),
    "action.due": (QuestionType.DATE,),
    MEASURE: (QuestionType.NUMBER,),
}
"""What answers can become, and of which types they must be."""
RECORDS = {"blocker": "a blocker", "action": "an action item"}
LABEL_LIMIT = 40
LABEL = f"[a-z][a-z0-9 _-]{{0,{LABEL_LIMIT - 1}}}"
"""Tells several records of one response apart, as in blocker:infra.title; of a measure it is the name."""


def into_pattern(known: str) -> str:
    """What may be written for one of these."""
    return f"measure:{LABEL}[.]value" if known == MEASURE else known.replace(".", f"(?::{LABEL})?[.]")


INTO_PATTERN = "|".join(map(into_pattern, INTO))


class Questions:
    """Reads on after a problem, with a stand-in for what was wrong, so that all problems are found."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.options: dict[str, tuple[str, ...] | None] = {}
        """The answers of each question so far that another may follow; None if they could not be read."""
        self.made: set[str] = set()
        """What questions so far make: blocker, or blocker:infra with a label."""
        self.unreached: set[str] = set()
        """Functions that questions are for and `who` does not reach, each reported once."""

    def read(self) -> tuple[Question, ...]:
        entries = self.source.items("ask")
        if len(entries) > MOST_QUESTIONS:
            self.source.report(
                ("ask",), f"{len(entries)} questions are too many for one form; at most {MOST_QUESTIONS}"
            )
        found = tuple(self._question(("ask", place), entry) for place, entry in entries)
        for (place, _entry), question in zip(entries, found, strict=True):
            self._recall(("ask", place, "recall"), question)
        return found

    def _question(self, path: Path, data: dict[str, Any]) -> Question:
        self.source.require(path, data, REQUIRED)
        kind = self._type(path, data.get("type"))
        question = Question(
            id=self._question_id(path, data.get("id")),
            text=data.get("text") or "",
            type=kind or QuestionType.SHORT,
            hint=data.get("hint") or "",
            options=self._options(path, kind, data),
            optional=data.get("optional") or False,
            audience=self._audience(path, data.get("for")),
            condition=self._condition(path, data.get("if")),
            into=self._into(path, kind, data.get("into")),
            recall=data.get("recall") or "",
            split=self._split(path, kind, data.get("split")),
        )
        self._one_line(path, question)
        is_readable = kind is not None and all(question.options) and self._is_readable(path, data, "options")
        self.options[question.id] = answers_of(question) if is_readable else None
        return question

    def _is_readable(self, path: Path, data: dict[str, Any], key: str) -> bool:
        """Whether what stands there, if anything, was of the right shape."""
        return data.get(key) is not None or (*path, key) not in self.source.lines

    def _question_id(self, path: Path, value: str | None) -> str:
        if value is None:
            return ""
        if not re.fullmatch(QUESTION_ID, value):
            self.source.report((*path, "id"), "write an id of small letters, digits and _, such as next_step")
        elif value in self.options:
            self.source.report((*path, "id"), f'the id "{value}" stands twice; ids are unique in a file')
        return value

    def _type(self, path: Path, value: str | None) -> QuestionType | None:
        if value is None or value in list(QuestionType):
            return QuestionType(value) if value else None
        self.source.report((*path, "type"), f"{quote(value)} is no type; write {any_of(QuestionType)}")
        return None

    def _options(self, path: Path, kind: QuestionType | None, data: dict[str, Any]) -> tuple[str, ...]:
        found = tuple(option or "" for option in data.get("options") or ())
        if kind is None or not self._is_readable(path, data, "options"):
            return found
        here = (*path, "options")
        if kind in CHOICES and not LEAST_OPTIONS <= len(found) <= MOST_OPTIONS:
            self.source.report(
                here, f"a choice has {LEAST_OPTIONS} to {MOST_OPTIONS} options; write options: [On track, At risk]"
            )
        elif kind is QuestionType.SCALE and len(found) != 2:  # noqa: PLR2004 - two ends
            self.source.report(here, "a scale has two end labels; write options: [Will slip, Certain]")
        elif kind not in CLICKS and "options" in data:
            self.source.report(here, f'only {any_of(_quoted(CLICKS))} have options; take them out or change "{kind}"')
        for place, option in enumerate(found):
            if kind is QuestionType.SCALE and len(option) > SCALE_END_LIMIT:
                message = f"{len(option)} characters are too long for an end of a scale; at most {SCALE_END_LIMIT}"
                self.source.report((*here, place), message)
            if option and (alike := too_alike(found[: place + 1])):
                self.source.report((*here, place), f"{' and '.join(map(quote, alike))} read alike; keep one")
        return found

    def _audience(self, path: Path, entries: list[str | None] | None) -> tuple[str, ...]:
        reached = self._reached()
        for place, entry in enumerate(entries or ()):
            if entry is not None and entry not in FUNCTIONS:
                self._is_for((*path, "for", place), entry)
            elif entry is not None and reached is not None and entry not in reached | self.unreached:
                self.unreached.add(entry)
                self.source.report((*path, "for", place), f'"who" asks nobody of {entry}; add {entry} there')
        return tuple(str(entry) for entry in entries or ())

    def _is_for(self, path: Path, entry: str) -> None:
        """Of each person one must be able to tell whether it means them."""
        found = read_selector(entry)
        if found is None:
            self.source.report(
                path,
                f'{quote(entry)} selects nobody Muster knows; write leads, lead of legal, "@U..." or "@S..." in '
                f"quotes, or a function: {', '.join(FUNCTIONS)}",
            )
        elif found.count:
            self.source.report(
                path, f"a question is not asked in turn; write {found.whom}, or let who take turns: who: [{entry}]"
            )
        elif found.whom == ME:
            self.source.report(path, "whoever starts it may be anybody; write a function, or leave it out")

    def _reached(self) -> set[str] | None:
        """The functions that `who` can reach; None means all, or that nobody knows because `who` itself is wrong."""
        read = [read_selector(entry or "") for entry in self.source.data.get("who") or [None]]
        named = {each.whom for each in read if each}
        return named if named <= set(FUNCTIONS) and None not in read else None

    def _condition(
        self, path: Path, value: dict[str, list[str | None] | None] | None
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(
            (earlier, self._wanted((*path, "if", earlier), earlier, [answer for answer in wanted or () if answer]))
            for earlier, wanted in (value or {}).items()
        )

    def _wanted(self, path: Path, earlier: str, wanted: list[str]) -> tuple[str, ...]:
        known = self.options.get(earlier, ())
        if earlier not in self.options:
            self.source.report(path, f"{quote(earlier)} is no earlier question of this file")
        elif known == ():
            self.source.report(
                path, f'"{earlier}" is not a question of type {any_of(sorted(CLICKS))}; only clicks can be followed up'
            )
        for answer in wanted:
            if known and answer not in known:
                self.source.report(path, f'{quote(answer)} is not among the answers of "{earlier}"')
        return tuple(wanted)

    def _into(self, path: Path, kind: QuestionType | None, value: str | None) -> str:
        if value is None:
            return ""
        here = (*path, "into")
        if not re.fullmatch(INTO_PATTERN, value):
            self.source.report(here, f"answers can only go into {any_of(INTO)} yet; take {quote(value)} out for now")
            return ""
        known = next(each for each in INTO if re.fullmatch(into_pattern(each), value))
        if kind not in (None, *INTO[known]):
            self.source.report(here, f"that takes an answer of another type; write type: {any_of(INTO[known])}")
        if known == MEASURE:
            return value
        record, _, field = value.partition(".")
        if field == TITLE:
            self.made.add(record)
        elif record not in self.made:
            what = RECORDS[known.partition(".")[0]]
            self.source.report(here, f"no earlier question makes {what}; add one with into: {record}.title")
        return value

    def _split(self, path: Path, kind: QuestionType | None, value: str | None) -> bool:
        here = (*path, "split")
        if value is not None and value != SPLIT:
            self.source.report(here, f"{quote(value)} is not understood; write {SPLIT}")
        elif value is not None and kind not in (None, QuestionType.LONG):
            self.source.report(here, "only a long answer has lines; write type: long, or take this out")
        return value == SPLIT

    def _one_line(self, path: Path, question: Question) -> None:
        is_long = question.type is QuestionType.LONG and not question.split
        if is_long and split_label(question.into)[1] == "action.title":
            self.source.report(
                (*path, "into"), "an action item is one line; write type: short, or split: lines for one of each line"
            )

    def _recall(self, path: Path, question: Question) -> None:
        """It may name any question of the file, so it is read when all are known."""
        if question.recall and question.recall not in self.options:
            self.source.report(path, f"{quote(question.recall)} is no question of this file; write {question.id}")


def too_alike(options: Sequence[str]) -> tuple[str, str] | None:
    """The last of them and an earlier one that differs from it only in capitals or spaces: nobody could tell which of
    the two an answer means."""
    *earlier, last = options
    found = next((each for each in earlier if _plain(each) == _plain(last) and each != last), None)
    return (found, last) if found else None


def _plain(option: str) -> str:
    return "".join(option.split()).casefold()


def answers_of(question: Question) -> tuple[str, ...]:
    """The answers a later question may ask for."""
    if question.type is QuestionType.SCALE:
        return tuple(str(step) for step in SCALE)
    return question.options if question.type in CHOICES else ()


def _quoted(words: Iterable[str]) -> list[str]:
    return [f'"{word}"' for word in sorted(words)]


def any_of(words: Iterable[str]) -> str:
    return " or ".join(", ".join(words).rsplit(", ", 1))
