"""A week without faults, lived twice, and bugs planted in its trace: what the judge knows of messages is true."""

import copy
import json
import math
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.library import SHIPPED
from bot.simulate import PLAN, TRACE, Options, begun, live
from sandbox.sight import texts
from simulation import plan as plans
from simulation import rituals, trace
from simulation.brief_words import Stage
from simulation.case import Case, Owed, open_case
from simulation.findings import Book
from simulation.promises import (
    answers,
    asked,
    briefed,
    digests,
    leaks,
    once,
    quoted,
    reacted,
    records,
    several,
    silence,
    steps_told,
    summaries,
)
from simulation.promises.silence import UNANSWERED
from simulation.recognition import Kind
from simulation.verdict import Verdict, judge_case

Json = dict[str, Any]
Rows = list[Json]
HOUR = 3600
LIVED = Options(weeks=1, members=8, seed=1, faults="none")
MIDWEEK = datetime(2026, 9, 23, 12, tzinfo=UTC)
"""Wednesday noon of it."""
PORT = re.compile(r"(?<=127\.0\.0\.1):\d+")
LATE = ("Slack did not open the form in time.", "This draft is no longer there.")
"""The second also of a private draft while Slack is being asked, after a jump of the clock, who is in its channel."""


class Promise(Protocol):
    """A module of the judge."""

    PROMISE: str

    def judge(self, case: Case, book: Book) -> None: ...


class Lived:
    """A lived week: its lines, and what the judge makes of them."""

    def __init__(self, folder: Path) -> None:
        live(LIVED, folder)
        self.rows: Rows = [json.loads(row) for row in (folder / TRACE).read_text(encoding="utf-8").splitlines()]
        self.plan = plans.read(folder / PLAN)
        self.templates = rituals.of_plan(SHIPPED, self.plan)
        self.case = self._opened(self.rows)

    def _opened(self, rows: Iterable[Json]) -> Case:
        return open_case(trace.of_fields(enumerate(rows, start=1)), self.plan, self.templates)

    def verdict(self, rows: Iterable[Json]) -> Verdict:
        return judge_case(self._opened(rows))

    def is_broken(self, rows: Iterable[Json], promise: Promise) -> bool:
        book = Book()
        promise.judge(self._opened(rows), book)
        return any(finding.promise == promise.PROMISE for finding in book.findings)

    def first(self, kind: Kind) -> Owed:
        return next(self.case.of(kind))

    def line(self, owed: Owed) -> Json:
        """As it was posted."""
        return self.rows[owed.line - 1]

    def without(self, fits: Callable[[Json], bool]) -> Rows:
        return [row for row in self.rows if not fits(row)]


def twice(kind: Kind, delivery: str = "") -> Callable[[Lived], Rows]:
    """Posted once more, as the same delivery or as another."""

    def plant(lived: Lived) -> Rows:
        line = lived.line(lived.first(kind))
        twin = copy.deepcopy(line)
        twin["message"]["ts"] += "1"
        if delivery:
            twin["message"]["metadata"]["event_payload"]["id"] = delivery
        at = lived.rows.index(line) + 1
        return [*lived.rows[:at], twin, *lived.rows[at:]]

    return plant


def lost(kind: Kind) -> Callable[[Lived], Rows]:
    """Never posted."""

    def plant(lived: Lived) -> Rows:
        ts, channel = lived.first(kind).message.ts, lived.first(kind).message.channel
        return lived.without(lambda row: _is_version(row, channel, ts))

    return plant


def frozen(kind: Kind) -> Callable[[Lived], Rows]:
    """Never changed after it was posted."""

    def plant(lived: Lived) -> Rows:
        found = next(owed for owed in lived.case.of(kind) if len(owed.message.versions) > 1).message
        return lived.without(lambda row: _is_version(row, found.channel, found.ts) and row["act"] == "changed")

    return plant


def shifted(seconds: int) -> Callable[[Lived], Rows]:
    """A prompt at another hour."""

    def plant(lived: Lived) -> Rows:
        line = lived.line(lived.first(Kind.PROMPT))
        return [{**row, "at": row["at"] + seconds} if row is line else row for row in lived.rows]

    return plant


def without_sections(lived: Lived) -> Rows:
    """The summary lost people's answers on the way."""
    rows = copy.deepcopy(lived.rows)
    last = rows[lived.first(Kind.RUN).message.last.line - 1]["message"]
    last["blocks"] = [block for block in last["blocks"] if block["type"] != "section"]
    return rows


def without_steps(lived: Lived) -> Rows:
    """What was done with action items stands in none of their messages."""
    rows = copy.deepcopy(lived.rows)
    for owed in lived.case.of(Kind.ACTION):
        for version in owed.message.versions:
            message = rows[version.line - 1]["message"]
            message["blocks"] = [block for block in message["blocks"] if block["type"] != "context"]
    return rows


def private_in_public(lived: Lived) -> Rows:
    """Each private card in a public channel."""
    channels = lived.case.world.channels.values()
    public = next(channel.id for channel in channels if channel.kind.first == "public")
    private = {channel.id for channel in channels if channel.kind.first == "private"}
    rows = copy.deepcopy(lived.rows)
    for owed in lived.case.of(Kind.DECISION):
        if owed.message.channel in private:
            rows[owed.line - 1]["channel"] = public
    return rows


def misquoted(lived: Lived) -> Rows:
    """Briefs say what nobody has said."""
    rows = copy.deepcopy(lived.rows)
    for owed in lived.case.of(Kind.BRIEF):
        for version in owed.message.versions:
            for block in rows[version.line - 1]["message"]["blocks"]:
                if block["type"] == "section":
                    block["text"]["text"] = block["text"]["text"].replace("“", "“Never: ")
    return rows


def silent(lived: Lived) -> Rows:
    """No form opens, and nothing is answered."""
    return lived.without(lambda row: row["kind"] == "view" or (row["kind"] == "message" and row["message"]["only_for"]))


def _is_version(row: Json, channel: str, ts: str) -> bool:
    return row["kind"] == "message" and (row["channel"], row["message"]["ts"]) == (channel, ts)


ANEW = (Kind.PROMPT, Kind.RUN, Kind.DIGEST, Kind.ACTION, Kind.ACTIONS, Kind.REACTED)
PLANTED: list[tuple[str, Callable[[Lived], Rows], Promise]] = [
    *((f"{kind} twice", twice(kind), once) for kind in (Kind.PROMPT, Kind.RUN, Kind.DIGEST, Kind.DECISION)),
    *((f"{kind} anew", twice(kind, "x"), once) for kind in ANEW),
    ("no prompt", lost(Kind.PROMPT), asked),
    ("no message of a run", lost(Kind.RUN), summaries),
    ("no digest", lost(Kind.DIGEST), digests),
    ("no card", lost(Kind.DECISION), records),
    ("no word to the owner", lost(Kind.ACTION), records),
    ("no word of several", lost(Kind.ACTIONS), several),
    ("no steps of action items", without_steps, steps_told),
    ("no form after a reaction", lost(Kind.REACTED), reacted),
    ("no word of what was recorded", frozen(Kind.REACTED), reacted),
    ("no brief", lost(Kind.BRIEF), briefed),
    ("no quote of the thread", misquoted, quoted),
    ("an hour early", shifted(-HOUR), asked),
    ("an hour late", shifted(HOUR), asked),
    ("in the night", shifted(12 * HOUR), asked),
    ("no receipt", frozen(Kind.PROMPT), answers),
    ("no summary", frozen(Kind.RUN), summaries),
    ("no answers in the summary", without_sections, answers),
    ("private in public", private_in_public, leaks),
    ("silence", silent, silence),
]


@pytest.mark.timeout(600)
def test_a_week_without_faults_keeps_every_promise_and_each_bug_planted_in_it_is_found(tmp_path: Path) -> None:
    """All in one test, because living the week is what takes time."""
    lived = _lived(tmp_path / "one")
    verdict = lived.verdict(lived.rows)
    assert verdict.findings == ()
    least = {"prompts due": 8, "answers stored": 4, "summaries": 1, "messages owed": 8, "private texts followed": 4}
    assert {name: verdict.counts.get(name, 0) for name in least if verdict.counts.get(name, 0) < least[name]} == {}
    missed = [what for what, plant, promise in PLANTED if not lived.is_broken(plant(lived), promise)]
    assert missed == []
    again = _lived_again(tmp_path / "again")
    until = min(undisturbed(lived.rows), undisturbed(again), MIDWEEK.timestamp())
    assert seen(lived.rows, until) == seen(again, until) != [], "the same seed gives the same messages"


def _lived(folder: Path) -> Lived:
    folder.mkdir()
    return Lived(folder)


def _lived_again(folder: Path) -> Rows:
    """Until the middle of the week, which is enough to see whether it is the same."""
    folder.mkdir()
    with begun(LIVED, folder) as life:
        life.live_until(MIDWEEK)
    return [json.loads(row) for row in (folder / TRACE).read_text(encoding="utf-8").splitlines()]


def undisturbed(rows: Rows) -> float:
    """Until when the machine was fast enough for everything: whom it kept waiting does something else from then on."""
    waited = (row["at"] for row in rows if row.get("error") in UNANSWERED or _is_late(row))
    return min(waited, default=math.inf)


def _is_late(row: Json) -> bool:
    return row["kind"] == "message" and str(row["message"].get("text")).startswith(LATE)


def seen(rows: Rows, until: float) -> list[Any]:
    """What could be read where and when, whatever the order of what came at one moment; anonymous answers stand in an
    order that chance has made, and how far a brief is said to be is the machine's."""
    lines = (line for line in rows if line["kind"] == "message" and line["at"] < until and not _is_of_brief(line))
    messages = [(line, line["message"]) for line in lines]
    return sorted((line["at"], line["channel"], line["act"], m["text"], _read(m)) for line, m in messages)


def _is_of_brief(line: Json) -> bool:
    return any(line["message"]["text"].startswith(stage.value) for stage in Stage)


def _read(message: Json) -> list[str]:
    """A sandbox has another port each time."""
    return sorted(PORT.sub("", line) for text in texts(message) for line in text.split("\n"))
