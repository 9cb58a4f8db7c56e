"""Bugs planted in the trace of a week that Muster really lived: what the judge knows of its messages is true."""

import copy
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.library import SHIPPED
from bot.simulate import PLAN, TRACE, Options, live
from simulation import plan as plans
from simulation import rituals, trace
from simulation.case import Case, Owed, open_case
from simulation.promises import answers, asked, digests, hours, leaks, once, records, silence, summaries
from simulation.recognition import Kind
from simulation.report import report
from simulation.tokens import tokens
from simulation.verdict import Verdict, judge_case

Json = dict[str, Any]
HOUR = 3600

pytestmark = pytest.mark.timeout(600)  # The week is lived once, within the first test.


class Lived:
    """A lived week: its lines, and what the judge makes of them."""

    def __init__(self, folder: Path) -> None:
        live(Options(weeks=1, members=8, seed=3, faults="none"), folder)
        self.rows: list[Json] = [json.loads(row) for row in (folder / TRACE).read_text(encoding="utf-8").splitlines()]
        self.plan = plans.read(folder / PLAN)
        self.templates = rituals.read_folder(SHIPPED)
        self.case = self.opened(self.rows)

    def opened(self, rows: Iterable[Json]) -> Case:
        return open_case(trace.parse(map(json.dumps, rows)), self.plan, self.templates)

    def verdict(self, rows: Iterable[Json]) -> Verdict:
        return judge_case(self.opened(rows))

    def broken(self, rows: Iterable[Json]) -> set[str]:
        return {finding.promise for finding in self.verdict(rows).findings}

    def first(self, kind: Kind) -> Owed:
        return next(self.case.of(kind))

    def line(self, owed: Owed) -> Json:
        """As it was posted."""
        return self.rows[owed.line - 1]

    def without(self, fits: Callable[[Json], bool]) -> list[Json]:
        return [row for row in self.rows if not fits(row)]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return Lived(tmp_path_factory.mktemp("lived"))


def test_the_week_itself_is_passed(lived: Lived) -> None:
    verdict = lived.verdict(lived.rows)
    assert verdict.findings == (), report(verdict)
    least = {"prompts due": 8, "answers stored": 4, "summaries": 1, "messages owed": 8, "private texts followed": 4}
    assert {name: count for name, count in least.items() if verdict.counts.get(name, 0) < count} == {}


ONCE = [Kind.PROMPT, Kind.RUN, Kind.DIGEST, Kind.DECISION, Kind.ACTION]


@pytest.mark.parametrize("kind", ONCE)
@pytest.mark.parametrize("delivery", ["", "another"])
def test_a_message_that_comes_twice_is_found(lived: Lived, kind: Kind, delivery: str) -> None:
    line = lived.line(lived.first(kind))
    twin = copy.deepcopy(line)
    twin["message"]["ts"] += "1"
    if delivery:
        twin["message"]["metadata"]["event_payload"]["id"] = delivery
    at = lived.rows.index(line)
    assert once.PROMISE in lived.broken([*lived.rows[: at + 1], twin, *lived.rows[at + 1 :]])


@pytest.mark.parametrize(
    ("kind", "promise"),
    [
        (Kind.PROMPT, asked.PROMISE),
        (Kind.RUN, summaries.PROMISE),
        (Kind.DIGEST, digests.PROMISE),
        (Kind.DECISION, records.PROMISE),
        (Kind.ACTION, records.PROMISE),
    ],
)
def test_a_message_that_never_comes_is_found(lived: Lived, kind: Kind, promise: str) -> None:
    message = lived.first(kind).message
    rows = lived.without(lambda row: row["kind"] == "message" and row["message"]["ts"] == message.ts)
    assert promise in lived.broken(rows)


@pytest.mark.parametrize("shift", [-HOUR, HOUR, 12 * HOUR])
def test_a_prompt_at_the_wrong_hour_is_found(lived: Lived, shift: int) -> None:
    line = lived.line(lived.first(Kind.PROMPT))
    rows = [{**row, "at": row["at"] + shift} if row is line else row for row in lived.rows]
    assert lived.broken(rows) & {asked.PROMISE, hours.PROMISE}


def test_an_answer_that_is_lost_is_found(lived: Lived) -> None:
    """Somebody's form closed, and receipt and summary stay as they were before."""
    answered = next(owed for owed in lived.case.of(Kind.PROMPT) if len(owed.message.versions) > 1)
    ts = answered.message.ts
    rows = lived.without(
        lambda row: row["kind"] == "message" and row["act"] == "changed" and row["message"]["ts"] == ts
    )
    assert answers.PROMISE in lived.broken(rows)


def test_an_answer_that_the_summary_does_not_show_is_found(lived: Lived) -> None:
    run = lived.first(Kind.RUN)
    rows = copy.deepcopy(lived.rows)
    last = rows[run.message.last.line - 1]["message"]
    last["blocks"] = [block for block in last["blocks"] if block["type"] != "section"]
    assert answers.PROMISE in lived.broken(rows)


def test_a_summary_that_never_comes_is_found(lived: Lived) -> None:
    ts = lived.first(Kind.RUN).message.ts
    rows = lived.without(
        lambda row: row["kind"] == "message" and row["act"] == "changed" and row["message"]["ts"] == ts
    )
    assert summaries.PROMISE in lived.broken(rows)


def test_a_private_text_that_gets_out_is_found(lived: Lived) -> None:
    """Of each private card, what its words would be in the public channel."""
    world = lived.case.world
    private = [
        owed for owed in lived.case.of(Kind.DECISION) if world.channels[owed.message.channel].kind.first == "private"
    ]
    rows = copy.deepcopy(lived.rows)
    public = next(channel.id for channel in world.channels.values() if channel.kind.first == "public")
    assert private
    assert all(tokens(owed.message.first.words) for owed in private)
    for owed in private:
        rows[owed.line - 1]["channel"] = public
    found = lived.verdict(rows)
    assert found.counts["private things seen by others"] >= len(private)
    assert leaks.PROMISE in {finding.promise for finding in found.findings}


def test_silence_after_a_command_is_found(lived: Lived) -> None:
    rows = lived.without(
        lambda row: row["kind"] == "view" or (row["kind"] == "message" and bool(row["message"]["only_for"]))
    )
    assert silence.PROMISE in lived.broken(rows)


def test_a_muster_that_does_nothing_is_found(lived: Lived) -> None:
    rows = lived.without(lambda row: row["kind"] == "message" and row["message"]["from_app"])
    verdict = lived.verdict(rows)
    assert len(verdict.findings) > verdict.counts["prompts due"]
