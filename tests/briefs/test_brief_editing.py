"""Going over a draft: nothing is lost, and a late click changes nothing else."""

from dataclasses import replace

import pytest

from domain.brief_editing import Gone, Place, added_back, left_out, mark, reworded, statements
from domain.briefs import Brief, Dissent, Doubt, LeftOut, Option, Part, State, Statement, Status, Task
from domain.errors import FieldErrors


def said(text: str) -> Statement:
    return Statement(text, ("1.1",), text, State.WEAK, (Doubt.NUMBER_NOT_SAID,))


WHOLE = Brief(
    question=said("question"),
    context=(said("context"), said("more context")),
    options=(Option(said("small"), (said("cheap"),), (said("slow"), said("old"))), Option(said("large"))),
    status=Status.PROPOSED,
    decision=(said("decision"),),
    rationale=(said("rationale"),),
    dissent=(Dissent("U1", said("dissent")),),
    open_questions=(said("open"),),
    tasks=(Task(said("task"), "U1"), Task(said("other task"))),
    left_out=(LeftOut(Part.CONTEXT, "before", Doubt.NO_SOURCE),),
)
PLACES = [place for place, _ in statements(WHOLE)]


def text_at(brief: Brief, place: Place) -> str:
    return dict(statements(brief))[place].text


def seen(place: Place) -> str:
    return mark(text_at(WHOLE, place))


def test_every_statement_has_a_place_that_can_be_written_down() -> None:
    assert [text_at(WHOLE, place) for place in PLACES] == [
        "question", "context", "more context", "decision", "rationale", "open", "small", "large", "dissent", "task",
        "other task", "cheap", "slow", "old",
    ]  # fmt: skip
    assert [Place.read(str(place)) for place in PLACES] == PLACES


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_other_words_keep_the_sources_and_change_nothing_else(place: Place) -> None:
    after = reworded(WHOLE, place, seen(place), "new")
    assert dict(statements(after))[place] == replace(
        said("new"), quote=text_at(WHOLE, place), state=State.EDITED, doubts=()
    )
    assert {each: text for each, text in statements(after) if each != place} == {
        each: text for each, text in statements(WHOLE) if each != place
    }


def test_other_words_that_come_again_change_nothing_and_there_have_to_be_some() -> None:
    place = Place(Part.CONTEXT, 1)
    once = reworded(WHOLE, place, seen(place), " new ")
    assert reworded(once, place, seen(place), "new") == once
    with pytest.raises(Gone):
        reworded(once, place, seen(place), "newer")
    for nothing in ("", " \n"):
        with pytest.raises(FieldErrors, match="Please write what it is to say"):
            reworded(WHOLE, place, seen(place), nothing)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_what_is_left_out_can_be_added_back(place: Place) -> None:
    without = left_out(WHOLE, place, seen(place))
    gone = without.left_out[len(WHOLE.left_out) :]
    assert gone[0] == LeftOut(place.part, text_at(WHOLE, place), Doubt.BY_REVIEWER, ("1.1",))
    again = without
    for each in gone:
        again = added_back(again, len(WHOLE.left_out), mark(each.text))
    texts = sorted(statement.text for _, statement in statements(again))
    assert texts == sorted(statement.text for _, statement in statements(WHOLE))
    assert again.left_out == WHOLE.left_out
    assert {s.state for _, s in statements(again) if s.text in {each.text for each in gone}} == {State.ADDED}


def test_with_an_option_goes_what_was_said_of_it() -> None:
    without = left_out(WHOLE, Place(Part.OPTION, 0), mark("small"))
    assert [each.text for each in without.left_out] == ["before", "small", "cheap", "slow", "old"]
    assert [option.label.text for option in without.options] == ["large"]


@pytest.mark.parametrize("place", [Place(Part.CONTEXT, 9), Place(Part.CONTEXT, 1), Place(Part.PRO, 1, 0)], ids=str)
def test_a_late_click_changes_nothing(place: Place) -> None:
    late = mark("context")
    with pytest.raises(Gone):
        left_out(WHOLE, place, late)
    with pytest.raises(Gone):
        reworded(WHOLE, place, late, "new")
    for number, text in ((0, "context"), (1, "before")):
        with pytest.raises(Gone):
            added_back(WHOLE, number, mark(text))


def test_a_question_added_back_beside_another_is_context() -> None:
    without = left_out(WHOLE, Place(Part.QUESTION), mark("question"))
    other = replace(without, question=said("another"))
    after = added_back(other, 1, mark("question"))
    assert after.question == said("another")
    assert [each.text for each in after.context] == ["context", "more context", "question"]
