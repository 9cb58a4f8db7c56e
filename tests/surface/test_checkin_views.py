"""What people see of a check-in, over nasty texts, in every state and in large teams."""

from dataclasses import replace
from datetime import time

import pytest

from domain.cards import CheckinForm, LateCheckin, NoteCard, OpenCheckins, PromptCard
from domain.own_answers import OwnAnswers
from domain.people import FUNCTIONS, Nudges, Person, Span
from domain.runs import PromptState, Response, Ritual
from domain.templates import Question, QuestionType
from services.together import MOST
from surface import answers, checkin, checkin_form, checkin_list, checkin_together, notes, own_answers
from surface import people as people_view
from surface.kit import Message
from tests.surface.checkins import BERLINER, NOW, TEMPLATE, a_prompt, a_response, a_run
from tests.surface.views import NASTY, check_message, check_view, labels, strings


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


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_notes_to_the_facilitator_are_ones_that_slack_takes(text: str) -> None:
    template = replace(TEMPLATE, title=text[:24] or "x")
    ritual, run = Ritual(1, "T1", "C1", template, "U0", None, None), a_run(template, skipped=1)
    check_message(notes.note_message(NoteCard(run, ritual, text[:80]), is_out=False))
    check_message(notes.note_message(NoteCard(run, ritual, text[:80], since=run), is_out=True))
    check_message(notes.nobody_message(ritual, text[:80]))


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
    over = [LateCheckin(prompt, run, prompt.deadline) for prompt, run in these]
    for in_time, late in ((these, []), ([], over), (these, over)):
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


def test_two_of_one_check_in_are_told_apart_by_their_days_and_one_alone_needs_none() -> None:
    monday, friday = (replace(a_run(), occurrence=f"2026-11-{day}T09:30") for day in (23, 27))
    other = replace(a_run(), template=replace(TEMPLATE, title="Retro"))
    found = OpenCheckins([(a_prompt(1), friday), (a_prompt(2), other)], [], BERLINER)
    late = LateCheckin(a_prompt(3), monday, a_prompt(3).deadline)
    title = TEMPLATE.title
    alone = str(checkin_list.open_answer(found)["blocks"])
    assert f"*{title}*, open until" in alone
    both = checkin_list.open_answer(replace(found, late=[late]))
    assert both["text"] == (
        f"You can answer: {title}, Fri 27 Nov 2026; Retro. You can still answer late: {title}, Mon 23 Nov 2026."
    )
    said = str(both["blocks"])
    for told in (
        f"*{title}, Fri 27 Nov 2026*, open until",
        f"*{title}, Mon 23 Nov 2026*, closed",
        "*Retro*, open until",
    ):
        assert told in said
    assert f"Answer late: {title}, Mon 23 Nov 2026" in said
