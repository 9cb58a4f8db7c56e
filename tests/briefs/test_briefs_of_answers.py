"""A brief of a run's answers without a model: what several write of, who objects, what is asked, and who does what."""

from dataclasses import replace

import pytest

from briefs import of_answers
from domain.run_briefs import kept_of
from domain.run_threads import PROGRAM
from domain.threads import Message, Thread
from tests.briefs.talk import BEGUN, NAMES, person

ZONE = BEGUN.tzinfo


def asked(*questions: tuple[str, dict[str, str]]) -> Thread:
    """Each question with its answers, by who gave them."""
    messages = []
    for number, (question, given) in enumerate(questions):
        messages.append(Message(f"?.q{number}", PROGRAM, question, BEGUN, is_bot=True))
        messages += [Message(f"{who}.q{number}", person(who), text, BEGUN) for who, text in given.items()]
    names = {person(who): name for who, name in NAMES.items()}
    assert ZONE
    return Thread(tuple(messages), {**names, PROGRAM: ""}, ZONE)


BACKLOG = {
    "ana": "The labelling backlog grew by two hundred pages",
    "ben": "Half of the labelling backlog is gone",
    "cleo": "Serving moved to the new cluster",
    "dan": "The backlog of labelling waits for guidelines",
}


def test_what_at_least_three_people_write_of_is_quoted_once_with_all_of_them() -> None:
    (said,) = of_answers.draft(asked(("What moved?", BACKLOG))).context
    assert {ts.partition(".")[0] for ts in said.sources} == {"ana", "ben", "dan"}
    assert said.text in BACKLOG.values()
    two = {who: BACKLOG[who] for who in ("ana", "ben", "cleo")}
    assert of_answers.draft(asked(("What moved?", two))).context == ()


def test_words_that_the_question_says_are_shared_by_nobody() -> None:
    thread = asked(("How did the labelling of the backlog go?", BACKLOG))
    assert of_answers.draft(thread).context == ()


def test_one_person_with_three_answers_is_not_several() -> None:
    mine = [(f"Question {number}?", {"ana": BACKLOG["ana"]}) for number in range(3)]
    assert of_answers.draft(asked(*mine)).context == ()


def test_without_names_only_answers_to_one_question_are_of_several_people() -> None:
    apart = asked(*((f"Question {who}?", {who: text}) for who, text in BACKLOG.items()))
    assert of_answers.draft(apart).context
    assert of_answers.draft(apart, unnamed=True).context == ()
    assert of_answers.draft(asked(("What moved?", BACKLOG)), unnamed=True).context


def test_objections_questions_and_what_somebody_does_by_a_day_are_quoted() -> None:
    thread = asked(
        (
            "A worry?",
            {
                "ana": "I am worried that the eval set is too small. It was enough in May.",
                "ben": "Nothing. I will send the plan by Friday",
                "cleo": "Who looks at the invoices in Spanish?",
            },
        )
    )
    brief = of_answers.draft(thread)
    assert [each.statement.text for each in brief.dissent] == ["I am worried that the eval set is too small."]
    assert [each.text for each in brief.open_questions] == ["Who looks at the invoices in Spanish?"]
    (task,) = brief.tasks
    assert (task.statement.text, task.owner_id) == ("I will send the plan by Friday", person("ben"))
    assert all(each.quote for each in brief.statements)


def test_what_is_shown_apart_is_not_quoted_again() -> None:
    thread = asked(("A worry?", {"ana": "I object to the new form, why is it there?"}))
    assert any(of_answers.draft(thread).statements)
    assert not any(of_answers.draft(thread, apart={"ana.q0"}).statements)


@pytest.mark.parametrize("text", ["Nothing", "-", "Same as last week.", "nope", "👍"])
def test_where_nothing_is_said_nothing_stands_out(text: str) -> None:
    assert not any(of_answers.draft(asked(("What moved?", dict.fromkeys(BACKLOG, text)))).statements)


def test_a_statement_stands_only_while_all_it_rests_on_is_as_it_was_read() -> None:
    thread = asked(("What moved?", BACKLOG), ("A worry?", {"cleo": "I object to the new form"}))
    texts = {each.ts: each.text for each in thread.messages}
    kept = kept_of(of_answers.draft(thread), texts)
    assert list(kept.standing(texts).statements) == list(kept.brief.statements)
    for changed in ({**texts, "dan.q0": "Nothing"}, {ts: text for ts, text in texts.items() if ts != "dan.q0"}):
        left = kept.standing(changed)
        assert left.context == ()
        assert left.dissent == kept.brief.dissent
    unfounded = replace(kept, brief=replace(kept.brief, context=(replace(kept.brief.context[0], sources=()),)))
    assert unfounded.standing(texts).context == ()
