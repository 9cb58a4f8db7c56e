"""Which answers belong to which record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answers import MOST_ITEMS, check
from domain.errors import FieldErrors
from domain.into import Made, made_by
from domain.templates import Question, QuestionType

Q = {"title": QuestionType.SHORT, "owner": QuestionType.USER, "due": QuestionType.DATE}


def asked(*into: str) -> list[Question]:
    """Each named by its place and field: `0title`."""
    return [Question(f"{place}{each.rpartition('.')[2]}", "?", Q[each.rpartition(".")[2]], into=each)
            for place, each in enumerate(into)]  # fmt: skip


def told(made: list[Made]) -> list[tuple[str, str, str]]:
    return [(each.title.value, each.value("owner"), each.value("due")) for each in made]


def test_owner_and_day_belong_to_the_title_before_them() -> None:
    questions = asked("action.title", "action.owner", "action.due", "action.title", "action.owner")
    given = {"0title": "Relabel", "1owner": "UBEN", "2due": "2026-12-01", "3title": "Retrain", "4owner": "UANA"}
    assert told(made_by("action", questions, given)) == [("Relabel", "UBEN", "2026-12-01"), ("Retrain", "UANA", "")]
    assert told(made_by("action", questions, {"3title": "Retrain", "1owner": "UBEN"})) == [("Retrain", "", "")]


def test_titles_in_a_row_share_what_comes_after_them() -> None:
    questions = asked("action.title", "action.title", "action.owner")
    found = made_by("action", questions, {"0title": "Relabel", "1title": "Retrain", "2owner": "UBEN"})
    assert told(found) == [("Relabel", "UBEN", ""), ("Retrain", "UBEN", "")]


def test_labels_and_kinds_are_kept_apart() -> None:
    questions = asked("action:a.title", "action:b.title", "blocker.title", "action:a.owner")
    given = {"0title": "A", "1title": "B", "2title": "No GPUs", "3owner": "UBEN"}
    assert told(made_by("action", questions, given)) == [("A", "UBEN", ""), ("B", "", "")]
    assert told(made_by("blocker", questions, given)) == [("No GPUs", "", "")]


def test_an_owner_without_a_title_makes_nothing() -> None:
    assert made_by("action", asked("action.title", "action.owner"), {"1owner": "UBEN"}) == []


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=10))
def test_each_line_makes_one_and_the_same_line_twice_makes_one(lines: list[str]) -> None:
    question = Question("todo", "?", QuestionType.LONG, split=True, into="action.title")
    found = made_by("action", [question], {"todo": "\n".join(lines)})
    wanted = {" ".join(each.split()) for line in lines for each in line.splitlines() if each.strip()}
    assert {each.title.value for each in found} == wanted
    assert len({each.key for each in found}) == len(found) == len(wanted)


def test_too_many_lines_and_lines_that_are_too_long_are_asked_back() -> None:
    question = Question("todo", "?", QuestionType.LONG, split=True, into="action.title")
    many = "\n".join(f"Do {number}" for number in range(MOST_ITEMS + 1))
    for value, why in ((many, "Those are 21 lines"), ("Do it\n" + "x" * 301, "A line is 301 characters")):
        with pytest.raises(FieldErrors) as refused:
            check((question,), {"todo": value}, ())
        assert refused.value.fields["todo"].startswith(why)
