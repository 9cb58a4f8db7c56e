"""The answers of a run as a thread: what a brief is drawn up of."""

from dataclasses import replace
from datetime import timedelta

from domain.anonymous import Unnamed
from domain.cards import RunCard
from domain.run_threads import PROGRAM, SOMEBODY, apart, authors, thread_of, voices
from domain.templates import Post
from tests.surface.checkins import NOW, run_card

NAMES = {"U0": "Lea Vogt", "U7": "Ben Okafor"}


def unnamed(*given: tuple[str, str, str]) -> RunCard:
    card = run_card("x", 3, closed_at=NOW + timedelta(hours=9))
    template = replace(card.run.template, anonymous=3, post=Post(brief=True))
    run = replace(card.run, template=template)
    asked = [replace(each, person_id="") for each in card.prompts]
    return RunCard(run, asked, {}, {"U0": card.people["U0"]}, unnamed=[Unnamed(*each) for each in given])


def test_each_question_stands_above_its_answers_and_counts_are_no_answers() -> None:
    card = run_card("A word", 3)
    thread = thread_of(card, NAMES)
    questions = [each for each in thread.messages if each.is_bot]
    assert {each.by for each in questions} == {PROGRAM}
    first = card.run.template.ask[0]
    assert questions[0].text == f"{first.text} {first.hint}".strip()
    confident = next(each for each in questions if each.ts == "?.confidence")
    assert "5" in confident.text, "with what its answers come to"
    answers = [each for each in thread.messages if not each.is_bot]
    assert {each.ts.partition(".")[2] for each in answers} == {"moved", "blocked", "why"}
    assert [each.by for each in answers if each.ts.endswith(".moved")] == ["U0", "U1", "U2"]
    assert voices(card) == 3
    assert apart(card) == {f"{number}.blocked" for number in range(3)}


def test_whoever_may_be_named_in_an_answer_is_known_as_a_person_in_it() -> None:
    assert thread_of(run_card("Ask ben", 3), NAMES).messages[0].mentions == ("U7",)


def test_of_an_anonymous_run_nothing_says_whose_an_answer_is_when_it_came_or_what_else_they_said() -> None:
    card = unnamed(("r1", "moved", "First"), ("r2", "moved", "Second"), ("r3", "why", "Third"))
    thread = thread_of(card, NAMES)
    answers = [each for each in thread.messages if not each.is_bot]
    assert len({each.by for each in answers}) == 3
    assert {thread.names[each.by] for each in answers} == {SOMEBODY}
    assert {each.at for each in thread.messages} == {card.run.closed_at}
    assert authors(card) == {}
    assert voices(card) == 2, "so many people at least"
    assert not {each.by for each in answers} & {*NAMES, *card.people}
