"""Answers are checked against the questions asked, and mistakes are named by field."""

import pytest

from domain.answers import check
from domain.errors import FieldErrors
from domain.said import answer_text
from domain.templates import Question, QuestionType

QUESTIONS = (
    Question("moved", "What moved?", QuestionType.SHORT),
    Question("status", "Status?", QuestionType.ONE, options=("Good", "Bad")),
    Question("why", "Why?", QuestionType.LONG, condition=(("status", ("Bad",)),)),
    Question("sure", "Sure?", QuestionType.SCALE, options=("No", "Yes"), optional=True),
    Question("who", "Who?", QuestionType.USER, optional=True),
    Question("day", "Day?", QuestionType.DATE, optional=True),
    Question("from", "From whom?", QuestionType.MANY, options=("Legal", "Support", "ML"), optional=True),
    Question("count", "How many?", QuestionType.NUMBER, optional=True),
    Question("fear", "What of legal?", QuestionType.SHORT, condition=(("from", ("Legal", "ML")),), optional=True),
)
FINE = {"moved": " It moved. ", "status": "Good"}


def test_it_keeps_trimmed_answers_and_drops_those_of_questions_that_do_not_apply() -> None:
    assert check(QUESTIONS, {**FINE, "why": "hidden by now", "day": " "}, set()) == {
        "moved": "It moved.",
        "status": "Good",
    }


def test_a_follow_up_is_required_once_it_appears() -> None:
    with pytest.raises(FieldErrors) as caught:
        check(QUESTIONS, {**FINE, "status": "Bad"}, set())
    assert list(caught.value.fields) == ["why"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"moved": ""}, "Please answer"),
        ({"moved": "x" * 301}, "301 characters; please keep it to 300"),
        ({"status": "Ugly"}, "Please choose one"),
        ({"sure": "9"}, "1 to 5"),
        ({"who": "U404"}, "not here any more"),
        ({"day": "tomorrow"}, "2026-01-31"),
        ({"from": "Legal\nMars"}, "choose among"),
        ({"count": "a few"}, "a plain number, such as 12 or 12.5"),
        ({"count": "1e9"}, "a plain number"),
        ({"count": "3,5"}, "a plain number"),
        ({"count": "٣"}, "a plain number"),
    ],
)
def test_each_mistake_is_named_on_its_field(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        check(QUESTIONS, {**FINE, **wrong}, {"U1"})
    assert list(caught.value.fields) == list(wrong)
    assert said in next(iter(caught.value.fields.values()))


def test_several_choices_are_kept_in_the_order_of_the_options() -> None:
    assert check(QUESTIONS, {**FINE, "from": "ML\nLegal"}, set())["from"] == "Legal\nML"


def test_a_follow_up_of_several_choices_appears_when_any_of_the_wanted_is_among_them() -> None:
    for given, is_kept in (("Support", False), ("Support\nML", True), ("Legal", True)):
        kept = check(QUESTIONS, {**FINE, "from": given, "fear": "A veto."}, set())
        assert ("fear" in kept) is is_kept


@pytest.mark.parametrize("number", ["0", "-3", "12.5", "999999999999999"])
def test_a_plain_number_stays_as_it_was_typed(number: str) -> None:
    assert check(QUESTIONS, {**FINE, "count": number}, set())["count"] == number


def test_several_choices_read_as_a_list() -> None:
    chosen = next(question for question in QUESTIONS if question.type is QuestionType.MANY)
    assert answer_text({}, chosen, "Legal\nML") == "Legal, ML"
