"""A model is waited for: not for ever, not too often, and not when Muster ends."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Event

import pytest

from briefs.endpoint.contract import Stopped
from domain.briefs import Status, WhyNot
from domain.language_models import NotWritten
from tests.model import modes
from tests.model.answering import honest
from tests.model.server import Exchange, Mode, in_turn, standing_in
from tests.model.writing import NOW, at_desk, at_model


@pytest.mark.parametrize(
    "mode", [modes.slow, modes.slow_headers, modes.dripping, in_turn(modes.error(503, retry_after="0"), modes.slow)]
)
def test_the_deadline_holds_whatever_the_server_sends(mode: Mode) -> None:
    with at_desk(mode, deadline=0.7) as desk:
        assert desk.fails().why is WhyNot.TOO_SLOW
        assert all(used == reserved for reserved, used in desk.purse.settled)


def test_nothing_is_asked_again_when_the_deadline_would_pass() -> None:
    with at_desk(modes.error(503, retry_after="9"), deadline=8) as desk:
        assert desk.fails().why is WhyNot.NO_ANSWER
        assert len(desk.model.requests) == 1


@pytest.mark.parametrize(
    ("header", "again_in"),
    [("3600", 3600), ("Mon, 23 Nov 2026 12:20:00 GMT", 1200), ("1e99", 86_400), ("nan", None), ("soon", None)],
)
def test_a_busy_server_says_when_to_come_back(header: str, again_in: int | None) -> None:
    with at_desk(modes.error(429, retry_after=header)) as desk:
        assert desk.fails().again_at == (None if again_in is None else NOW + timedelta(seconds=again_in))


DOWN = modes.error(500, retry_after="0")


def test_after_five_failures_it_is_left_alone_for_ten_minutes() -> None:
    with at_desk(DOWN) as desk:
        for _ in range(5):
            desk.now += timedelta(minutes=1)
            assert desk.fails().why is WhyNot.NO_ANSWER
        asked = len(desk.model.requests)
        desk.model.mode = honest
        desk.now += timedelta(minutes=9, seconds=59)
        assert desk.fails().why is WhyNot.NO_ANSWER
        assert len(desk.model.requests) == asked
        desk.now += timedelta(seconds=1)
        assert desk.write().status is Status.DECIDED


@pytest.mark.parametrize(
    ("between", "minutes"), [(honest, 1), (modes.error(404), 11)], ids=["an answer", "more than ten minutes"]
)
def test_after_four_failures_and_what_ends_their_row_it_is_asked_again(between: Mode, minutes: int) -> None:
    with at_desk(DOWN) as desk:
        for _ in range(4):
            assert desk.fails().why is WhyNot.NO_ANSWER
        desk.model.mode = between
        with suppress(NotWritten):
            desk.write()
        desk.now += timedelta(minutes=minutes)
        desk.model.mode = DOWN
        assert desk.fails().detail == "500"
        assert desk.fails().detail == "500"


def test_two_write_at_once() -> None:
    both = Event()

    def waiting(exchange: Exchange) -> None:
        if len(exchange.model.requests) > 1:
            both.set()
        assert both.wait(20)
        honest(exchange)

    with standing_in(waiting) as model, at_model(model) as desk, ThreadPoolExecutor(2) as pool:
        other = type(desk)(desk.writer, model)
        briefs = [each.result() for each in [pool.submit(one.write) for one in (desk, other)]]
    assert [each.status for each in briefs] == [Status.DECIDED] * 2


@pytest.mark.parametrize("pausing", [False, True])
def test_what_is_being_written_when_muster_ends_is_stopped(*, pausing: bool) -> None:
    asked = Event()

    def answer(exchange: Exchange) -> None:
        asked.set()
        (modes.error(429, retry_after="9") if pausing else modes.slow)(exchange)

    with at_desk(answer) as desk, ThreadPoolExecutor(1) as pool:
        writing = pool.submit(desk.write)
        assert asked.wait(20)
        desk.writer.close()
        with pytest.raises(Stopped):
            writing.result()
        with pytest.raises(Stopped):
            desk.write()
        assert not desk.purse.is_open
