"""Turning the plain data of a template file into a Template, with every problem named."""

import re
from typing import Any

from domain import cadence
from domain.hours import Duration, never_comes
from domain.people import FUNCTIONS
from domain.template_file import BadTemplate, Path, Source, quote, read_source
from domain.templates import OPTION_LIMIT, SCALE, Question, QuestionType, Template, is_selector

REQUIRED = ("id", "title", "purpose", "when", "who", "ask")
REQUIRED_OF_QUESTION = ("id", "text", "type")
LATER_TYPES = ("many", "number")
LEAST_OPTIONS = 2
MOST_OPTIONS = 10
SCALE_END_LIMIT = OPTION_LIMIT - len("1 ()")
"""Slack's menu shows an end of a scale as "1 (Will slip)"."""
MOST_QUESTIONS = 40
INTO = {"blocker.title": (QuestionType.SHORT, QuestionType.LONG), "blocker.owner": (QuestionType.USER,)}
"""What answers can become, and of which types they must be."""


def read_template(text: str, *, file_id: str | None = None) -> Template:
    """Reads a template file; `file_id` is its name without `.yaml`. Raises BadTemplate with all problems found."""
    source = read_source(text)
    template = _Reader(source, file_id).template()
    if source.problems:
        raise BadTemplate(source.problems)
    return template


class _Reader:
    """Reads on after a problem, with a stand-in for what was wrong, so that all problems are found."""

    def __init__(self, source: Source, file_id: str | None) -> None:
        self.source = source
        self.data = source.data
        self.file_id = file_id
        self.options: dict[str, tuple[str, ...] | None] = {}
        """The answers of each question so far that another may follow; None if they could not be read."""
        self.blocker_made = False
        self.unreached: set[str] = set()
        """Functions that questions are for and `who` does not reach, each reported once."""

    def template(self) -> Template:
        self._require((), self.data, REQUIRED)
        closes = self._duration(("closes",), self.data.get("closes") or "1d")
        self._post()
        return Template(
            id=self._id(),
            title=self.data.get("title") or "",
            purpose=self.data.get("purpose") or "",
            when=self.data.get("when") or "",
            cadence=self._cadence(),
            who=tuple(self._selector(("who", place), entry) for place, entry in self._items("who")),
            ask=self._questions(),
            facilitator=self._facilitator(),
            closes=closes or Duration(days=1),
            remind=self._remind(closes),
        )

    def _require(self, path: Path, data: dict[str, Any], keys: tuple[str, ...]) -> None:
        for key in keys:
            if key not in data:
                self.source.report(path, f'the key "{key}" is missing')

    def _items(self, key: str) -> list[tuple[int, Any]]:
        """Those that could be read, with their places."""
        return [(place, entry) for place, entry in enumerate(self.data.get(key) or []) if entry is not None]

    def _id(self) -> str:
        name = str(self.data.get("id") or "")
        if name and self.file_id not in (None, name):
            self.source.report(("id",), f'the id is the name of the file; write "{self.file_id}"')
        elif name and not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
            self.source.report(
                ("id",), "write an id of small letters, digits, - and _, such as weekly-sync, and name the file so"
            )
        return name

    def _cadence(self) -> cadence.Cadence:
        try:
            return cadence.parse(self.data.get("when") or "every day at 00:00")
        except cadence.NotACadence as error:
            self.source.report(("when",), str(error))
            return cadence.parse("every day at 00:00")

    def _facilitator(self) -> str | None:
        name = self.data.get("facilitator")
        if name is None:
            return None
        if found := re.fullmatch(r"@([UW][A-Z0-9]+)", name):
            return found[1]
        self.source.report(
            ("facilitator",),
            'only a fixed person works yet; write "@U..." in quotes, or leave it out for whoever starts it',
        )
        return None

    def _duration(self, path: Path, value: str) -> Duration | None:
        if found := re.fullmatch(r"([1-9][0-9]{0,2})([hd])", value):
            count = int(found[1])
            return Duration(hours=count) if found[2] == "h" else Duration(days=count)
        self.source.report(path, f"{quote(value)} is no duration; write a whole number and h or d, such as 4h or 2d")
        return None

    def _remind(self, closes: Duration | None) -> tuple[Duration, ...]:
        if "remind" not in self.data:
            return (Duration(hours=4),)
        entries = self._items("remind")
        if len(entries) > 1:
            self.source.report(("remind",), "Muster can only remind once yet; keep one")
        read = [(place, self._duration(("remind", place), entry)) for place, entry in entries]
        for place, before in read:
            if before and closes and never_comes(before, closes):
                self.source.report(
                    ("remind", place),
                    f"{before} before the end is not after the question, which is open for {closes}; write less",
                )
        return tuple(before for _place, before in read if before)

    def _selector(self, path: Path, text: str) -> str:
        if not is_selector(text):
            self.source.report(
                path,
                f"{quote(text)} selects nobody Muster knows; write everyone, leads, managers, execs, "
                f'"lead of legal", or a function: {", ".join(FUNCTIONS)}',
            )
        return text

    def _post(self) -> None:
        post = self.data.get("post") or {}
        if post.get("to") not in (None, ["channel"]):
            self.source.report(("post", "to"), "the summary can only go to the channel yet; write [channel]")
        if post.get("by") not in (None, "function"):
            self.source.report(("post", "by"), "answers can only be grouped by function yet; write function")

    def _questions(self) -> tuple[Question, ...]:
        entries = self._items("ask")
        if len(entries) > MOST_QUESTIONS:
            self.source.report(
                ("ask",), f"{len(entries)} questions are too many for one form; at most {MOST_QUESTIONS}"
            )
        return tuple(self._question(("ask", place), entry) for place, entry in entries)

    def _question(self, path: Path, data: dict[str, Any]) -> Question:
        self._require(path, data, REQUIRED_OF_QUESTION)
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
        )
        is_readable = kind is not None and all(question.options) and self._is_readable(path, data, "options")
        self.options[question.id] = _answers(question) if is_readable else None
        return question

    def _is_readable(self, path: Path, data: dict[str, Any], key: str) -> bool:
        """Whether what stands there, if anything, was of the right shape."""
        return data.get(key) is not None or (*path, key) not in self.source.lines

    def _question_id(self, path: Path, value: str | None) -> str:
        if value is None:
            return ""
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", value):
            self.source.report((*path, "id"), "write an id of small letters, digits and _, such as next_step")
        elif value in self.options:
            self.source.report((*path, "id"), f'the id "{value}" stands twice; ids are unique in a file')
        return value

    def _type(self, path: Path, value: str | None) -> QuestionType | None:
        if value is None or value in list(QuestionType):
            return QuestionType(value) if value else None
        said = f'"{value}" is known but not built yet' if value in LATER_TYPES else f"{quote(value)} is no type"
        self.source.report((*path, "type"), f"{said}; write {_or(QuestionType)}")
        return None

    def _options(self, path: Path, kind: QuestionType | None, data: dict[str, Any]) -> tuple[str, ...]:
        found = tuple(option or "" for option in data.get("options") or ())
        if kind is None or not self._is_readable(path, data, "options"):
            return found
        here = (*path, "options")
        if kind is QuestionType.ONE and not LEAST_OPTIONS <= len(found) <= MOST_OPTIONS:
            self.source.report(
                here, f"a choice has {LEAST_OPTIONS} to {MOST_OPTIONS} options; write options: [On track, At risk]"
            )
        elif kind is QuestionType.SCALE and len(found) != 2:  # noqa: PLR2004 - two ends
            self.source.report(here, "a scale has two end labels; write options: [Will slip, Certain]")
        elif kind not in (QuestionType.ONE, QuestionType.SCALE) and "options" in data:
            self.source.report(here, f'only "one" and "scale" have options; take them out or change the type "{kind}"')
        for place, option in enumerate(found):
            if kind is QuestionType.SCALE and len(option) > SCALE_END_LIMIT:
                message = f"{len(option)} characters are too long for an end of a scale; at most {SCALE_END_LIMIT}"
                self.source.report((*here, place), message)
        return found

    def _audience(self, path: Path, entries: list[str | None] | None) -> tuple[str, ...]:
        reached = self._reached()
        for place, entry in enumerate(entries or ()):
            if entry is not None and entry not in FUNCTIONS:
                self.source.report((*path, "for", place), f"{quote(entry)} is no function; write {_or(FUNCTIONS)}")
            elif entry is not None and reached is not None and entry not in reached | self.unreached:
                self.unreached.add(entry)
                self.source.report((*path, "for", place), f'"who" asks nobody of {entry}; add {entry} there')
        return tuple(str(entry) for entry in entries or ())

    def _reached(self) -> set[str] | None:
        """The functions that `who` can reach; None means all, or that nobody knows because `who` itself is wrong."""
        who = self.data.get("who") or [None]
        if {"everyone", "leads", "managers", "execs"} & set(who) or not all(
            entry and is_selector(entry) for entry in who
        ):
            return None
        return {entry.rpartition(" ")[2] for entry in who}

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
                path, f'"{earlier}" is not a question of type one or scale; only clicks can be followed up'
            )
        for answer in wanted:
            if known and answer not in known:
                self.source.report(path, f'{quote(answer)} is not among the answers of "{earlier}"')
        return tuple(wanted)

    def _into(self, path: Path, kind: QuestionType | None, value: str | None) -> str:
        if value is None:
            return ""
        here = (*path, "into")
        if value not in INTO:
            self.source.report(here, f"answers can only go into {_or(INTO)} yet; take {quote(value)} out for now")
        elif kind not in (None, *INTO[value]):
            self.source.report(here, f"that takes an answer of another type; write type: {_or(INTO[value])}")
        if value == "blocker.owner" and not self.blocker_made:
            self.source.report(here, "no earlier question makes a blocker; add one with into: blocker.title")
        self.blocker_made = self.blocker_made or value == "blocker.title"
        return value


def _answers(question: Question) -> tuple[str, ...]:
    """The answers a later question may ask for."""
    if question.type is QuestionType.SCALE:
        return tuple(str(step) for step in SCALE)
    return question.options if question.type is QuestionType.ONE else ()


def _or(words: Any) -> str:
    return " or ".join(", ".join(words).rsplit(", ", 1))
