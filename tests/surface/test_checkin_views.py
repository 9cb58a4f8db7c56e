"""What people see of a check-in, over nasty texts, in every state and in large teams."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import shipped_library
from domain.blockers import Blocker
from domain.cards import CheckinForm, NoteCard, OpenCheckins, PromptCard, RunCard
from domain.own_answers import OwnAnswers
from domain.people import FUNCTIONS, Nudges, Person, Span
from domain.runs import Missed, Prompt, PromptState, Response, Ritual, Run, RunState
from domain.summaries import all_lines
from domain.summary_pages import before_view, first_of, in_view, pages
from domain.templates import Post, Question, QuestionType, Template
from services.together import MOST
from surface import answers, checkin, checkin_form, checkin_list, checkin_together, own_answers, reading, runs
from surface import people as people_view
from surface.kit import Message
from tests.surface.views import NASTY, check_message, check_view, labels, strings

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEEKLY = shipped_library()["weekly-sync"]
BERLINER = Person("T1", "U1", "Ana", "Europe/Berlin")
PATIENT = Question("why", "Why?", QuestionType.LONG, optional=True)
TEAMS = Question("teams", "Whose?", QuestionType.MANY, options=("Legal", "Support"), optional=True)
DAYS = Question("days", "How many days?", QuestionType.NUMBER, condition=(("teams", ("Legal",)),))
TEMPLATE = replace(WEEKLY, ask=(*WEEKLY.ask, PATIENT, TEAMS, DAYS))


def a_run(template: Template = TEMPLATE, **changes: object) -> Run:
    fields = {"state": RunState.CLOSED, "opened_at": NOW} | changes
    return Run(1, "T1", 1, "C1", "2026-11-23T09:30", template, "U0", **fields)  # type: ignore[arg-type] # by name


def a_prompt(number: int = 0, state: PromptState = PromptState.SENT, missed: Missed | None = None) -> Prompt:
    function = FUNCTIONS[number % len(FUNCTIONS)]
    return Prompt(number, "T1", 1, f"U{number}", function, state, NOW, NOW, missed=missed)


def a_response(text: str, number: int = 0) -> Response:
    answers = {"moved": text, "blocked": text, "why": text, "unblocker": "U0", "confidence": "5"}
    return Response(number, answers, NOW, edited_at=NOW, late=True)


def prompt_card(text: str, state: PromptState, **changes: object) -> PromptCard:
    person = Person("T1", "U0", text or "x")
    response = a_response(text) if state is PromptState.ANSWERED else None
    names = {"U0": text}
    run = a_run(replace(TEMPLATE, title=text[:24] or "x", purpose=text[:150]))
    found = PromptCard(run, a_prompt(state=state), person, text[:80], text[:80], names, response)
    return replace(found, **changes)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("state", PromptState)
@pytest.mark.parametrize("is_closed", [False, True])
def test_every_message_to_one_person_is_one_that_slack_takes(text: str, state: PromptState, *, is_closed: bool) -> None:
    for is_late in (False, True):
        card = prompt_card(text, state, is_closed=is_closed, is_late=is_late, takes_late=not is_late)
        check_message(checkin.prompt_message(card, is_out=True))
        check_message(checkin.reminder_message(card, is_out=True))
        if state is not PromptState.SENT:
            assert checkin.reminder_message(card, is_out=False) is None, "it has become needless before it went out"


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("state", PromptState)
def test_what_carries_many_check_ins_is_a_message_that_slack_takes(text: str, state: PromptState) -> None:
    for size in (1, 2, MOST):
        mixed = [state, *PromptState][:size]
        cards = [prompt_card(text, each, is_late=True, takes_late=True) for each in mixed]
        numbered = [replace(card, prompt=replace(card.prompt, id=place)) for place, card in enumerate(cards)]
        check_message(checkin_together.prompts_message(numbered, is_out=True))
        check_message(checkin_together.reminders_message(numbered, is_out=True))
        same = [replace(card, prompt=replace(card.prompt, state=state)) for card in numbered]
        check_message(checkin_together.prompts_message(same, is_out=True))
        check_message(checkin_together.reminders_message(same, is_out=True))


@pytest.mark.parametrize("text", [*NASTY.values(), "word "], ids=[*NASTY, "words"])
@pytest.mark.parametrize("size", [1, 20, 40])
def test_the_receipt_of_a_long_check_in_is_one_that_slack_takes(text: str, size: int) -> None:
    questions = tuple(Question(f"q{each}", f"{each}: {text}"[:120], QuestionType.LONG) for each in range(size))
    answers = {each.id: (text or "x") * (3000 // len(text or "x")) for each in questions}
    card = prompt_card("x", PromptState.ANSWERED)
    run = a_run(replace(TEMPLATE, ask=questions))
    receipt = checkin.prompt_message(replace(card, run=run, response=Response(0, answers, NOW)), is_out=True)
    check_message(receipt)
    assert receipt
    said = "\n".join(strings(receipt.blocks))
    assert all(f"_{each}: " in said for each in range(size)), "it tells each answer"
    assert "Edit" in labels(receipt.blocks)


def run_card(text: str, size: int, *, blockers: int = 0, **changes: object) -> RunCard:
    people = {f"U{number}": Person("T1", f"U{number}", f"{text[:70]} {number}") for number in range(max(size, 1))}
    prompts = [a_prompt(number, PromptState.ANSWERED) for number in range(size)]
    responses = {number: a_response(text, number) for number in range(size)}
    found = [Blocker(number, "T1", 1, "C1", text[:300] or "x", "U0", NOW, "U0") for number in range(blockers)]
    run = a_run(replace(TEMPLATE, title=text[:24] or "x", purpose=text[:150] or "x"), **changes)
    return RunCard(run, prompts, responses, people, found)


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
    assert labels(found.blocks) == ["I'll take it", "Cleared", "Make action item"]
    assert "now *A-7*" in str(found.blocks)
    assert "No labels; No labels" in found.text, "the fallback carries them too"


def test_blockers_beyond_seven_are_counted_and_stand_among_the_answers() -> None:
    found = runs.run_message(run_card("No labels", 9, blockers=9))
    assert labels(found.blocks) == ["I'll take it", "Cleared", "Make action item"] * 7
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


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_notes_to_the_facilitator_are_ones_that_slack_takes(text: str) -> None:
    template = replace(TEMPLATE, title=text[:24] or "x")
    check_message(checkin.note_message(NoteCard(a_run(template, skipped=1), text[:80])))
    check_message(checkin.nobody_message(Ritual(1, "T1", "C1", template, "U0", None, None), text[:80]))


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("function", [None, *FUNCTIONS])
@pytest.mark.parametrize("is_late", [False, True])
def test_every_form_is_one_that_slack_takes(text: str, function: str | None, *, is_late: bool) -> None:
    answers = {question.id: text for question in TEMPLATE.ask} | {"confidence": "3", "infra": "No", "leverage": "No"}
    answers |= {"unblocker": "U0", "rule_day": "2026-12-01", "teams": "Support\nLegal", "days": "12.5"}
    form = CheckinForm(
        replace(a_prompt(), function=function), a_run(), "d1", answers, Person("T1", "U0", "Ana"), is_late=is_late
    )
    check_view(checkin_form.checkin_form(form))


def test_a_choice_of_a_hundred_and_one_is_cut_to_what_a_menu_holds() -> None:
    many = Question("many", "Which?", QuestionType.ONE, options=tuple(f"Option {n}" for n in range(100)))
    form = CheckinForm(a_prompt(), a_run(replace(TEMPLATE, ask=(many,))), "d1", {}, Person("T1", "U0", "Ana"))
    check_view(checkin_form.checkin_form(form))


def test_a_follow_up_is_shown_only_when_its_answer_was_chosen() -> None:
    engineer = replace(a_prompt(), function="engineering")
    form = CheckinForm(engineer, a_run(), "d1", {}, Person("T1", "U0", "Ana"))

    def fields(**answers: str) -> list[str]:
        pages = [checkin_form.checkin_form(replace(form, answers=answers, page=page)) for page in range(2)]
        return [block["block_id"] for view in pages for block in view["blocks"]]

    assert "infra_gap" not in fields()
    assert "infra_gap" not in fields(infra="Yes")
    assert "infra_gap" in fields(infra="Mostly")
    assert "days" not in fields(teams="Support")
    assert "days" in fields(teams="Support\nLegal", days="12.")


@pytest.mark.parametrize("number", [0, 1, 30, 101])
def test_the_list_of_open_check_ins_is_one_that_slack_takes(number: int) -> None:
    these = [(a_prompt(n), a_run()) for n in range(number)]
    last = [OwnAnswers(a_run(), a_prompt(), a_response("x"), (("Why?", NASTY["signs"]),))] * 3
    for in_time, late in ((these, []), ([], these), (these, these)):
        found = checkin_list.open_answer(OpenCheckins(in_time, late, BERLINER, last=last))
        check_message(Message(found["text"], found["blocks"]))
        rest = ["Show"] * 3 + ["Change settings"]
        assert labels(found["blocks"]) == (["Answer"] * len(in_time) + ["Answer late"] * len(late))[:40] + rest
        assert ("nothing to answer" in found["text"]) == (number == 0)
    check_message(Message(checkin_list.help_answer()["text"], checkin_list.help_answer()["blocks"]))


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_what_somebody_answered_is_a_line_and_a_view_that_slack_takes(text: str) -> None:
    found = OwnAnswers(a_run(), a_prompt(), a_response(text), tuple((f"{n}?", text) for n in range(12)))
    check_message(Message("x", [{"block_id": "b0", **own_answers.row(found)}]))
    view = own_answers.answers_view(found)
    check_view(view)
    assert "(late, edited)" in str(view)
    assert "11?" in str(view)


def test_the_line_of_settings_says_what_is_set_and_nothing_else() -> None:
    assert "*\nMon-Fri 09:00-17:30, Europe/Berlin time, at most 3 reminders a day. " in str(
        people_view.settings_row(BERLINER)["text"]["text"]
    )
    own = replace(BERLINER, region="DE-BY", nudges=Nudges.NONE, quiet=Span(time(12), time(13)))
    said = people_view.settings_row(own)["text"]["text"]
    assert "time, quiet 12:00-13:00, public holidays of DE-BY, no reminders. `/muster me`" in said


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_what_is_handed_back_is_a_view_that_slack_takes_and_holds_all_of_it(text: str) -> None:
    view = answers.handed_back("Too late.", [(f"{number}: {text}"[:120], text) for number in range(12)])
    check_view(view)
    assert all(f"{number}: " in str(view) for number in range(12))


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
    assert ordered("question")[-5:] == [
        "*Ready?* Yes 1 of 2, No 1 of 2", "_Person 0_ No", "_Person 1_ Yes", "*Why?*", "_Person 0_ Late data",
    ]  # fmt: skip
    assert ordered("person")[-5:] == ["*Person 0*", "_Ready?_ No", "_Why?_ Late data", "*Person 1*", "_Ready?_ Yes"]
    by_answer = ordered("answer")
    assert by_answer[-5:] == ["*Person 1*", "_Ready?_ Yes", "*Person 0*", "_Ready?_ No", "_Why?_ Late data"]
    assert {"Yes (1 of 2)", "No (1 of 2)"} <= set(by_answer)
    assert "In numbers" in ordered("function")
    assert "_Ready?_ Yes 1 of 2, No 1 of 2" in ordered("function")
