"""Decisions, action items, loops, forecasts, rituals and surveys as numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.decision_options import Option
from domain.decision_states import DecisionState
from domain.decisions import Decision, DecisionForm
from domain.metrics.actions import CloseRate, close_rate, orphans, overdue
from domain.metrics.calibration import Forecast, brier, by_forecast
from domain.metrics.decisions import CHECKS, Completeness, Reasons, completeness, days_taken, decision_latency, reasons
from domain.metrics.health import Sign, drop_votes, signs
from domain.metrics.loop import Clocked, Raised, clock_attainment, loop_closed, rhythm
from domain.metrics.participation import Count
from domain.metrics.survey import CONSTRUCTS, Score, Voices, by_function, change, each_function_one_voice, score
from domain.people import Person
from domain.template_reader import read_template
from domain.templates import QuestionType

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FRIDAY = date(2026, 11, 20)
LATE_IN_BERLIN = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
ANA, BEN = (Person("T1", each, each, zone_name=zone) for each, zone in (("UANA", "UTC"), ("UBEN", "Europe/Berlin")))
PEOPLE = {each.id: each for each in (ANA, BEN)}

FULL = DecisionForm(
    title="Baseline first",
    choice="Ship the baseline before the large model.",
    because="It cuts misroutes by a third already, at a tenth of the cost.",
    approver_id="UANA",
    context="Support gets 120 misrouted tickets a week, since March.",
    constraints="Nothing leaves the region.",
    options=(Option("The baseline"), Option("The large model", cons="Ten times the cost")),
    contributors=("UBEN",),
    bad="Long tickets stay wrong.",
    outcome="Fewer misroutes",
    metric="misrouted tickets a week",
    target="100",
    look_again_on=date(2027, 3, 30),
    links=("https://example.com/eval",),
)
DECISION = Decision(1, "T1", 1, "C1", FULL, DecisionState.ACCEPTED, "UANA", NOW - 6 * DAY, decided_at=NOW)
NOTHING = DecisionForm(title="", choice="", because="", approver_id="")


def lacks(**changes: object) -> tuple[str, ...]:
    changed = replace(DECISION, form=replace(FULL, **changes))  # type: ignore[arg-type] # each is of its own type
    return completeness(changed, has_action=True).missing


def item(*, due: date | None = FRIDAY, done: datetime | None = None, owner: str = "UANA", **more: object) -> ActionItem:
    state = ActionState.DONE if done else ActionState.OPEN
    found = ActionItem(1, "T1", 1, "C1", "Write it", owner, due, due, state, "UBEN", NOW - 9 * DAY, done_at=done)
    return replace(found, **more)  # type: ignore[arg-type] # each is of its own type


def test_a_decision_takes_from_its_proposal_to_its_verdict_whichever_that_is() -> None:
    rejected = replace(DECISION, state=DecisionState.REJECTED, decided_at=None, ended_at=NOW - DAY)
    still_open = replace(DECISION, state=DecisionState.PROPOSED, decided_at=None)
    assert [days_taken(each) for each in (DECISION, rejected, still_open)] == [6, 5, None]


def test_open_decisions_take_for_ever() -> None:
    assert decision_latency([1, 3, 5, 20], still_open=3) == 20
    assert decision_latency([1, 3, 5], still_open=4) is None
    assert decision_latency([], still_open=0) is None


def test_a_full_record_passes_ten_checks() -> None:
    assert len(CHECKS) == 10
    assert completeness(DECISION, has_action=True) == Completeness(())
    assert completeness(DECISION, has_action=True).score == 10


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"context": "Many tickets."}, ("context",)),
        ({"options": FULL.options[:1]}, ("options considered", "word on why not the others")),
        ({"options": (Option("The baseline"), Option("Both"))}, ("word on why not the others",)),
        ({"options": (Option("The baseline"), Option("Tenth of the cost"))}, ()),
        ({"constraints": ""}, ("constraints",)),
        ({"links": ()}, ("link to data",)),
        ({"because": "Cheaper."}, ("full because",)),
        ({"outcome": "", "target": ""}, ("expected outcome",)),
        ({"metric": ""}, ("how it is measured",)),
        ({"target": ""}, ("target",)),
        ({"look_again_on": None}, ("check date",)),
        ({"bad": ""}, ("downside",)),
        ({"contributors": ()}, ("contributor",)),
    ],
)
def test_each_check_says_what_is_missing(changes: dict[str, object], missing: tuple[str, ...]) -> None:
    assert lacks(**changes) == missing


def test_an_empty_record_passes_none() -> None:
    assert completeness(replace(DECISION, form=NOTHING), has_action=False).score == 0
    assert completeness(DECISION, has_action=False).missing == ("action item with owner and date",)


def test_of_several_the_lower_middle_and_what_is_missing_most_often() -> None:
    found = [Completeness(each) for each in (("target",), (), ("target", "constraints"), ("constraints", "target"))]
    assert reasons(found) == Reasons(8, 4, "target")
    assert reasons([Completeness(())]) == Reasons(10, 1, "")
    assert reasons([]) is None


@pytest.mark.parametrize(
    ("items", "rate"),
    [
        ([], CloseRate(Count(0, 0), 0)),
        ([item(done=NOW - 9 * DAY), item(), item(done=NOW)], CloseRate(Count(1, 3), 0)),
        ([item(done=LATE_IN_BERLIN), item(done=LATE_IN_BERLIN, owner="UBEN")], CloseRate(Count(1, 2), 0)),
        ([item(due=NOW.date(), first_due=FRIDAY, dates_moved=2, done=NOW)], CloseRate(Count(0, 1), 1)),
        ([item(state=ActionState.DROPPED, dropped_why="Not needed")], CloseRate(Count(0, 0), 0)),
        ([item(state=ActionState.DROPPED)], CloseRate(Count(0, 1), 0)),
        ([item(state=ActionState.WITHDRAWN)], CloseRate(Count(0, 0), 0)),
        ([item(owner=""), item(due=None)], CloseRate(Count(0, 0), 0)),
    ],
)
def test_an_action_item_is_on_time_by_the_day_first_agreed(items: list[ActionItem], rate: CloseRate) -> None:
    assert close_rate(items, PEOPLE) == rate


def test_overdue_is_counted_in_working_days_with_the_oldest_named() -> None:
    old = item(due=date(2026, 11, 10), number=7)
    found = overdue([item(), old, item(due=NOW.date()), item(due=None), item(done=NOW)], PEOPLE, NOW)
    assert found is not None
    assert (found.count, found.median_days, found.oldest, found.oldest_days) == (2, 5, old, 9)
    assert overdue([item(done=NOW)], PEOPLE, NOW) is overdue([], PEOPLE, NOW) is None


def test_it_is_overdue_by_the_calendar_of_its_owner() -> None:
    almost_saturday = LATE_IN_BERLIN
    assert overdue([item()], PEOPLE, almost_saturday) is None
    found = overdue([item(owner="UBEN")], PEOPLE, almost_saturday)
    assert found
    assert found.oldest_days == 0


def test_orphans_lack_an_owner_or_a_day_and_are_open() -> None:
    assert orphans([item(owner=""), item(due=None), item(), item(due=None, done=NOW)]) == 2


def test_a_loop_is_closed_within_two_weeks() -> None:
    born = NOW - 20 * DAY
    raised = [Raised(born, born + 14 * DAY), Raised(born, born + 15 * DAY), Raised(born, None), Raised(NOW - DAY, NOW)]
    assert loop_closed(raised, NOW) == Count(1, 3)
    assert loop_closed([Raised(NOW - 14 * DAY, NOW)], NOW) == Count(1, 1)
    assert loop_closed([], NOW) == Count(0, 0)


def test_what_was_never_asked_was_planned_all_the_same() -> None:
    assert rhythm([True, True, False], 1) == Count(2, 4)
    assert rhythm([], 0) == Count(0, 0)


def test_a_clock_is_missed_by_what_is_open_past_it() -> None:
    items = [Clocked(NOW, NOW), Clocked(NOW, NOW + DAY), Clocked(NOW - DAY, None), Clocked(NOW + DAY, None)]
    assert clock_attainment(items, NOW) == Count(1, 3)
    assert clock_attainment(items, NOW).percent is None


def test_always_saying_half_scores_a_quarter() -> None:
    half = [Forecast(50, came=n % 3 == 0) for n in range(20)]
    assert brier(half) == 0.25
    assert brier([Forecast(100, came=True)] * 20) == 0
    assert brier([Forecast(100, came=False)] * 20) == 1
    assert brier(half[:19]) is None


def test_a_few_forecasts_are_listed_by_what_was_said() -> None:
    said = [Forecast(70, came=n < 3) for n in range(5)]
    assert by_forecast([Forecast(20, came=False), *said]) == [(70, Count(3, 5)), (20, Count(0, 1))]
    assert by_forecast([]) == []


forecasts = st.lists(st.builds(Forecast, st.integers(0, 100), came=st.booleans()), min_size=20, max_size=60)


@given(forecasts)
def test_a_brier_score_is_bounded_and_heeds_no_order(found: list[Forecast]) -> None:
    told = brier(found)
    assert told is not None
    assert 0 <= told <= 1
    assert brier(found[::-1]) == pytest.approx(told)
    assert sum(count.asked for _, count in by_forecast(found)) == len(found)


FEW = [Count(4, 11), Count(3, 11), Count(4, 11)]


@pytest.mark.parametrize(
    ("runs", "seconds", "votes", "found"),
    [
        (FEW, None, 0, (Sign.FEW,)),
        ([*FEW, Count(0, 0)], None, 0, (Sign.FEW,)),
        ([Count(9, 11), *FEW], None, 0, (Sign.FEW,)),
        ([*FEW, Count(6, 11)], None, 0, ()),
        ([Count(5, 10)] * 3, None, 0, ()),
        (FEW[:2], None, 0, ()),
        ([], 180, 1, ()),
        ([], 181, 2, (Sign.LONG, Sign.DROPPED)),
    ],
)
def test_a_ritual_shows_when_it_no_longer_suits(
    runs: list[Count], seconds: float | None, votes: int, found: tuple[Sign, ...]
) -> None:
    assert signs(runs, seconds, votes) == found


def test_a_vote_to_drop_names_the_ritual() -> None:
    assert drop_votes("Weekly sync", ["the  weekly\nSync!", "Weekly ML sync", "", "Weekly sync, please"]) == 2


FIVES = {"clarity_who": [1, 2, 3, 4, 5], "clarity_why": [4, 4, 4, 5, 5, 5]}


def test_the_constructs_are_all_the_scales_of_the_pulse() -> None:
    file = Path(__file__).resolve().parents[2] / "rituals" / "governance-pulse.yaml"
    scales = [each.id for each in read_template(file.read_text()).ask if each.type is QuestionType.SCALE]
    assert scales == [each for questions in CONSTRUCTS.values() for each in questions]


def test_a_construct_is_told_from_five_people_on() -> None:
    found = score(FIVES, CONSTRUCTS["clarity"])
    assert found == Score(42 / 11, Count(8, 11), 5)
    assert score({**FIVES, "clarity_who": [1, 2, 3, 4]}, CONSTRUCTS["clarity"]) is None
    assert score(FIVES, CONSTRUCTS["trust"]) is score({}, ()) is None


def test_a_change_is_half_a_point_of_five_people_both_times() -> None:
    def of(mean: float) -> Score:
        return Score(mean, Count(3, 5), 5)

    assert change(of(3.4), of(3.9)) == pytest.approx(-0.5)
    assert change(of(3.4), of(3.8)) is change(of(3.4), None) is change(None, of(3.4)) is None


def group(n: int) -> dict[str, list[int]]:
    return {"fairness": [4] * n}


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ((5, 5), {"research", "legal"}),
        ((5, 4), set()),
        ((9, 5, 1), {"research"}),
        ((4, 4), set()),
        ((5,), {"research"}),
        ((), set()),
    ],
)
def test_a_function_is_told_only_where_no_other_can_be_computed(sizes: tuple[int, ...], told: set[str]) -> None:
    groups = {name: group(n) for name, n in zip(("research", "legal", "support"), sizes, strict=False)}
    assert set(by_function(groups, CONSTRUCTS["fairness"])) == told


values = st.lists(st.integers(1, 5), max_size=12)


@given(st.dictionaries(st.sampled_from(("research", "legal", "support", "ml", "")), values))
def test_no_few_can_be_computed_from_what_is_told(sizes: dict[str, list[int]]) -> None:
    told = by_function({name: {"fairness": found} for name, found in sizes.items()}, CONSTRUCTS["fairness"])
    rest = sum(len(found) for name, found in sizes.items() if name not in told)
    assert all(each.n >= 5 for each in told.values())
    assert not told or rest == 0 or rest >= 5


@given(values, values)
def test_a_score_is_bounded_and_heeds_no_order(who: list[int], why: list[int]) -> None:
    found = score({"clarity_who": who, "clarity_why": why}, CONSTRUCTS["clarity"])
    assert (found is None) == (min(len(who), len(why)) < 5)
    if found:
        assert 1 <= found.mean <= 5
        assert found == score({"clarity_who": sorted(who), "clarity_why": why[::-1]}, CONSTRUCTS["clarity"])


def test_a_large_function_does_not_drown_a_small_one() -> None:
    found = each_function_one_voice({"research": [4, 4, 5], "legal": [1], "support": []})
    assert found == Voices(2.5, 3.5)
    assert found.differ
    alike = each_function_one_voice({"research": [4, 4]})
    assert alike == Voices(4, 4)
    assert not alike.differ
    assert each_function_one_voice({}) is each_function_one_voice({"legal": []}) is None
