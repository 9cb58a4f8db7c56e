"""Turning the plain data of a template file into a Template, with every problem named."""

import re
from typing import Any

from domain import cadence
from domain.hours import Duration, never_comes
from domain.people import FUNCTIONS
from domain.template_file import BadTemplate, Source, read_source
from domain.templates import (
    OPTION_LIMIT,
    PURPOSE_LIMIT,
    SCALE,
    TEXT_LIMIT,
    TITLE_LIMIT,
    Question,
    QuestionType,
    Template,
    is_selector,
)

REQUIRED = ("id", "title", "purpose", "when", "who", "ask")
LATER_TYPES = ("many", "number")
LEAST_OPTIONS = 2
MOST_OPTIONS = 10
MOST_QUESTIONS = 40
INTO = ("blocker.title", "blocker.owner")
Path = tuple[str | int, ...]


def read_template(text: str, *, file_id: str | None = None) -> Template:
    """Reads a template file; `file_id` is its name without `.yaml`. Raises BadTemplate with all problems found."""
    source = read_source(text)
    reader = _Reader(source)
    template = reader.template()
    if file_id is not None and reader.data.get("id") not in (None, file_id):
        source.report(("id",), f'the id is the name of the file; write "{file_id}"')
    if source.problems or template is None:
        raise BadTemplate(source.problems)
    return template


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.data = source.data
        self.options: dict[str, tuple[str, ...]] = {}
        self.blocker_made = False
        self.unreached: set[str] = set()
        """Functions that questions are for and `who` does not reach, each reported once."""

    def template(self) -> Template | None:
        missing = [key for key in REQUIRED if self.data.get(key) in (None, "", [])]
        for key in missing:
            self.source.report((), f'the key "{key}" is missing')
        if missing:
            return None
        questions = self._questions()
        closes = self._duration(("closes",), self.data.get("closes", "1d"))
        self._post()
        return Template(
            id=self._text(("id",), self.data["id"], 64),
            title=self._text(("title",), self.data["title"], TITLE_LIMIT),
            purpose=self._text(("purpose",), self.data["purpose"], PURPOSE_LIMIT),
            when=str(self.data["when"]),
            cadence=self._cadence(),
            who=tuple(self._selector(("who", place), entry) for place, entry in enumerate(self._list(("who",)))),
            ask=questions,
            facilitator=self._facilitator(),
            closes=closes,
            remind=self._remind(closes),
        )

    def _cadence(self) -> cadence.Cadence:
        try:
            return cadence.parse(str(self.data["when"]))
        except cadence.NotACadence as error:
            self.source.report(("when",), str(error))
            return cadence.parse("every day at 00:00")

    def _facilitator(self) -> str | None:
        name = self.data.get("facilitator")
        if name is None:
            return None
        if found := re.fullmatch(r"@([UW][A-Z0-9]+)", str(name)):
            return found[1]
        self.source.report(
            ("facilitator",),
            'only a fixed person works yet; write "@U..." in quotes, or leave it out for whoever starts it',
        )
        return None

    def _duration(self, path: Path, value: Any) -> Duration:
        if found := re.fullmatch(r"([1-9]\d{0,2})([hd])", str(value)):
            count = int(found[1])
            return Duration(hours=count) if found[2] == "h" else Duration(days=count)
        self.source.report(path, f'"{value}" is no duration; write a whole number and h or d, such as 4h or 2d')
        return Duration(days=1)

    def _remind(self, closes: Duration) -> tuple[Duration, ...]:
        entries = self._list(("remind",), ["4h"])
        if len(entries) > 1:
            self.source.report(("remind",), "Muster can only remind once yet; keep one")
        found = tuple(self._duration(("remind", place), entry) for place, entry in enumerate(entries))
        for place, before in enumerate(found if "remind" in self.data else ()):
            if never_comes(before, closes):
                self.source.report(
                    ("remind", place),
                    f"{before} before the end is not after the question, which is open for {closes}; write less",
                )
        return found

    def _selector(self, path: Path, value: Any) -> str:
        text = str(value)
        if not is_selector(text):
            self.source.report(
                path,
                f'"{text}" selects nobody Muster knows; write everyone, leads, managers, execs, "lead of legal", '
                f"or a function: {', '.join(FUNCTIONS)}",
            )
        return text

    def _post(self) -> None:
        post = self.data.get("post")
        if post is None:
            return
        if not isinstance(post, dict):
            self.source.report(("post",), "write {to: [channel], by: function}")
            return
        for key, value in post.items():
            if key not in ("to", "by", "brief"):
                self.source.report(("post", key), "there is no such key; the keys are to, by")
            elif key == "brief" and value:
                self.source.report(("post", "brief"), "Muster cannot write briefs yet; take it out for now")
            elif key == "to" and value not in ("channel", ["channel"]):
                self.source.report(("post", "to"), "the summary can only go to the channel yet; write [channel]")
            elif key == "by" and value != "function":
                self.source.report(("post", "by"), "answers can only be grouped by function yet; write function")

    def _questions(self) -> tuple[Question, ...]:
        entries = self._list(("ask",))
        if len(entries) > MOST_QUESTIONS:
            self.source.report(
                ("ask",), f"{len(entries)} questions are too many for one form; at most {MOST_QUESTIONS}"
            )
        return tuple(self._question(place, entry) for place, entry in enumerate(entries))

    def _question(self, place: int, entry: Any) -> Question:
        path: Path = ("ask", place)
        data: dict[str, Any] = entry if isinstance(entry, dict) else {}
        if not isinstance(entry, dict):
            self.source.report(path, "a question is a list of keys: id, text, type")
        kind = self._type(path, data.get("type"))
        question = Question(
            id=self._question_id(path, data.get("id")),
            text=self._text((*path, "text"), data.get("text"), TEXT_LIMIT),
            type=kind,
            hint=str(data.get("hint") or ""),
            options=self._options(path, kind, data.get("options")),
            optional=data.get("optional") is True,
            audience=self._audience(path, data),
            condition=self._condition(path, data.get("if")),
            into=self._into(path, data.get("into")),
        )
        self.options[question.id] = _answers(question)
        return question

    def _question_id(self, path: Path, value: Any) -> str:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", str(value or "")):
            self.source.report((*path, "id"), "write an id of small letters, digits and _, such as next_step")
        elif value in self.options:
            self.source.report((*path, "id"), f'the id "{value}" stands twice; ids are unique in a file')
        return str(value)

    def _type(self, path: Path, value: Any) -> QuestionType:
        if value in LATER_TYPES:
            self.source.report((*path, "type"), f'"{value}" is known but not built yet; write {_or(QuestionType)}')
        elif value not in list(QuestionType):
            self.source.report((*path, "type"), f'"{value}" is no type; write {_or(QuestionType)}')
        return QuestionType(value) if value in list(QuestionType) else QuestionType.SHORT

    def _options(self, path: Path, kind: QuestionType, value: Any) -> tuple[str, ...]:
        here: Path = (*path, "options")
        options = [str(option) for option in value] if isinstance(value, list) else []
        if kind is QuestionType.ONE and not LEAST_OPTIONS <= len(set(options)) == len(options) <= MOST_OPTIONS:
            self.source.report(
                here,
                f"a choice has {LEAST_OPTIONS} to {MOST_OPTIONS} different options; write options: [On track, At risk]",
            )
        elif kind is QuestionType.SCALE and len(options) != 2:  # noqa: PLR2004 - two ends
            self.source.report(here, "a scale has two end labels; write options: [Will slip, Certain]")
        elif kind not in (QuestionType.ONE, QuestionType.SCALE) and value is not None:
            self.source.report(here, f'only "one" and "scale" have options; take them out or change the type "{kind}"')
        for place, option in enumerate(options):
            self._text((*here, place), option, OPTION_LIMIT)
        return tuple(options)

    def _audience(self, path: Path, data: dict[str, Any]) -> tuple[str, ...]:
        value = data.get("for")
        entries = value if isinstance(value, list) else [] if value is None else [value]
        reached = self._reached()
        for place, entry in enumerate(entries):
            if entry not in FUNCTIONS:
                self.source.report((*path, "for", place), f'"{entry}" is no function; write {_or(FUNCTIONS)}')
            elif reached is not None and entry not in reached | self.unreached:
                self.unreached.add(entry)
                self.source.report((*path, "for", place), f'"who" asks nobody of {entry}; add {entry} there')
        return tuple(str(entry) for entry in entries)

    def _reached(self) -> set[str] | None:
        """The functions that `who` can reach; None means all, or that nobody knows because `who` itself is wrong."""
        who = [str(entry) for entry in self._list(("who",))]
        if {"everyone", "leads", "managers", "execs"} & set(who) or not who or not all(map(is_selector, who)):
            return None
        return {entry.rpartition(" ")[2] for entry in who}

    def _condition(self, path: Path, value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if value is None:
            return ()
        if not isinstance(value, dict):
            self.source.report((*path, "if"), "write {earlier_question: [Answer]}")
            return ()
        return tuple(
            (earlier, self._wanted((*path, "if", earlier), earlier, wanted)) for earlier, wanted in value.items()
        )

    def _wanted(self, path: Path, earlier: str, value: Any) -> tuple[str, ...]:
        wanted = tuple(str(answer) for answer in (value if isinstance(value, list) else [value]))
        if earlier not in self.options:
            self.source.report(path, f'"{earlier}" is no earlier question of this file')
        elif not self.options[earlier]:
            self.source.report(
                path, f'"{earlier}" is not a question of type one or scale; only clicks can be followed up'
            )
        for answer in wanted:
            if self.options.get(earlier) and answer not in self.options[earlier]:
                self.source.report(path, f'"{answer}" is not among the answers of "{earlier}"')
        return wanted

    def _into(self, path: Path, value: Any) -> str:
        if value is None:
            return ""
        if value not in INTO:
            self.source.report((*path, "into"), f'answers can only go into {_or(INTO)} yet; take "{value}" out for now')
        elif value == "blocker.owner" and not self.blocker_made:
            self.source.report((*path, "into"), "no earlier question makes a blocker; add one with into: blocker.title")
        self.blocker_made = self.blocker_made or value == "blocker.title"
        return str(value)

    def _text(self, path: Path, value: Any, limit: int) -> str:
        text = "" if value is None else str(value).strip()
        if not text:
            self.source.report(path, "write a text here")
        elif len(text) > limit:
            self.source.report(path, f"{len(text)} characters are too long; at most {limit}")
        return text

    def _list(self, path: tuple[str], default: list[str] | None = None) -> list[Any]:
        value = self.data.get(path[0], default)
        if value is None or isinstance(value, list):
            return value or []
        self.source.report(path, "write a list in square brackets")
        return []


def _answers(question: Question) -> tuple[str, ...]:
    """The answers a later question may ask for."""
    if question.type is QuestionType.SCALE:
        return tuple(str(step) for step in SCALE)
    return question.options if question.type is QuestionType.ONE else ()


def _or(words: Any) -> str:
    return " or ".join(", ".join(words).rsplit(", ", 1))
