"""What leaves the machine: the smallest request there is, and nothing that leads to a person."""

import json
import logging
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from benchmarks.annotated import load_half
from briefs.endpoint.contract import Format
from briefs.schema import SCHEMA
from domain.briefs import Status, WhyNot
from domain.language_models import NotWritten
from domain.threads import Thread
from tests.briefs.talk import said, talk
from tests.model import modes
from tests.model.answering import honest
from tests.model.server import in_turn, standing_in
from tests.model.writing import LONG, TALK, at_desk, at_model

SECRETS = ("xoxb-" + "1234567890-abcdefgh", "hunter2hunter2", "ana@acme.example", "+49 170 1234567", "10.1.2.3")
NASTY = talk(
    "ana: Ana Weber, ana, Ben's plan, ben okafor and @Cleo Duarte: shall we ask #legal or #board-private?",
    said("ben", f"The token is {SECRETS[0]}, password: {SECRETS[1]}", mentions=["cleo"], reactions={"+1": ["dan"]}),
    f"cleo: Mail {SECRETS[2]} or call {SECRETS[3]}, the server is {SECRETS[4]} for UANA and <@U0BEN1234>",
    "dan: See https://acme.slack.com/archives/C012ABCDEF0/p1795424400000000, we decided it with Okafor",
)


def test_the_request_is_the_smallest_that_every_server_knows() -> None:
    with at_desk(honest) as desk:
        desk.write()
        (request,) = desk.model.requests
    assert request.path == "/v1/chat/completions"
    assert set(request.body) == {"model", "messages", "response_format", "max_tokens"}
    assert request.body["model"] == "test-model"
    assert [set(each) for each in request.body["messages"]] == [{"role", "content"}] * 2
    assert [each["role"] for each in request.body["messages"]] == ["system", "user"]
    form = request.body["response_format"]
    assert (form["type"], form["json_schema"]["schema"]) == ("json_schema", SCHEMA)
    assert request.body["max_tokens"] == 3_000
    assert request.lines
    assert "BEGIN" not in request.body["messages"][0]["content"].split("END that carry")[1]


def test_what_is_set_is_sent() -> None:
    changed: dict[str, Any] = {
        "merges_system": True,
        "extra_body": {"keep_alive": "5m", "temperature": 0.2},
        "format": Format.PLAIN,
        "output_tokens": 2_000,
        "api_key": "key-1",
    }
    with at_desk(honest, **changed) as desk:
        desk.write()
        (request,) = desk.model.requests
    assert set(request.body) == {"model", "messages", "temperature", "keep_alive", "max_tokens"}
    assert [each["role"] for each in request.body["messages"]] == ["user"]
    assert request.body["max_tokens"] == 2_000
    assert request.headers["authorization"] == "Bearer key-1"


HEADERS = {"host", "accept", "accept-encoding", "authorization", "content-type", "content-length", "user-agent"}


def test_no_header_tells_of_the_machine_and_no_variable_adds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with standing_in(honest) as elsewhere, standing_in(honest) as model:
        for name, value in {
            "OPENAI_API_KEY": "sk-" + "of-somebody-else",
            "OPENAI_BASE_URL": elsewhere.url,
            "OPENAI_ORG_ID": "org-1",
            "OPENAI_PROJECT_ID": "proj-1",
            "OPENAI_CUSTOM_HEADERS": "X-Team: secret\nAuthorization: Bearer other\nuser-agent: spy\nHost: evil.example",
            "OPENAI_LOG": "debug",
            "HTTP_PROXY": elsewhere.url,
            "http_proxy": elsewhere.url,
            "ALL_PROXY": elsewhere.url,
        }.items():
            monkeypatch.setenv(name, value)
        with at_model(model) as desk:
            desk.write()
        (request,) = model.requests
        assert not elsewhere.requests
    assert set(request.headers) == HEADERS
    assert request.headers["authorization"] == "Bearer none"
    assert request.headers["user-agent"] == "Muster"
    assert request.headers["host"] in model.url


def test_a_proxy_is_used_if_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    with standing_in(honest) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        with at_model(proxy, base_url="http://model.invalid/v1", trust_env=True) as desk:
            assert desk.write().status is Status.DECIDED
        assert proxy.requests[0].path == "http://model.invalid/v1/chat/completions"


def test_a_redirect_is_not_followed() -> None:
    with standing_in(honest) as elsewhere, at_desk(modes.redirecting(elsewhere)) as desk:
        assert desk.fails().why is WhyNot.NOT_SET_UP
        assert len(desk.model.requests) == 1
        assert not elsewhere.requests


def test_no_cookie_is_kept() -> None:
    with at_desk(in_turn(modes.error(503, set_cookie="who=you"), honest)) as desk:
        desk.write()
        assert all("cookie" not in each.headers for each in desk.model.requests)


LADDER = [
    (("json_schema",), {"response_format": {"type": "json_object"}}),
    (("response_format",), {}),
    (("max_tokens",), {"max_completion_tokens": 3_000}),
    (("max_tokens", "max_completion_tokens"), {}),
    (("temperature",), {}),
    (("temperature", "response_format", "max_tokens", "max_completion_tokens"), {}),
]


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize(("refused", "instead"), LADDER)
def test_what_a_server_refuses_by_its_name_is_left_out_and_that_is_remembered(
    refused: tuple[str, ...], instead: dict[str, Any], status: int
) -> None:
    with at_desk(modes.refusing_field(*refused, status=status), extra_body={"temperature": 0}) as desk:
        assert desk.write().status is Status.DECIDED
        first = len(desk.model.requests)
        assert desk.write().status is Status.DECIDED
        assert (first > 1, len(desk.model.requests)) == (True, first + 1)
        body = desk.model.requests[-1].body
        assert desk.purse.settled[0][1] == 0
    assert {key: body[key] for key in instead} == instead
    for name in refused:
        assert name not in body
        assert name != body.get("response_format", {}).get("type")


def test_a_hint_at_the_other_name_is_understood() -> None:
    says = "Unsupported parameter: '{name}' is not supported with this model. Use 'max_completion_tokens' instead."
    with at_desk(modes.refusing_field("max_tokens", says=says)) as desk:
        desk.write()
        assert "max_completion_tokens" in desk.model.requests[-1].body


def test_what_was_set_by_hand_is_not_changed() -> None:
    with at_desk(modes.refusing_field("response_format"), format=Format.OBJECT) as desk:
        assert desk.fails().why is WhyNot.NOT_SET_UP
        assert len(desk.model.requests) == 1


def _threads() -> Iterator[Thread]:
    yield from (found.thread for found in load_half("tuning"))
    yield NASTY


def test_nothing_of_who_wrote_it_leaves_the_machine() -> None:
    mode = in_turn(*chain.from_iterable([modes.prose, honest] for _ in range(3)), modes.cut_off, honest)
    with at_desk(mode, context_tokens=64_000) as desk:
        for thread in _threads():
            begun = len(desk.model.requests)
            try:
                desk.write(thread)
            except NotWritten as failed:
                assert failed.why is WhyNot.OFF_THREAD  # noqa: PT017 - whatever the answer is worth
            for request in desk.model.requests[begun:]:
                _tells_nobody(request.raw.decode(), json.loads(request.raw), thread)


def _tells_nobody(raw: str, body: dict[str, Any], thread: Thread) -> None:
    told = "\n".join(each["content"] for each in body["messages"]).split("\n{", 1)[-1]
    for person, name in thread.names.items():
        for word in (name, *(part for part in name.split() if _is_telling(part))):
            assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", told), (person, word)
    for message in thread.messages:
        assert message.ts not in raw
    assert not re.search(r"(?<![^\s(])#(?!channel-\d)[a-z][\w-]+", told)
    assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", told)
    assert not re.search(r"U0[A-Z0-9]{6,}|UANA|archives/C0", told)
    assert not any(each in raw for each in SECRETS)


def _is_telling(part: str) -> bool:
    """A word that is no name anywhere else."""
    return len(part) > 3 and part[0].isupper()


def test_the_log_of_the_sdk_stays_quiet(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("openai").setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG), at_desk(in_turn(modes.error(500), honest)) as desk:
        desk.write()
    assert not [each for each in caplog.records if each.name.split(".")[0] in ("openai", "httpx2", "httpcore2")]


def test_windows_share_nothing_that_says_whose_thread_it_is() -> None:
    with at_desk(modes.reading_at_most(3_000), context_tokens=30_000) as desk:
        desk.write(LONG)
        assert not any("Ana" in each.text or "UANA" in each.text for each in desk.model.requests)


def test_ids_are_others_in_each_brief() -> None:
    with at_desk(honest) as desk:
        desk.write(TALK, seed=1)
        desk.write(TALK, seed=2)
        first, second = ({line["id"] for line in each.lines} for each in desk.model.requests)
    assert first.isdisjoint(second)
