"""What a digest may show, as data."""

from dataclasses import replace
from datetime import date, timedelta

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.blockers import Blocker, BlockerState
from domain.decision_results import Result
from domain.decision_states import DecisionState
from domain.decisions import FIRST_VERSION, Decision, DecisionForm
from domain.digest_numbers import Coming, Deciding, Numbers, Voices
from domain.digests import Digest, DigestCard, Listed
from domain.engagement import WeekCount
from domain.heard import Heard, NotAsked
from domain.keeping_up import KeepingUp
from domain.measure_pairs import Engagement, Pair, PairResult
from domain.measures import Good, Measure, Role
from domain.metrics.actions import CloseRate
from domain.metrics.correlation import Finding, Together
from domain.metrics.decisions import Reasons
from domain.metrics.participation import Count
from domain.metrics.survey import Score
from domain.misalignment import Kind, Moved, Signal
from domain.people import Person
from domain.pulse import Pulse, Reading
from surface.kit import Message
from tests.digests import MONDAY, WEEK
from tests.records import objection
from tests.team import ANA, BEN, FORECAST, NOW, WORKSPACE

READER = Person(WORKSPACE, BEN, "Ben", "Europe/Berlin")
CARD = DigestCard(
    digest=Digest(1, WORKSPACE, BEN, WEEK, Listed(), MONDAY),
    reader=READER,
    now=MONDAY,
    approvals=[],
    own=[],
    blockers=[],
    slipped=[],
    decided=[],
    closed=[],
    open=[],
    closed_since=[],
    people={BEN: READER, ANA: Person(WORKSPACE, ANA, "Ana", "Europe/Berlin")},
    started_on=date(2026, 11, 2),
)
NOT_ASKED = NotAsked("Sync", "forecast", 2, date(2026, 11, 9), date(2026, 11, 23))
HEARD = Heard("Sync", "forecast", 1, Count(7, 8))


def week(first: date, total: Count, silent: int = 1) -> WeekCount:
    functions = (("research", Count(4, 5)), ("legal", Count(1 - silent, 2)))
    return WeekCount(first, total, functions, replace(total, answered=total.answered - 1), 1, total)


BEFORE = tuple(week(WEEK - timedelta(weeks=n), Count(4, 5), silent=int(n < 3)) for n in range(4, 0, -1))
VOICES = Voices(week(date(2026, 11, 16), Count(7, 8)), BEFORE, 5 * 3600)


def decision(
    number: int = 1, *, text: str = "Text", state: DecisionState = DecisionState.ACCEPTED, by: str = ANA
) -> Decision:
    form = DecisionForm(text[:150], text, text, BEN, look_again_on=date(2026, 12, 1))
    against = objection(by, text[:500], version=FIRST_VERSION if state is DecisionState.CONTESTED else "1")
    return Decision(number, WORKSPACE, number, FORECAST, form, state, ANA, NOW, decided_at=NOW, objections=(against,))


def item(number: int = 1, *, text: str = "Text", owner: str = ANA) -> ActionItem:
    due = date(2026, 11, 12)
    return ActionItem(number, WORKSPACE, number, FORECAST, text[:300], owner, due, due, ActionState.OPEN, BEN, NOW)


def blocker(number: int = 1, *, text: str = "Text") -> Blocker:
    return Blocker(number, WORKSPACE, 1, FORECAST, text, ANA, NOW, owner_id="UNOBODY")


def everything(text: str, size: int) -> Numbers:
    learned = replace(decision(text=text), result=Result(text, text, text, ANA, NOW))
    agreed = CloseRate(Count(14, 18), 3)
    measure = Measure(1, WORKSPACE, FORECAST, text[:80], "", Good.UP, Role.QUALITY, "", ANA, NOW)
    pair = Pair(1, WORKSPACE, FORECAST, 1, Engagement.COVERAGE, 2, ANA, NOW)
    pair_told = PairResult(pair, measure, "#forecast", Together(Finding.TOO_EARLY, 14, -0.41, -0.78, 0.18))
    reading = Reading("clarity", Score(3.9, Count(7, 18), 9), was=3.1)
    return Numbers(
        voices=VOICES,
        coming=(Coming(date(2026, 11, 27), text, text),) * size,
        deciding=Deciding(4, 6.2, 9, Reasons(8, 4, "check date"), agreed),
        pulse=Pulse(text[:24], text, WEEK, Count(9, 12), (reading,) * 3),
        signals=(Signal(Kind.OUTSIDE, FORECAST, (Moved(measure, 138, 120),), place="#forecast"),) * size,
        missing=(measure,) * size,
        together=(pair_told,) * size,
        keeping=KeepingUp(Count(4, 5), Count(6, 8), Count(11, 12), 0.94, 0.21),
        learned=(learned,) * size,
        done=(replace(item(text=text), state=ActionState.DONE),) * size,
        cleared=(replace(blocker(text=text), state=BlockerState.CLEARED),) * size,
    )


def crowded(text: str, size: int = 9) -> DigestCard:
    numbers = range(1, size + 1)
    heard = replace(HEARD, title=text[:24], unreached=1)
    return replace(
        CARD,
        digest=replace(CARD.digest, listed=Listed(own=tuple(numbers), is_late=True)),
        approvals=[decision(number, text=text, state=DecisionState.PROPOSED) for number in numbers],
        own=[item(number, text=text, owner=BEN) for number in numbers],
        blockers=[blocker(number, text=text) for number in numbers],
        slipped=[item(number, text=text) for number in numbers],
        decided=[decision(number, text=text) for number in numbers],
        closed=[heard] * size,
        open=[heard] * size,
        closed_since=[heard] * size,
        is_partial=True,
        not_asked=(NOT_ASKED,) * size,
        numbers=everything(text, size),
        people={BEN: replace(READER, name=text[:80]), ANA: Person(WORKSPACE, ANA, text[:80])},
    )


def lines(shown: Message) -> list[str]:
    told = (block for block in shown.blocks if block["type"] != "actions")
    texts = (block.get("text") or block["elements"][0] for block in told)
    return [line for text in texts for line in text["text"].split("\n")]
