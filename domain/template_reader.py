"""Turning the plain data of a template file into a Template, with every problem named."""

import re
from dataclasses import replace

from domain import cadence
from domain.hours import Duration, never_comes
from domain.people import FUNCTIONS
from domain.question_reader import Questions, any_of
from domain.selectors import CHANNEL, ME, read_selector
from domain.template_file import BadTemplate, Path, Source, quote, read_source
from domain.templates import CHANNEL as IN_CHANNEL
from domain.templates import MOST_REMINDERS, OF_ROUND, PLACES, PROPOSED, Post, Template
from domain.verdict_reader import check_round, read_verdict

REQUIRED = ("id", "title", "purpose", "when", "who", "ask")
DURATION = "([1-9][0-9]{0,2})([hd])"
ORDERS = ("function", "question", "person", "answer")


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

    def template(self) -> Template:
        self.source.require((), self.data, REQUIRED)
        closes = self._duration(("closes",), self.data.get("closes") or "1d")
        template = Template(
            id=self._id(),
            title=self.data.get("title") or "",
            purpose=self.data.get("purpose") or "",
            when=self.data.get("when") or "",
            cadence=self._cadence(),
            who=tuple(self._selector(("who", place), entry) for place, entry in self.source.items("who")),
            ask=Questions(self.source).read(),
            facilitator=self._facilitator(),
            closes=closes or Duration(days=1),
            remind=self._remind(closes),
            post=self._post(),
            anonymous=self._anonymous(),
            about=self.data.get("about") or "",
        )
        check_round(self.source, template)
        return replace(template, verdict=read_verdict(self.source, template))

    def _id(self) -> str:
        name = str(self.data.get("id") or "")
        if name and self.file_id not in (None, name):
            self.source.report(("id",), f'the id is the name of the file; write "{self.file_id}"')
        elif name and not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
            self.source.report(
                ("id",), "write an id of small letters, digits, - and _, such as weekly-sync, and name the file so"
            )
        return name

    def _cadence(self) -> cadence.Cadence | None:
        when = self.data.get("when")
        if when in (None, cadence.MANUAL) or (when == PROPOSED and self.data.get("about")):
            return None
        try:
            return cadence.parse(when)
        except cadence.NotACadence as error:
            self.source.report(("when",), str(error))
            return None

    def _facilitator(self) -> str | None:
        name = self.data.get("facilitator")
        if name is None:
            return None
        if read_selector(name) and name != ME:
            return str(name)
        self.source.report(
            ("facilitator",),
            f'{quote(name)} selects nobody Muster knows; write "@U..." in quotes, 1 of leads or lead of legal, or '
            "leave it out for whoever switches it on",
        )
        return None

    def _duration(self, path: Path, value: str) -> Duration | None:
        if found := re.fullmatch(DURATION, value):
            count = int(found[1])
            return Duration(hours=count) if found[2] == "h" else Duration(days=count)
        self.source.report(path, f"{quote(value)} is no duration; write a whole number and h or d, such as 4h or 2d")
        return None

    def _remind(self, closes: Duration | None) -> tuple[Duration, ...]:
        if "remind" not in self.data:
            return (Duration(hours=4),)
        entries = self.source.items("remind")
        read = [(place, self._duration(("remind", place), entry)) for place, entry in entries]
        for place, before in read:
            if before and closes and never_comes(before, closes):
                self.source.report(
                    ("remind", place),
                    f"{before} before the end is not after the question, which is open for {closes}; write less",
                )
        if len(read) > MOST_REMINDERS:
            self.source.report(("remind", MOST_REMINDERS), f"{MOST_REMINDERS} reminders are enough; take this one out")
        return tuple(before for _place, before in read if before)

    def _selector(self, path: Path, text: str) -> str:
        if read_selector(text) is None:
            self.source.report(
                path,
                f"{quote(text)} selects nobody Muster knows; write everyone, leads, managers, execs, lead of legal, "
                f'2 of research, "@U..." or "#channel" in quotes, or a function: {", ".join(FUNCTIONS)}',
            )
        elif text == ME and self.data.get("when") not in (None, cadence.MANUAL):
            self.source.report(path, 'whoever starts it is known only of what is started by hand; write "when: manual"')
        return text

    def _anonymous(self) -> int | None:
        least: int | None = self.data.get("anonymous")
        if least is None:
            return None
        if ME in (self.data.get("who") or ()):
            self.source.report(
                ("anonymous",), "whoever starts it is known, and so is whose answers they are; take it out"
            )
        post = self.data.get("post") or {}
        if post.get("early"):
            self.source.report(("post", "early"), "anonymous answers are only shown at the end; take this out")
        for place, question in self.source.items("ask"):
            found = question if isinstance(question, dict) else {}
            if found.get("for"):
                self.source.report(
                    ("ask", place, "for"),
                    "an anonymous check-in asks everybody the same, or a question for few would name them; take it out",
                )
            if str(found.get("into")).startswith("action"):
                self.source.report(
                    ("ask", place, "into"),
                    "an action item names whoever asked for it, and anonymous answers name nobody; take this out, or "
                    "let it make a blocker",
                )
            if str(found.get("into")).startswith("measure"):
                self.source.report(
                    ("ask", place, "into"),
                    "a value of a measure may be one person's answer, and anonymous answers name nobody; take this out",
                )
        if (by := post.get("by")) in ("person", "answer"):
            self.source.report(
                ("post", "by"), f"anonymous answers cannot be told by {by}; write function or question, or leave it out"
            )
        return least

    def _check_measures(self) -> None:
        for place, question in self.source.items("ask"):
            if isinstance(question, dict) and str(question.get("into")).startswith("measure"):
                self.source.report(
                    ("ask", place, "into"),
                    "measures are read by everybody in the channel, so the answers must be, too; let the summary go to "
                    "the channel, or take this out",
                )

    def _post(self) -> Post:
        if self.data.get("about"):
            return OF_ROUND
        given = self.data.get("post") or {}
        found = Post()
        to = tuple(given.get("to") or found.to)
        for place, entry in enumerate(to):
            if entry is not None and entry not in PLACES and not CHANNEL.fullmatch(entry):
                self.source.report(
                    ("post", "to", place), f'{quote(entry)} is no place; write {any_of(PLACES)}, or "#name" in quotes'
                )
        by = given.get("by") or found.by
        if by not in ORDERS:
            self.source.report(("post", "by"), f"{quote(by)} is no order of answers; write {any_of(ORDERS)}")
        if not {IN_CHANNEL, None} & {*to}:
            self._check_measures()
        is_early, is_quiet = given.get("early") or False, given.get("quiet") or False
        if is_early and is_quiet:
            self.source.report(
                ("post", "quiet"), "early shows answers as they come, and quiet nothing before the end; take one out"
            )
        return Post(tuple(str(entry) for entry in to), by, is_early, is_quiet, given.get("brief") or False)
