"""`muster doctor --llm` is told what a server can do."""

from typing import Any

import pytest

from briefs.endpoint.contract import EndpointSettings, Format, TokenLimit
from briefs.endpoint.probing import Probed, probe
from domain.briefs import WhyNot
from tests.briefs.answers import chance
from tests.model import modes
from tests.model.answering import honest
from tests.model.server import Mode, nobody_there, standing_in
from tests.model.writing import NOW


def probed(mode: Mode, **changed: Any) -> tuple[Probed, int]:
    with standing_in(mode) as model:
        settings = EndpointSettings(**{"base_url": model.url, "model": "test-model", "deadline": 60.0, **changed})
        return probe(settings, lambda: NOW, chance()), max((len(each.text) for each in model.requests), default=0)


@pytest.mark.parametrize("context", [8_192, 32_768])
def test_a_server_is_asked_with_nearly_as_much_as_it_is_set_to_read(context: int) -> None:
    found, sent = probed(honest, context_tokens=context)
    assert (found.why_not, found.failed, found.tells_usage) == (None, 0, True)
    assert (found.format, found.token_limit) == (Format.SCHEMA, TokenLimit.MAX_TOKENS)
    assert found.of > 3
    assert 0.9 < sent / 3 / (context - 3_000) <= 1


def test_what_a_server_takes_is_told() -> None:
    found, _ = probed(modes.refusing_field("json_schema", "max_tokens"))
    assert (found.format, found.token_limit) == (Format.OBJECT, TokenLimit.MAX_COMPLETION_TOKENS)
    assert not probed(modes.without_usage)[0].tells_usage


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        (modes.cutting(1_000), WhyNot.TOO_LONG),
        (modes.reading_at_most(1_000), WhyNot.TOO_LONG),
        (modes.prose, WhyNot.NOT_USABLE),
        (modes.cut_off, WhyNot.NOT_FINISHED),
        (modes.error(401), WhyNot.NOT_SET_UP),
    ],
)
def test_what_is_wrong_is_told_after_one_request(mode: Mode, why: WhyNot) -> None:
    assert probed(mode)[0].why_not is why


def test_nobody_there_and_no_room_are_told() -> None:
    assert probed(honest, base_url=nobody_there())[0].why_not is WhyNot.NO_ANSWER
    found, sent = probed(honest, context_tokens=4_000)
    assert (found.why_not, sent) == (WhyNot.TOO_LONG, 0)
