"""The windows of a long thread become one brief."""

from dataclasses import replace

from briefs.checks.merging import merged
from briefs.checks.outcome import Checked
from domain.briefs import Brief, Doubt, LeftOut, Option, Part, State, Statement, Status, Task
from domain.threads import Thread
from tests.briefs.talk import talk

THREAD = talk(*(f"ana: Message {number}" for number in range(6)))
TS = [each.ts for each in THREAD.messages]


def said(text: str, *places: int, is_weak: bool = False) -> Statement:
    state = State.WEAK if is_weak else State.SUPPORTED
    return Statement(text, tuple(TS[place] for place in places), state=state)


def both(*briefs: Brief, thread: Thread = THREAD) -> Brief:
    return merged([Checked(each, 0, 1) for each in briefs], thread).brief


def decided(status: Status, text: str, place: int) -> Brief:
    return Brief(status=status, decision=(said(text, place),))


def test_what_two_windows_say_of_the_same_message_is_said_once() -> None:
    brief = both(
        Brief(context=(said("The launch moves", 0),), rationale=(said("It rains", 1),)),
        Brief(context=(said("the launch moves", 0, 2), said("The launch moves", 3)), rationale=(said("It snows", 1),)),
    )
    assert [each.sources for each in brief.context] == [(TS[0],), (TS[3],)]
    assert [each.text for each in brief.rationale] == ["It rains", "It snows"]


def test_the_first_question_and_language_are_those_of_the_thread() -> None:
    brief = both(Brief(), Brief(question=said("Shall we?", 0), language="de"), Brief(question=said("Why?", 4)))
    assert brief.question is not None
    assert (brief.question.text, brief.language) == ("Shall we?", "de")


def test_the_last_decision_leads_and_the_earlier_ones_follow() -> None:
    brief = both(decided(Status.DECIDED, "We go", 1), decided(Status.DECIDED, "We stay", 4))
    assert (brief.status, [each.text for each in brief.decision]) == (Status.DECIDED, ["We stay", "We go"])


def test_a_later_proposal_does_not_lead_before_a_decision() -> None:
    brief = both(decided(Status.DECIDED, "We go", 1), decided(Status.PROPOSED, "We might stay", 4))
    assert (brief.status, [each.text for each in brief.decision]) == (Status.DECIDED, ["We go", "We might stay"])


def test_windows_without_a_decision_are_a_brief_without_one() -> None:
    assert both(Brief(), Brief()).status is Status.NONE
    assert both(Brief(), Brief(status=Status.DEFERRED)).status is Status.DEFERRED


def test_an_option_of_several_windows_has_the_reasons_of_all() -> None:
    first = Option(said("Move the launch", 0), pros=(said("Time", 1),), cons=(said("Cost", 1),))
    second = Option(said("move the launch", 3), pros=(said("Time", 1), said("Tests", 4)))
    (option,) = both(Brief(options=(first,)), Brief(options=(second,))).options
    assert [each.text for each in option.pros] == ["Time", "Tests"]
    assert [each.text for each in option.cons] == ["Cost"]


def test_lists_stay_as_short_as_those_of_one_window_and_tell_what_they_leave_out() -> None:
    tasks = tuple(Task(said(f"Do thing{number}", number % 6, is_weak=number == 0)) for number in range(10))
    more = tuple(replace(each, statement=replace(each.statement, text=f"{each.statement.text}b")) for each in tasks)
    brief = both(Brief(tasks=tasks), Brief(tasks=more, left_out=(LeftOut(Part.PRO, "Old", Doubt.NO_SOURCE),)))
    assert len(brief.tasks) == 15
    assert tasks[0] not in brief.tasks
    assert [each.doubt for each in brief.left_out] == [Doubt.NO_SOURCE, *[Doubt.TOO_MANY] * 5]


def test_what_failed_is_counted_over_all_windows() -> None:
    found = merged([Checked(Brief(), 3, 4), Checked(Brief(), 0, 3)], THREAD)
    assert (found.failed, found.of, found.is_off) == (3, 7, False)
    assert merged([Checked(Brief(), 3, 4), Checked(Brief(), 1, 3)], THREAD).is_off
