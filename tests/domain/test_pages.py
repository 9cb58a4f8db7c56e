"""A long form in pages."""

from hypothesis import given
from hypothesis import strategies as st

from domain.pages import MOST_INPUTS, after, before, in_use, page_of, pages
from domain.templates import Question, QuestionType

YES = ("Yes",)


def ask(name: str, *, after: str = "") -> Question:
    condition = ((after, YES),) if after else ()
    return Question(name, f"{name}?", QuestionType.ONE, options=("Yes", "No"), condition=condition)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Question, ...]:
    found: list[Question] = []
    for number in range(draw(st.integers(1, 30))):
        earlier = draw(st.none() | st.sampled_from(found)) if found else None
        found.append(ask(f"q{number}", after=earlier.id if earlier else ""))
    return tuple(found)


@given(questions())
def test_every_question_stands_on_one_page_and_no_page_holds_too_many(asked: tuple[Question, ...]) -> None:
    found = pages(asked)
    assert sorted(each.id for page in found for each in page) == sorted(each.id for each in asked)
    assert all(1 <= len(page) <= MOST_INPUTS for page in found)
    order = [each.id for each in asked]
    for page in found:
        assert [each.id for each in page] == sorted((each.id for each in page), key=order.index)


@given(questions(), st.data())
def test_turning_pages_reaches_each_that_shows_something_and_comes_back(
    asked: tuple[Question, ...], data: st.DataObject
) -> None:
    found = pages(asked)
    answers = {each.id: data.draw(st.sampled_from(("Yes", "No"))) for each in asked}
    seen = [in_use(found, answers)[0]]
    while (following := after(found, answers, seen[-1])) is not None:
        seen.append(following)
    assert seen == in_use(found, answers)
    assert [before(found, answers, page) for page in reversed(seen[1:])] == list(reversed(seen[:-1]))


@given(questions(), st.integers(0, 5))
def test_what_stands_above_the_questions_counts_on_the_first_page(asked: tuple[Question, ...], ahead: int) -> None:
    found = pages(asked, ahead)
    assert 1 <= len(found[0]) <= MOST_INPUTS - ahead
    assert all(1 <= len(page) <= MOST_INPUTS for page in found)
    assert sorted(each.id for page in found for each in page) == sorted(each.id for each in asked)


def test_follow_ups_stay_on_the_page_of_their_question() -> None:
    first = tuple(ask(f"q{number}") for number in range(7))
    asked = (*first, ask("infra"), ask("gap", after="infra"), ask("why", after="gap"), ask("last"))
    found = pages(asked)
    assert [[each.id for each in page] for page in found] == [
        [f"q{number}" for number in range(7)],
        ["infra", "gap", "why", "last"],
    ]
    assert page_of(found, "why") == 1


def test_a_follow_up_stands_with_its_question_even_if_the_file_names_it_later() -> None:
    asked = (ask("a"), *(ask(f"q{number}") for number in range(7)), ask("b", after="a"))
    found = pages(asked)
    assert [each.id for each in found[0]] == ["a", *(f"q{number}" for number in range(6)), "b"]
