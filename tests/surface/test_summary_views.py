"""What people see of a run and its answers, over nasty texts, in every order and in large teams."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.briefs import Brief, Dissent, Made, Statement, Status, Task
from domain.cards import RunCard
from domain.run_briefs import kept_of
from domain.run_threads import texts
from domain.runs import Missed, PromptState, Response, RunState
from domain.summaries import all_lines, order_of
from domain.summary_pages import before_view, first_of, in_view, pages
from domain.templates import Post, Question, QuestionType
from surface import reading, runs
from surface.run_answers import Id as Answers
from tests.surface.checkins import NOW, TEMPLATE, WEEKLY, a_prompt, run_card
from tests.surface.views import NASTY, check_message, check_view, labels, strings


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize(("size", "blockers"), [(0, 0), (1, 1), (12, 12), (40, 101)])
def test_every_page_of_a_summary_is_one_that_slack_takes(text: str, size: int, blockers: int) -> None:
    card = run_card(text, size, blockers=blockers, skipped=3)
    check_message(runs.run_message(card))
    check_message(runs.run_message(replace(card, run=replace(card.run, state=RunState.OPEN))))
    for number in range(2, len(pages(card)) + 1):
        check_message(runs.part_message(card, number, is_out=False))
    gone = len(pages(card)) + 1
    assert runs.part_message(card, gone, is_out=False) is None
    check_message(runs.part_message(card, gone, is_out=True))


@pytest.mark.parametrize("model", ["", "big-model at 127.0.0.1"])
@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize(("size", "blockers"), [(3, 1), (40, 101)])
def test_every_page_below_a_brief_is_one_that_slack_takes(text: str, size: int, blockers: int, model: str) -> None:
    card = with_brief(run_card(text, size, blockers=blockers, skipped=3), model)
    shown = runs.run_message(card)
    check_message(shown)
    assert ("In short" in str(shown.blocks)) == bool(text.strip())
    for number in range(2, len(pages(card)) + 1):
        check_message(runs.part_message(card, number, is_out=False))


def with_brief(card: RunCard, model: str) -> RunCard:
    """With as much in it as there can be."""
    found = texts(card)
    sources = tuple(ts for ts in found if not ts.startswith("?"))[:8]
    said = 3 * (Statement(found[sources[0]] if sources else "", sources),)
    dissent, tasks = (
        tuple(Dissent("", each) for each in said),
        tuple(Task(each, "", date(2026, 12, 1)) for each in said),
    )
    brief = Brief(None, said, (), Status.PROPOSED, said, (), dissent, said, tasks, made=Made(model))
    return replace(card, brief=kept_of(brief, found))


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_what_somebody_starts_to_raise_one_thing_is_headed_by_its_question(text: str) -> None:
    card = run_card(text, 1, blockers=1)
    asks = tuple(replace(each, text=text[:300] or "x") if each.into == "blocker.title" else each for each in WEEKLY.ask)
    own = replace(card, run=replace(card.run, template=replace(WEEKLY, who=("me",), ask=asks)))
    check_message(runs.run_message(own))
    plain = replace(own, run=replace(own.run, template=replace(WEEKLY, who=("me",))))
    said = runs.run_message(plain)
    assert "What is blocking you? (1)" in str(said.blocks)
    assert "Blockers" not in said.text
    assert "Blockers (1)" in str(runs.run_message(card).blocks)
    told = runs.summed_up_message(plain, "https://x", is_out=False)
    assert told
    assert "blocker" not in told.text, "nor does what tells of it call it one"
    assert "What is blocking you? (1)" in str(reading.run_view(replace(plain, raised=plain.blockers)))


def all_pages(card: RunCard) -> str:
    found = [runs.run_message(card)]
    found += [part for n in range(2, len(pages(card)) + 1) if (part := runs.part_message(card, n, is_out=False))]
    return "\n".join(text for each in found for text in strings(each.blocks))


@given(st.integers(1, 40), st.integers(1, 3000))
def test_a_summary_names_everybody_and_its_views_lose_no_answer_however_long(size: int, length: int) -> None:
    card = run_card("&" + "m" * length, size, blockers=3)
    said, whole = all_pages(card), all_views(replace(card, blockers=[]))
    assert all(card.people[f"U{number}"].name.replace("&", "&amp;") in said for number in range(size))
    assert whole.count("m") >= 3 * size * length, "each gave the text three times"


def all_views(card: RunCard) -> str:
    """What is read by pressing Read all, and then More answers as long as there are any."""
    found, start = [], 0
    while start < len(all_lines(card)):
        view = reading.run_view(card, start)
        check_view(view)
        found += strings(view["blocks"])
        start = in_view(all_lines(card), start)
    return "\n".join(found)


@pytest.mark.parametrize("by", ["function", "question", "person", "answer"])
def test_every_page_with_a_folded_answer_has_one_button_that_opens_the_view_there(by: str) -> None:
    card = run_card("word " * 300, 40)
    card = replace(card, run=replace(card.run, template=replace(card.run.template, post=Post(by=by))))
    found = pages(card)
    parts = [runs.part_message(card, number, is_out=False) for number in range(2, len(found) + 1)]
    for number, drawn in enumerate([runs.run_message(card), *parts], start=1):
        assert drawn is not None
        assert labels(drawn.blocks).count("Read all") == 1
        first = first_of(card, number)
        assert all_lines(card)[first].in_short == found[number - 1][0]
        assert labels(reading.run_view(card, first)["blocks"]).count("Earlier answers") == (first > 0)
    assert first_of(card, len(found) + 5) == first_of(card, len(found)), "an old button of a summary that got shorter"
    short = run_card("word", 40)
    assert labels(runs.run_message(short).blocks).count("Add action item") == 1
    assert "Read all" not in labels(runs.run_message(short).blocks)


def test_views_turned_backwards_begin_at_the_first_answer() -> None:
    lines = all_lines(run_card("word " * 500, 60))
    start, seen = len(lines), []
    while start:
        start = before_view(lines, start)
        seen.append(start)
        assert in_view(lines, start) > start
    assert seen[-1] == 0
    assert len(seen) > 1


def test_blockers_stand_first_each_with_its_buttons_until_it_is_an_action_item() -> None:
    card = run_card("No labels", 2, blockers=2)
    done = replace(card, blockers=[replace(card.blockers[0], action_number=7), card.blockers[1]])
    found = runs.run_message(done)
    assert labels(found.blocks) == [
        "I'll take it",
        "Cleared",
        "Make action item",
        "Add action item",
        "Brief this thread",
    ]
    assert "now *A-7*" in str(found.blocks)
    assert "No labels; No labels" in found.text, "the fallback carries them too"


@pytest.mark.parametrize("by", ["function", "question", "person"])
def test_answers_below_blockers_have_a_head_of_their_own(by: str) -> None:
    def heads(blockers: int) -> list[str]:
        card = run_card("Fine", 2, blockers=blockers)
        card = replace(card, run=replace(card.run, template=replace(card.run.template, post=Post(by=by))))
        found = [each for each in runs.run_message(card).blocks if each["type"] == "header"]
        return [each["text"]["text"] for each in found]

    assert len(heads(1)) >= 3, "the run, its blockers, and what is no blocker"
    assert heads(1).count("Answers") <= 1
    assert ("Answers" in heads(0)) == (by == "person"), "they follow numbers"


def test_blockers_beyond_seven_are_counted_and_stand_among_the_answers() -> None:
    found = runs.run_message(run_card("No labels", 9, blockers=9))
    assert labels(found.blocks) == ["I'll take it", "Cleared", "Make action item"] * 7 + [
        "Add action item",
        "Brief this thread",
    ]
    assert "and 2 more among the answers" in str(found.blocks)


def test_functions_stand_in_their_order_and_those_without_one_last() -> None:
    prompts = [replace(a_prompt(n, PromptState.ANSWERED), function=f) for n, f in enumerate(["gtm", None, "research"])]
    card = replace(run_card("Same text", 3), prompts=prompts)
    said = str(runs.run_message(card).blocks)
    assert said.index("Research") < said.index("GTM") < said.index("Other")


def test_the_summary_names_who_was_away_who_skipped_and_who_said_nothing() -> None:
    card = run_card("Fine", 6)
    prompts = [
        card.prompts[0],
        a_prompt(1, PromptState.MISSED, Missed.AWAY),
        a_prompt(2, PromptState.SKIPPED),
        a_prompt(3, PromptState.MISSED, Missed.NO_ANSWER),
        a_prompt(4, PromptState.FAILED),
        a_prompt(5, PromptState.MISSED, Missed.LEFT),
    ]
    card = replace(card, prompts=prompts, responses={0: replace(card.responses[0], late=False)})
    counts = (
        "1 of 4 answered · away: Fine 1 · skipped: Fine 2 · not heard from: Fine 3 · "
        "not asked, because Slack did not take the message: Fine 4"
    )
    assert counts in runs.run_message(card).text


@pytest.mark.parametrize("by", ["function", "question", "person", "answer"])
@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_a_summary_in_every_order_is_one_that_slack_takes(text: str, by: str) -> None:
    card = run_card(text, 12, blockers=8)
    ordered = replace(card, run=replace(card.run, template=replace(card.run.template, post=Post(by=by))))
    check_message(runs.run_message(ordered))
    for number in range(2, len(pages(ordered)) + 1):
        check_message(runs.part_message(ordered, number, is_out=False))


def ordered(by: str) -> list[str]:
    """The lines of a summary of two people in that order, and its heads."""
    asked = (
        Question("ready", "Ready?", QuestionType.ONE, options=("Yes", "No")),
        Question("why", "Why?", QuestionType.LONG, optional=True),
    )
    card = run_card("Person", 2)
    given = {0: Response(0, {"ready": "No", "why": "Late data"}, NOW), 1: Response(1, {"ready": "Yes"}, NOW)}
    template = replace(TEMPLATE, ask=asked, post=Post(by=by))
    found = runs.run_message(replace(card, run=replace(card.run, template=template), responses=given)).blocks
    heads = [str(block["text"]["text"]) for block in found if block["type"] == "header"]
    return heads + "\n".join(strings(found)).split("\n")


def test_a_summary_goes_by_function_question_person_or_answer() -> None:
    assert ordered("question")[-4:] == [
        "*Ready?* Yes 1 of 2, No 1 of 2", "_Person 0_ No · _Person 1_ Yes", "", "*Why?* _Person 0_ Late data",
    ]  # fmt: skip
    assert ordered("person")[-6:] == ["*Person 0*", "_Ready?_ No", "_Why?_ Late data", "", "*Person 1*", "_Ready?_ Yes"]
    assert "Answers" in ordered("person"), "what is counted stands apart"
    by_answer = ordered("answer")
    assert by_answer[-5:] == ["*Person 1*", "_Ready?_ Yes", "*Person 0*", "_Ready?_ No", "_Why?_ Late data"]
    assert {"Yes (1 of 2)", "No (1 of 2)"} <= set(by_answer)
    assert "In numbers" in ordered("function")
    assert "_Ready?_ Yes 1 of 2, No 1 of 2" in ordered("function")
    assert "In numbers" not in by_answer, "its heads say it"


def of_three(by: str, *given: dict[str, str]) -> str:
    ready = Question("ready", "Ready?", QuestionType.ONE, options=("Yes", "No"))
    asked = (
        Question("done", "Done?", QuestionType.LONG),
        replace(ready, optional=True),
        Question("why", "Why not?", QuestionType.LONG, condition=(("ready", ("No",)),)),
        replace(ready, id="law", text="Legal?", audience=("legal",)),
    )
    card = run_card("Person", 3)
    template = replace(TEMPLATE, ask=asked, post=Post(by=by))
    responses = {number: Response(number, {"done": "All", **each}, NOW) for number, each in enumerate(given)}
    drawn = runs.run_message(replace(card, run=replace(card.run, template=template), responses=responses))
    return "\n".join(strings(drawn.blocks))


def test_a_question_that_most_left_empty_is_one_line_of_those_who_were_asked() -> None:
    said = of_three("question", {"ready": "No", "why": "Late data"}, {}, {})
    assert "*Ready?* 1 of 3 answered: _Person 0_ No\n" in said
    assert said.endswith("*Why not?* _Person 0_ Late data"), "nobody else was asked"
    long = of_three("question", {"ready": "No", "why": "Late data.\nAnd late again."}, {"ready": "No"}, {"ready": "No"})
    assert "*Why not?* 1 of 3 answered:\n_Person 0_\nLate data." in long


def test_a_choice_that_one_person_answered_is_left_to_the_answers() -> None:
    assert "1 of 1" not in of_three("person", {"ready": "No"}, {}, {})
    assert "_Ready?_ No 2 of 2" in of_three("person", {"ready": "No"}, {"ready": "No"}, {})


def test_by_answer_goes_by_a_choice_that_everybody_is_asked() -> None:
    card = run_card("Person", 2)
    template = replace(TEMPLATE, post=Post(by="answer"))
    law = Question("law", "Legal?", QuestionType.ONE, options=("Yes", "No"), audience=("legal",))
    for asked, by in (((law,), "person"), ((law, replace(law, id="all", audience=())), "answer")):
        assert order_of(replace(template, ask=asked)) == by
    found = runs.run_message(
        replace(card, run=replace(card.run, template=replace(template, ask=(*card.run.template.ask[:1], law))))
    )
    assert "Not answered" not in str(found.blocks)


@pytest.mark.parametrize("by", ["function", "question", "person", "answer"])
@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_each_answer_in_words_has_a_button_in_the_view_however_many_there_are(by: str, text: str) -> None:
    card = run_card(text, 40)
    card = replace(card, run=replace(card.run, template=replace(card.run.template, post=Post(by=by))))
    lines, start, drawn = all_lines(card), 0, []
    while start < len(lines):
        view = reading.run_view(card, start)
        check_view(view)
        drawn += [each["accessory"]["value"] for each in view["blocks"] if "accessory" in each]
        start = in_view(lines, start)
    assert drawn == [str(line.source) for line in lines if line.source]
    assert str(Answers.ADD_ITEM) not in str(runs.run_message(card).blocks)


def test_nothing_is_made_of_answers_without_a_name_or_of_a_round() -> None:
    card = run_card("word", 3)
    for other in (
        replace(card.run, template=replace(card.run.template, anonymous=True)),
        replace(card.run, subject_id=1),
    ):
        assert "Add action item" not in str(reading.run_view(replace(card, run=other)))
