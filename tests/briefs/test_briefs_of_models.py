"""Whatever is written in a thread and whatever a model answers: what a brief may hold."""

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.checks.links import made_harmless
from briefs.checks.merging import merged
from briefs.checks.outcome import Checked, check
from briefs.preparing import Request
from briefs.schema import Answer
from domain.briefs import Brief, Status
from tests.briefs.answers import Answered, claim, decision, dissent, empty, request_for, task
from tests.briefs.talk import said, talk

NASTY = (
    "https://evil.example/x",
    "<https://evil.example|a>",
    "[a](https://evil.example)",
    "<!channel>",
    "@here",
    "\uff20channel",
    "@\u200bchannel",
    "<@UANA>",
    "xoxb-" + "1234567890-abcdef",
    "evil.example/x",
    "www.evil.example",
    "P1",
    "P2 Ben",
    "[secret-1]",
    "[link-1]",
    "Ana Weber",
    "https://docs.example/a",
    "by Friday 2026-12-01",
    "\ue000",
    "we decide this",
    "-1",
    "\u6c7a\u5b9a\u3057\u307e\u3057\u305f",
)
WORDS = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=8)), max_size=5).map(" ".join)
MESSAGES = st.lists(st.tuples(st.sampled_from(["ana", "ben", "ci"]), WORDS), min_size=1, max_size=6)
FOREIGN = re.compile(r"evil\.example/|://evil|www\.", re.IGNORECASE)


@st.composite
def talks(draw: st.DrawFn) -> tuple[Request, Answered]:
    spoken = [said(by, text, is_bot=by == "ci") for by, text in draw(MESSAGES)]
    request = request_for(talk(*spoken))
    cited = st.lists(st.sampled_from([*(each.id for each in request.all_lines), "zzzz", "m1"]), max_size=3)
    texts = [each.sent for each in request.all_lines]
    quotes = st.one_of(WORDS, st.sampled_from(texts))
    called = st.sampled_from(["P1", "P2", "P9", "", "<@UANA>"])

    def claims() -> list[Answered]:
        return [claim(draw(WORDS), *draw(cited)) for _ in range(draw(st.integers(0, 3)))]

    label = {"label": draw(WORDS), "sources": draw(cited), "pros": claims(), "cons": claims()}
    status = draw(st.sampled_from([each.value for each in Status]))
    return request, empty(request) | {
        "language": draw(WORDS),
        "question": claim(draw(WORDS), *draw(cited)),
        "context": claims(),
        "options": [label],
        "decision": decision(status, draw(WORDS), *draw(cited), quote=draw(quotes)),
        "dissent": [dissent(draw(called), draw(WORDS), *draw(cited), quote=draw(quotes))],
        "action_items": [
            task(
                draw(WORDS), *draw(cited), owner=draw(called), phrase=draw(quotes), day=draw(WORDS), quote=draw(quotes)
            )
        ],
    }


def found(request: Request, answer: Answered) -> Checked:
    return check(Answer.model_validate(answer), request)


def texts(brief: Brief) -> Iterator[str]:
    yield brief.language
    for each in brief.statements:
        yield from (each.text, each.quote)
    yield from (each.due_said for each in brief.tasks)
    yield from (each.text for each in brief.left_out)


@settings(max_examples=150)
@given(talks())
def test_no_text_of_a_brief_calls_somebody_or_leads_to_an_address_that_nobody_wrote(
    talked: tuple[Request, Answered],
) -> None:
    request, answer = talked
    typed = " ".join(each.message.text for each in request.all_lines)
    for text in texts(found(request, answer).brief):
        assert "<" not in text
        assert not re.search(r"[@\uff20]\S", text)
        assert "xoxb" not in text
        if "evil" not in typed:
            assert not FOREIGN.search(text)


@settings(max_examples=100)
@given(talks())
def test_every_source_of_a_brief_is_a_message_of_the_thread(talked: tuple[Request, Answered]) -> None:
    request, answer = talked
    brief = found(request, answer).brief
    for each in brief.statements:
        assert each.sources
        assert set(each.sources) <= set(request.thread.by_ts)
    assert {each.owner_id for each in brief.tasks} | {each.by for each in brief.dissent} <= {"", "UANA", "UBEN"}


@settings(max_examples=50)
@given(talks())
def test_only_a_person_who_is_quoted_decides(talked: tuple[Request, Answered]) -> None:
    request, answer = talked
    brief = found(request, answer).brief
    if brief.status is Status.DECIDED:
        assert brief.decision[0].quote
        assert any(not request.thread.by_ts[each].is_bot for each in brief.decision[0].sources)


@settings(max_examples=50)
@given(talks())
def test_the_same_answer_twice_merged_says_nothing_twice(talked: tuple[Request, Answered]) -> None:
    once = found(*talked)
    both = merged([once, once], talked[0].thread).brief
    assert both.status is once.brief.status
    assert (both.decision, both.dissent) == (once.brief.decision, once.brief.dissent)
    assert {each.text for each in both.context} == {each.text for each in once.brief.context}


@given(st.text(), st.sampled_from(NASTY))
def test_what_was_made_harmless_once_stays_as_it_is(text: str, nasty: str) -> None:
    once = made_harmless(f"{text}{nasty}{text}", {}).text
    assert made_harmless(once, {}).text == once
