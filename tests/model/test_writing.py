"""A model is asked and a brief comes back, or the reason why there is none."""

from pathlib import Path
from typing import Any

import pytest

from domain.briefs import Made, Status, WhyNot
from domain.language_models import NotWritten
from tests.briefs.answers import chance, claim
from tests.briefs.talk import said, talk
from tests.model import modes
from tests.model.answering import answering, honest
from tests.model.server import Mode, in_turn, nobody_there
from tests.model.writing import LONG, TALK, Purse, at_desk


def test_an_honest_model_words_a_brief_that_leads_to_its_sources() -> None:
    with at_desk(honest) as desk:
        brief = desk.write()
    assert brief.status is Status.DECIDED
    assert brief.decision[0].quote == "Ok, we move the launch to 14 December."
    assert brief.decision[0].sources == (TALK.messages[3].ts,)
    assert brief.tasks[0].owner_id == "UBEN"
    assert brief.made == Made(model="test-model", failed=0, of=7)
    assert not brief.left_out


@pytest.mark.parametrize(
    "mode",
    [
        modes.thinking,
        modes.fenced,
        modes.without_usage,
        modes.counting_nonsense,
        modes.another_model,
        modes.packed,
        in_turn(modes.error(503), honest),
        in_turn(modes.error(408), honest),
        in_turn(modes.error(409), honest),
        in_turn(modes.error(429, retry_after="0.01"), honest),
        in_turn(modes.resetting, honest),
        in_turn(modes.prose, honest),
        in_turn(modes.other_schema, honest),
        in_turn(modes.cut_off, honest),
    ],
)
def test_what_is_peculiar_or_passes_ends_in_a_brief(mode: Mode) -> None:
    with at_desk(mode) as desk:
        assert desk.write().status is Status.DECIDED


@pytest.mark.parametrize(
    ("mode", "why", "requests"),
    [
        (modes.error(401), WhyNot.NOT_SET_UP, 1),
        (modes.error(403), WhyNot.NOT_SET_UP, 1),
        (modes.error(402), WhyNot.NO_CREDIT, 1),
        (modes.error(404), WhyNot.NO_SUCH_MODEL, 1),
        (modes.error(400, "model_not_found"), WhyNot.NO_SUCH_MODEL, 1),
        (modes.error(405), WhyNot.NOT_SET_UP, 1),
        (modes.error(400), WhyNot.NOT_SET_UP, 1),
        (modes.error(408), WhyNot.NO_ANSWER, 2),
        (modes.error(409), WhyNot.NO_ANSWER, 2),
        (modes.error(500), WhyNot.NO_ANSWER, 2),
        (modes.error(503), WhyNot.NO_ANSWER, 2),
        (modes.error(429), WhyNot.BUSY, 1),
        (modes.error(429, retry_after="3600"), WhyNot.BUSY, 1),
        (modes.error(429, retry_after="0.01"), WhyNot.BUSY, 2),
        (modes.error(429, "insufficient_quota", retry_after="0.01"), WhyNot.NO_CREDIT, 1),
        (modes.resetting, WhyNot.NO_ANSWER, 2),
        (modes.error(413), WhyNot.TOO_LONG, 2),
        (modes.error(400, "context_length_exceeded"), WhyNot.TOO_LONG, 2),
        (modes.error(400, message="It exceeds the available context size."), WhyNot.TOO_LONG, 2),
        (modes.counting_too_little, WhyNot.TOO_LONG, 2),
        (modes.refusing, WhyNot.DECLINED, 1),
        (modes.filtered, WhyNot.DECLINED, 1),
        (modes.error(400, "content_filter"), WhyNot.DECLINED, 1),
        (modes.cut_off, WhyNot.NOT_FINISHED, 2),
        (modes.prose, WhyNot.NOT_USABLE, 2),
        (modes.refusing_in_words, WhyNot.NOT_USABLE, 2),
        (modes.other_schema, WhyNot.NOT_USABLE, 2),
        (modes.two_objects, WhyNot.NOT_USABLE, 2),
        (modes.not_a_number, WhyNot.NOT_USABLE, 2),
        (modes.doubled_keys, WhyNot.NOT_USABLE, 2),
        (modes.too_deep, WhyNot.NOT_USABLE, 2),
        (modes.saying(""), WhyNot.NOT_USABLE, 1),
        (modes.saying(None), WhyNot.NOT_USABLE, 1),
        (modes.saying('"\ud800\u0000'), WhyNot.NOT_USABLE, 2),
        (modes.saying("x" * 40_000), WhyNot.NOT_USABLE, 1),
        (modes.without_choices, WhyNot.NOT_USABLE, 1),
        (modes.error_with_200, WhyNot.NOT_USABLE, 1),
        (modes.web_page, WhyNot.NOT_USABLE, 1),
        (modes.not_json, WhyNot.NOT_USABLE, 1),
        (modes.deep_body, WhyNot.NOT_USABLE, 1),
        (modes.bare(b"[1]"), WhyNot.NOT_USABLE, 1),
        (modes.bare(b"\xff\xfe", "application/json; charset=no-such"), WhyNot.NOT_USABLE, 1),
        (modes.bare(b'{"choices": [{"message": {"content": [1]}}]}'), WhyNot.NOT_USABLE, 1),
        (modes.bare(b'["none"]', status=500), WhyNot.NO_ANSWER, 2),
        (modes.bomb, WhyNot.NOT_USABLE, 1),
        (modes.huge, WhyNot.NOT_USABLE, 1),
        (modes.bare(b"not packed", "application/json"), WhyNot.NOT_USABLE, 1),
    ],
)
def test_whatever_goes_wrong_has_its_reason(mode: Mode, why: WhyNot, requests: int) -> None:
    with at_desk(mode) as desk:
        failed = desk.fails(LONG if why is WhyNot.TOO_LONG else TALK)
        assert (failed.why, len(desk.model.requests)) == (why, requests)
        assert len(desk.purse.settled) == requests


def test_an_address_at_which_nobody_listens_does_not_answer() -> None:
    with at_desk(honest, base_url=nobody_there()) as desk:
        failed = desk.fails()
    assert failed.why is WhyNot.NO_ANSWER
    assert [used for _, used in desk.purse.settled] == [0, 0]


@pytest.mark.parametrize(
    "changed", [{"base_url": "http://127.0.0.1:port/v1"}, {"ca_file": Path("/no/such/file")}, {"api_key": "k\u00e9y"}]
)
def test_settings_that_cannot_be_right_are_a_reason_too(changed: dict[str, Any]) -> None:
    with at_desk(honest, **changed) as desk:
        assert desk.fails().why is WhyNot.NOT_SET_UP


def test_what_is_repaired_is_the_answer_and_the_thread_is_not_sent_again() -> None:
    with at_desk(in_turn(modes.wrapped(lambda said: f"Here: {said}"), honest)) as desk:
        desk.write()
        first, repair = desk.model.requests
    assert first.lines
    assert not repair.lines
    assert "Here: " in repair.text
    assert "not JSON" in repair.text


def test_what_was_cut_off_is_asked_for_in_short() -> None:
    with at_desk(in_turn(modes.cut_off, honest)) as desk:
        desk.write()
        first, second = desk.model.requests
    assert second.lines == first.lines
    assert "at most 3" in second.text.lower()
    assert "cut off" not in first.text


@pytest.mark.parametrize("mode", [modes.reading_at_most(3_000), modes.cutting(3_000)])
def test_what_a_server_does_not_read_at_once_is_sent_in_windows(mode: Mode) -> None:
    with at_desk(mode, context_tokens=30_000) as desk:
        brief = desk.write(LONG)
        assert len(desk.model.requests) > 2
        assert brief.status is Status.DECIDED
        assert brief.made.model == "test-model"


def test_a_server_that_never_reads_to_the_end_reads_too_little() -> None:
    with at_desk(modes.cutting(1)) as desk:
        assert desk.fails(LONG).why is WhyNot.TOO_LONG


def test_a_thread_that_fits_into_no_windows_is_not_sent() -> None:
    with at_desk(honest, context_tokens=3_500) as desk:
        assert desk.fails().why is WhyNot.TOO_LONG
        assert not desk.model.requests


def test_an_answer_that_is_not_of_the_thread_is_not_used() -> None:
    mode = answering(lambda _: {"context": [claim("It rains", "zzzz"), claim("It snows", "yyyy")]})
    with at_desk(mode) as desk:
        failed = desk.fails()
    assert (failed.why, failed.failed, failed.of) == (WhyNot.OFF_THREAD, 2, 2)


def test_a_thread_of_nothing_but_our_own_is_not_sent() -> None:
    with at_desk(honest) as desk:
        thread = talk(said("muster", "Hello", is_bot=True))
        assert desk.writer.write(thread, chance=chance(), meter=desk.purse, own=["UMUSTER"]).made == Made()
        assert not desk.model.requests


def test_what_a_server_counts_is_what_is_used() -> None:
    with at_desk(honest) as desk:
        desk.write()
        ((reserved, used),) = desk.purse.settled
        assert 1_000 < used < reserved
        assert reserved < 8_192


def test_of_a_server_that_does_not_count_the_guess_is_used() -> None:
    with at_desk(modes.without_usage) as desk:
        desk.write()
        ((reserved, used),) = desk.purse.settled
        assert used == reserved


def test_one_that_counts_too_much_costs_no_more_than_fits_into_it() -> None:
    with at_desk(modes.with_(usage={"prompt_tokens": 10**30, "total_tokens": 10**30})) as desk:
        desk.write()
        assert desk.purse.settled[0][1] == 8_192


def test_when_all_is_used_nothing_is_sent() -> None:
    with at_desk(honest) as desk:
        desk.purse.left = 100
        assert desk.fails().why is WhyNot.USED_UP
        assert not desk.model.requests


def test_what_the_meter_raises_ends_the_work() -> None:
    class Gone(Exception):
        pass

    class Away(Purse):
        def reserve(self, tokens: int) -> None:
            raise Gone(tokens)

    with at_desk(honest) as desk, pytest.raises(Gone):
        desk.writer.write(TALK, chance=chance(), meter=Away())


def test_no_reason_tells_what_the_server_said() -> None:
    secret = "the launch moves"
    for mode in (modes.error(400, message=secret), modes.saying(secret), modes.bare(secret.encode())):
        with at_desk(mode) as desk:
            failed: NotWritten = desk.fails()
            assert secret not in f"{failed} {failed.detail} {failed.args}"
            assert failed.__cause__ is None
