"""Checks on threads of which each is made for one of them."""

from briefs.checks.outcome import check
from briefs.preparing import Request
from briefs.schema import Answer
from domain.briefs import Brief, Doubt, Status
from domain.threads import Message, Thread
from tests.briefs.answers import claim, decision, empty, request_for, request_of, task
from tests.briefs.talk import said, talk


def ids(request: Request) -> list[str]:
    return [each.id for each in request.all_lines]


def answered(request: Request, **parts: object) -> Brief:
    return check(Answer.model_validate(empty(request) | parts), request).brief


def decided(*messages: Message | str, quote: str) -> Brief:
    request = request_of(*messages)
    return answered(request, decision=decision("decided", "We move the launch", ids(request)[0], quote=quote))


def test_a_quote_that_begins_inside_a_word_is_none() -> None:
    assert decided("ana: We unmove the launch", "ben: Hm", quote="move the launch").status is Status.PROPOSED
    assert decided("ana: We move the launch", "ben: Hm", quote="move the launch").status is Status.DECIDED


def test_a_decision_that_was_changed_after_a_reply_says_so() -> None:
    changed = said("ana", "We move the launch", edited_after=2)
    assert decided(changed, "ben: Good", quote="We move the launch").decision[0].doubts == (Doubt.EDITED_LATER,)
    early = said("ana", "We move the launch", edited_after=0)
    assert decided(early, "ben: Good", quote="We move the launch").decision[0].doubts == ()


def test_a_day_that_may_be_one_of_two_is_left_to_a_person() -> None:
    request = request_of("ana: Write the report by 12/03 please", "ben: Ok")
    quoted = {"phrase": "by 12/03", "day": "2026-12-03", "quote": "Write the report by 12/03"}
    (item,) = answered(request, action_items=[task("Write the report", ids(request)[0], **quoted)]).tasks
    assert (item.due, item.due_said, item.statement.doubts) == (None, "by 12/03", (Doubt.DATE_UNSURE,))


def test_an_address_with_an_at_sign_leads_there_and_calls_nobody() -> None:
    request = request_of("ana: The plan: https://docs.example/@team/plan", "ben: Ok")
    brief = answered(request, context=[claim("The plan is at https://docs.example/@team/plan", ids(request)[0])])
    assert brief.context[0].text == "The plan is at https://docs.example/%40team/plan"


def test_a_name_that_would_call_somebody_does_not_and_is_put_back_in_what_is_left_out() -> None:
    thread = talk("ana: We move the launch", "ben: Ok")
    request = request_for(Thread(thread.messages, {**thread.names, "UANA": "<!channel> @Ana"}, thread.zone))
    brief = answered(request, context=[claim("The launch of P1", ids(request)[0]), claim("The plan of P2", "zzzz")])
    assert brief.context[0].text == "The launch of channel Ana"
    assert brief.left_out[0].text == "The plan of Ben Okafor"


def test_of_many_sources_the_first_eight_stay() -> None:
    request = request_of(*(f"ana: The launch moves {word}" for word in "abcdefghij"))
    (found,) = answered(request, context=[claim("The launch moves", *ids(request))]).context
    assert found.sources == tuple(each.message.ts for each in request.all_lines[:8])
    assert found.doubts == (Doubt.SHORTENED,)


def test_a_number_is_the_same_with_a_comma_among_its_digits() -> None:
    request = request_of("ana: The launch costs 12,500", "ben: Ok")
    found = answered(request, context=[claim("The launch costs 12500", ids(request)[0])]).context[0]
    assert found.doubts == ()
