"""Digests as they are read, whole: for a manager, a lead, an exec, and when there is nothing to do."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.decision_results import Result
from domain.decision_states import DecisionState
from domain.decisions import Decision, DecisionForm
from domain.digest_choices import Shape
from domain.digest_numbers import Coming, Deciding, Numbers, Slipping, Voices
from domain.digests import Digest, DigestCard, Listed
from domain.engagement import WeekCount
from domain.heard import Heard
from domain.measures import Good, Measure, Role
from domain.metrics.actions import CloseRate
from domain.metrics.decisions import Reasons
from domain.metrics.participation import Count
from domain.misalignment import Kind, Moved, Relation, Signal
from domain.people import Person
from sandbox.blockkit.problems import problems_of_message
from surface.digest import digest_message
from tests.digests import MONDAY, WEEK
from tests.team import ANA, BEN, CHLOE, FORECAST, WORKSPACE

DAY = timedelta(days=1)
PEOPLE = {
    each.id: each
    for each in (
        Person(WORKSPACE, BEN, "Ben Okafor", "Europe/Berlin"),
        Person(WORKSPACE, ANA, "Ana Souza", "America/Sao_Paulo"),
        Person(WORKSPACE, CHLOE, "Chloe Martin", "Europe/Berlin"),
    )
}


def decision(number: int, title: str, because: str, state: DecisionState, *, waits: int = 0) -> Decision:
    form = DecisionForm(title, "Ship the small one to everybody", because, BEN, look_again_on=date(2027, 3, 30))
    proposed = MONDAY - waits * DAY
    decided = None if state is DecisionState.PROPOSED else MONDAY - 3 * DAY
    return Decision(number, WORKSPACE, number, FORECAST, form, state, ANA, proposed, decided_at=decided)


def item(number: int, what: str, owner: str, due: date) -> ActionItem:
    return ActionItem(number, WORKSPACE, number, FORECAST, what, owner, due, due, ActionState.OPEN, ANA, MONDAY)


def measure(number: int, name: str, role: Role) -> Measure:
    return Measure(number, WORKSPACE, FORECAST, name, "", Good.NEITHER, role, "", BEN, MONDAY)


def week(first: date, answered: int, asked: int, annotation: int) -> WeekCount:
    total = Count(answered, asked)
    functions = (("research", Count(8, 10)), ("mlops", Count(9, 10)), ("annotation", Count(annotation, 4)))
    return WeekCount(first, total, functions, Count(answered - 2, asked), 2, total)


BEFORE = tuple(week(WEEK - n * 7 * DAY, 29, 36, int(n > 1)) for n in (4, 3, 2, 1))
SIGNAL = Signal(
    Kind.APART,
    FORECAST,
    (
        Moved(measure(1, "Quality", Role.QUALITY), 0.93, 0.91),
        Moved(measure(2, "Tickets", Role.TICKETS), 138, 120),
    ),
    used_to=Relation.APART,
    place="#forecast",
)
LEARNED = replace(
    decision(22, "Cut the threshold", "it misroutes less", DecisionState.ACCEPTED),
    result=Result("9 % fewer misroutes", "minus 9 %", "Session length does not predict churn", CHLOE, MONDAY),
)
NUMBERS = Numbers(
    voices=Voices(week(WEEK, 31, 36, 0), BEFORE, 5 * 3600),
    slipping=Slipping(22, (2, 1, 3, 2)),
    settled=Count(2, 3),
    coming=(
        Coming(date(2026, 11, 25), "Legal gate", "returns", closes=True, count=Count(8, 11)),
        Coming(date(2026, 11, 27), "Cut the threshold", decision=LEARNED),
    ),
    deciding=Deciding(4, 6.2, 9.4, Reasons(8, 4, "check date"), CloseRate(Count(14, 18), 3)),
    learned=(LEARNED,),
    signals=(SIGNAL,),
    missing=(measure(3, "Usage", Role.USAGE),),
    done=(replace(item(17, "Let people correct the bot", CHLOE, date(2026, 11, 20)), state=ActionState.DONE),),
)
HEARD = [
    Heard("Weekly sync", "forecast", 1, Count(20, 22), run_id=5, channel_id=FORECAST),
    Heard("Model health", "returns", 1, Count(11, 14), unreached=1),
]
FULL = DigestCard(
    digest=Digest(1, WORKSPACE, BEN, WEEK, Listed(own=(12,)), MONDAY, about_id=BEN),
    reader=PEOPLE[BEN],
    now=MONDAY,
    approvals=[decision(41, "Distilled model for general use", "it is cheap", DecisionState.PROPOSED, waits=6)],
    own=[item(12, "Publish the on-call rota", BEN, date(2026, 11, 20))],
    blockers=[Blocker(3, WORKSPACE, 1, FORECAST, "Labels for refunds are undefined", ANA, MONDAY - 6 * DAY)],
    slipped=[item(14, "Rollback test", CHLOE, date(2026, 11, 12))],
    decided=[decision(39, "Ship the baseline first", "it cuts misroutes by a third", DecisionState.ACCEPTED)],
    closed=HEARD,
    open=[],
    closed_since=[],
    people=PEOPLE,
    started_on=date(2026, 9, 1),
    numbers=NUMBERS,
    workspace_url="https://northlight.slack.com/",
    cards={39: "1763650000.000100"},
    runs={5: "1763650001.000200"},
)
CALM = replace(
    FULL,
    approvals=[],
    own=[],
    blockers=[],
    slipped=[],
    numbers=Numbers(voices=NUMBERS.voices, coming=NUMBERS.coming[:1]),
)
FIRST = replace(CALM, decided=[], closed=[], numbers=Numbers(), started_on=WEEK + 3 * DAY)
D39 = "<https://northlight.slack.com/archives/C1/p1763650000000100|D-39>"

MANAGER = f"""\
*3 things need you.* 1 slipping, 1 decided.
*Needs you*
*Approve or object:* Distilled model for general use (D-41), recorded by Ana Souza: “Ship the small one to everybody”. \
Waiting 6 days.
[Approve] [Object]
*Your action item:* Publish the on-call rota (A-12), due Fri 20 Nov 2026, 1 working day over.
[Done] [New date] [Hand over] [Not now]
*Blocker:* “Labels for refunds are undefined”, raised by Ana Souza. It has stood for 4 working days.
[I'll take it] [Cleared] [Make action item]
*Slipped:* 1 of 23 action items overdue (usual 2).
A-14 Rollback test: Chloe Martin, due Thu 12 Nov 2026, 7 working days over.
*Decided*
{D39} Ship the baseline first, because “it cuts misroutes by a third”. Look again on Tue 30 Mar 2027.
*Signals*
Quality rose 2 % and Tickets rose 15 % in #forecast. They used to move apart. [Start a metrics translation]
*Next seven days*
Wed Legal gate in #returns closes (8 of 11 so far); Fri look again at D-22 Cut the threshold.
*Voices*
Heard from 31 of 36 (86 %, usual 81 %). 2 of 3 functions; annotation silent for 2 weeks.
Half had answered within 5 h. On time: 29 of 36, +2 late.
<https://northlight.slack.com/archives/C1/p1763650001000200|Weekly sync> in #forecast: 20 of 22 (91 %).
Model health in #returns: 11 of 14 (79 %). Not asked in time: 1.
*How we decide* 4 decisions made; half took up to 6 days (four weeks before: 9). Reasons complete 8 of 10; most often \
missing: check date. Action items done by their first day: 14 of 18, 3 given another day.
*Learned* D-22: got “9 % fewer misroutes” (minus 9 %). “Session length does not predict churn”.
*You said, we did* A-17 Let people correct the bot is done.
[Trends] [How this is counted] [Change my digest] [Show it now]
Weekly digest, Mon 16 to Sun 22 Nov 2026. Not counted: Usage (not reported). You get this because people are assigned \
to you. Of 3 things that needed you in the digest before, 2 are settled."""
LEAD = MANAGER.replace("because people are assigned to you", "because you chose to read about your channels")
EXEC = f"""\
*3 things need you.* 1 slipping, 1 decided. Below is the first; Muster's Home shows all.
*Approve or object:* Distilled model for general use (D-41), recorded by Ana Souza: “Ship the small one to everybody”. \
Waiting 6 days.
[Approve] [Object]
*Slipping:* A-14 Rollback test: Chloe Martin, due Thu 12 Nov 2026, 7 working days over.
*Decided:* {D39} Ship the baseline first.
Heard from 31 of 36 (86 %, usual 81 %). Next: Wed Legal gate in #returns closes (8 of 11 so far); Fri look again at \
D-22 Cut the threshold.
[Trends] [How this is counted] [Change my digest] [Show it now]
Weekly digest, Mon 16 to Sun 22 Nov 2026. Not counted: Usage (not reported). You get this because people are assigned \
to you. Of 3 things that needed you in the digest before, 2 are settled."""
NOTHING = f"""\
*Nothing needs you.* Nothing late, 1 decided: {D39} Ship the baseline first.
Heard from 31 of 36 (86 %, usual 81 %). Next: Wed Legal gate in #returns closes (8 of 11 so far).
[Trends] [How this is counted] [Change my digest] [Show it now]
Weekly digest, Mon 16 to Sun 22 Nov 2026. You get this because people are assigned to you."""
STARTED = """\
Your team started on Thu 19 Nov 2026. First numbers in your next digest.
[Trends] [How this is counted] [Change my digest] [Show it now]
Weekly digest, Mon 16 to Sun 22 Nov 2026. You get this because people are assigned to you."""


@pytest.mark.parametrize(
    ("card", "shape", "expected"),
    [
        (FULL, Shape.TEAM, MANAGER),
        (FULL, Shape.CHANNELS, LEAD),
        (FULL, Shape.EXEC, EXEC),
        (CALM, Shape.TEAM, NOTHING),
        (FIRST, Shape.TEAM, STARTED),
    ],
    ids=["manager", "lead", "exec", "nothing", "first week"],
)
def test_it_reads_like_this(card: DigestCard, shape: Shape, expected: str) -> None:
    shown = digest_message(replace(card, digest=replace(card.digest, shape=shape)))
    assert read(shown.blocks).split("\n") == expected.split("\n")
    assert problems_of_message(shown.blocks) == []


def test_the_five_lines_of_an_exec_are_five() -> None:
    assert sum(not line.startswith("[") for line in EXEC.split("\n")[:-1]) == 5


def read(blocks: list[dict[str, object]]) -> str:
    return "\n".join(map(_block, blocks))


def _block(block: dict[str, object]) -> str:
    match block:
        case {"type": "actions", "elements": list(elements)}:
            return " ".join(map(_label, elements))
        case {"type": "section", "text": {"text": str(text)}, "accessory": dict(element)}:
            return f"{text} {_label(element)}"
        case {"type": "section", "text": {"text": str(text)}}:
            return text
        case {"type": "context", "elements": [{"text": str(text)}]}:
            return text
    raise AssertionError(block)


def _label(element: dict[str, Any]) -> str:
    return f"[{(element.get('text') or element['placeholder'])['text']}]"
