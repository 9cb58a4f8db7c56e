"""The settings of a language model."""

from pathlib import Path

import pytest

from bot.settings import read_settings
from bot.settings_model import ModelSettings
from briefs.endpoint.contract import EndpointSettings, Format
from domain.errors import UserError

LOCAL = "http://127.0.0.1:11434/v1"
SET_UP = {"BASE_URL": LOCAL, "MODEL": "qwen3:8b"}


def read(**given: str) -> ModelSettings | None:
    return read_settings({f"MUSTER_LLM_{name}": value for name, value in given.items()}, Path("nowhere")).model


def test_there_is_none_unless_one_is_set_up() -> None:
    assert read() is None
    assert read(BASE_URL="", MODEL=" ") is None


def test_an_address_and_a_model_are_enough() -> None:
    assert read(**SET_UP) == ModelSettings(EndpointSettings(LOCAL, "qwen3:8b"), tokens_a_day=500_000)


def test_all_of_them(tmp_path: Path) -> None:
    authority = tmp_path / "own.pem"
    authority.touch()
    assert read(
        **SET_UP | {"BASE_URL": "https://models.corp.example/v1/"},
        API_KEY="sk-hidden",
        CONTEXT_TOKENS="32768",
        OUTPUT_TOKENS="4000",
        DAILY_TOKENS="1000000",
        DEADLINE="240",
        FORMAT="json_object",
        SYSTEM_ROLE="merge",
        EXTRA_BODY='{"temperature": 0}',
        CA_FILE=str(authority),
        USE_PROXY="yes",
    ) == ModelSettings(
        EndpointSettings(
            "https://models.corp.example/v1",
            "qwen3:8b",
            "sk-hidden",
            context_tokens=32_768,
            output_tokens=4_000,
            deadline=240,
            format=Format.OBJECT,
            merges_system=True,
            extra_body={"temperature": 0},
            ca_file=authority,
            trust_env=True,
        ),
        tokens_a_day=1_000_000,
    )


def test_the_key_is_in_nothing_that_is_printed() -> None:
    assert "sk-hidden" not in repr(read(**SET_UP, API_KEY="sk-hidden"))


def test_people_are_told_model_and_host() -> None:
    found = read(BASE_URL="https://models.corp.example:8443/v1", MODEL="qwen3:8b")
    assert found
    assert found.endpoint.name == "qwen3:8b at models.corp.example:8443"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"BASE_URL": LOCAL}, "needs both MUSTER_LLM_BASE_URL and MUSTER_LLM_MODEL"),
        ({"MODEL": "qwen3:8b"}, "needs both"),
        ({"API_KEY": "sk-hidden"}, "needs both"),
        (SET_UP | {"BASE_URL": "127.0.0.1:11434"}, "MUSTER_LLM_BASE_URL is no web address. Write http"),
        (SET_UP | {"BASE_URL": "http://models.example.org/v1"}, "would cross the network for all to read"),
        (SET_UP | {"BASE_URL": "http://8.8.8.8/v1"}, "would cross the network for all to read"),
        (SET_UP | {"BASE_URL": "https://me:sk-hidden@models.example.org/v1"}, "into MUSTER_LLM_API_KEY instead"),
        (SET_UP | {"CONTEXT_TOKENS": "some"}, "MUSTER_LLM_CONTEXT_TOKENS is not understood. Write 8192"),
        (SET_UP | {"CONTEXT_TOKENS": "4096"}, "MUSTER_LLM_CONTEXT_TOKENS has to be 6000 or more"),
        (SET_UP | {"OUTPUT_TOKENS": "6000"}, "MUSTER_LLM_CONTEXT_TOKENS has to be 9000 or more"),
        (SET_UP | {"DEADLINE": "541"}, "Write 90, in seconds, at most 540"),
        (SET_UP | {"OUTPUT_TOKENS": "many"}, "MUSTER_LLM_OUTPUT_TOKENS is not understood. Write 3000"),
        (SET_UP | {"DAILY_TOKENS": "0"}, "MUSTER_LLM_DAILY_TOKENS is not understood. Write 500000"),
        (SET_UP | {"DEADLINE": "90s"}, "Write 90, in seconds"),
        (SET_UP | {"FORMAT": "yaml"}, "Write one of auto, json_schema, json_object, plain"),
        (SET_UP | {"SYSTEM_ROLE": "developer"}, "Write system or merge"),
        (SET_UP | {"EXTRA_BODY": "[1]"}, "Write a JSON object such as"),
        (SET_UP | {"EXTRA_BODY": "{"}, "Write a JSON object such as"),
        (SET_UP | {"CA_FILE": "gone.pem"}, "Write the name of a file that is there"),
        (SET_UP | {"USE_PROXY": "maybe"}, "Write yes or no"),
        (SET_UP | {"TEMPERATURE": "0"}, "MUSTER_LLM_TEMPERATURE is no setting of Muster"),
    ],
)
def test_a_wrong_one_gets_a_sentence(given: dict[str, str], said: str) -> None:
    with pytest.raises(UserError) as refused:
        read(**given)
    assert said in str(refused.value)
    assert "sk-hidden" not in str(refused.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.5", "192.168.1.20", "[::1]", "localhost", "ollama"])
def test_to_a_machine_of_ones_own_network_plain_http_will_do(host: str) -> None:
    assert read(BASE_URL=f"http://{host}:11434/v1", MODEL="qwen3:8b")
