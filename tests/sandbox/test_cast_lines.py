"""What simulated people know by heart: their lines, their hours, and what fits into a field."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox.cast import corpus
from sandbox.cast.asks import asks
from sandbox.cast.choices import gist
from sandbox.cast.corpus import Writer
from sandbox.cast.filling import FAMILIAR_TEXT, Colleague, Desk, Field, value_for, working_day
from sandbox.cast.habits import Habits
from tests.sandbox.survey import invitation
from tests.sandbox.test_blocks import actions, button, field, option, plain, section, typed

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
Json = dict[str, Any]
CIRCLE = (Colleague("U1", "Bo Lind", "Designer"), Colleague("U2", "Ada Lane", "Head of design"))


def desk(title: str = "ML engineer", day: date = MONDAY, *, marked: bool = False) -> Desk:
    writer = Writer("seed", "Ben Okafor", title, day, ("a form",))
    return Desk(writer, "Europe/Berlin", "U0", CIRCLE, "C1", "C1", marked)


def filled(element: Json, label: str, *, attempt: int = 0, form: str = "Survey", **block: Any) -> Any:
    return value_for(desk(), Field(form, label, field(element, **block), element, attempt))


@pytest.mark.parametrize(
    ("title", "function"),
    [
        ("ML engineer", "ml"), ("Platform engineer (MLOps)", "mlops"), ("Head of applied AI", "ml"),
        ("Research scientist", "research"), ("Product designer", "product"), ("Support specialist", "support"),
        ("Legal counsel", "legal"), ("Annotation lead", "annotation"), ("Software engineer", "mlops"), ("Cook", ""),
    ],
)  # fmt: skip
def test_a_title_tells_the_function(title: str, function: str) -> None:
    assert corpus.function_of(title) == function


QUESTIONS = [
    "What moved last week that another team should know?", "What is blocking you?", "What breaks first?",
    "Which number on your side moved most?", "What would you stop?", "What speaks against it?", "What is to be done?",
    "Which decision do you need?", "Anything at all?",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("title", ["ML engineer", "Legal counsel", "Cook"])
def test_every_answer_is_a_whole_short_text(question: str, title: str) -> None:
    for week in range(8):
        text = Writer("seed", "Ben Okafor", title, MONDAY + timedelta(weeks=week)).text(question)
        assert "{" not in text
        assert text[0].isupper() or text[0] == '"'
        assert len(text) <= FAMILIAR_TEXT


def test_nobody_repeats_themselves_from_week_to_week() -> None:
    said = [
        Writer("seed", "Ben Okafor", "ML engineer", MONDAY + timedelta(weeks=week)).text("What is blocking you?")
        for week in range(3)
    ]
    assert len(set(said)) == 3


def test_a_form_about_a_decision_tells_one_story() -> None:
    story = Writer("seed", "Ben Okafor", "ML engineer", MONDAY).story("Record a decision")
    assert set(story) == {"title", "decided", "why", "context", "options"}
    assert Writer("seed", "Ben Okafor", "ML engineer", MONDAY).story("Survey") == {}


def test_all_talks_can_be_said() -> None:
    for talk in corpus.talks():
        assert len(talk) >= 2
        assert all(corpus.filled_in(line, "seed") and "{" not in corpus.filled_in(line, "seed") for _, line in talk)


def test_a_text_keeps_to_its_length_with_its_token() -> None:
    element = typed(max_length=40)
    said = value_for(desk(marked=True), Field("Survey", "What is new?", field(element), element))
    assert len(said) <= 40
    assert said.endswith("]")


def test_a_number_lies_within_its_bounds() -> None:
    element = typed("number_input", is_decimal_allowed=False, min_value="3", max_value="5")
    assert 3 <= int(filled(element, "How many tickets?")) <= 5
    decimal = typed("number_input", is_decimal_allowed=True)
    assert float(filled(decimal, "How sure, in %?")) >= 55


def test_a_day_to_come_is_a_working_day_and_later_after_each_complaint() -> None:
    element = {"type": "datepicker", "action_id": "a"}
    first, second = (date.fromisoformat(filled(element, "By when?", attempt=attempt)) for attempt in (0, 1))
    assert MONDAY < first < second
    assert {first.weekday(), second.weekday()} <= set(range(5))
    assert working_day(FRIDAY, 1) == date(2026, 11, 30)


def test_whoever_approves_is_senior() -> None:
    assert filled({"type": "users_select", "action_id": "a"}, "Approver") == "U2"


def test_a_first_option_is_chosen_more_often_than_a_last_one() -> None:
    element = {"type": "radio_buttons", "action_id": "a", "options": [option("Yes", "y"), option("No", "n")]}
    chosen = [filled(element, f"Question {number}?") for number in range(60)]
    assert chosen.count("y") > chosen.count("n") > 0


def test_what_they_cannot_fill_in_stays_empty() -> None:
    assert filled({"type": "file_input", "action_id": "a"}, "A file") is None


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_people_look_at_slack_at_their_own_hours_and_not_at_weekends(zone: str) -> None:
    habits = Habits("seed", "Ben Okafor")
    for day in range(7):
        looks = habits.looks(MONDAY + timedelta(days=day), zone)
        hours = [datetime.fromtimestamp(look, ZoneInfo(zone)).hour for look in looks]
        assert bool(hours) is (day < 5)
        assert hours == sorted(hours)
        assert all(8 <= hour < 20 for hour in hours)


def test_a_message_asks_block_by_block() -> None:
    done, later = button(text=plain("Done")), button(text=plain("New date"), action_id="later")
    blocks = [
        *invitation("What is new?"),
        section("A-1: Tidy up"),
        actions(done, later),
        actions(button(url="https://a")),
    ]
    for number, block in enumerate(blocks):
        block["block_id"] = f"b{number}"
    survey, item = asks({"blocks": blocks})
    assert [each.kind for each in survey.buttons] == ["answer", "skip"]
    assert [(each.kind, each.days) for each in item.buttons] == [("done", (1, 9)), ("move", (1, 4))]
    assert "What is new?" not in item.about


def test_the_gist_of_a_text_has_no_ids_numbers_of_records_or_tokens() -> None:
    one = gist(["<@U0000000001|ben> owns A-17 [k7f3-9x2m] in <#C0000000001|forecast>"])
    assert one == gist(["<@U0000000007|ben> owns A-4 in <#C0000000002|forecast>"])
