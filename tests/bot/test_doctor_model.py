"""What `muster doctor` says of the language model."""

from pathlib import Path

import pytest

from bot.doctor_model import MEND, language_model, tried
from bot.findings import Finding
from bot.settings import Settings
from bot.settings_model import ModelSettings
from briefs.endpoint.contract import EndpointSettings
from domain.briefs import WhyNot
from sandbox.server import Sandbox
from tests.bot.command import muster, tokens
from tests.model.answering import honest
from tests.model.modes import error
from tests.model.server import nobody_there, standing_in


def with_model(url: str) -> Settings:
    return Settings(model=ModelSettings(EndpointSettings(url, "small-1", context_tokens=6_500)))


def found(settings: Settings) -> Finding:
    (finding,) = tried(settings)
    return finding


def test_without_one_nothing_is_to_be_mended() -> None:
    (finding,) = language_model(Settings())
    assert (finding.found, finding.mend) == ("none is set up; briefs are drawn up by rules", "")
    assert found(Settings()) == finding


def test_one_that_is_set_up_is_not_asked_unless_it_is_to_be() -> None:
    with standing_in(honest) as model:
        (finding,) = language_model(with_model(model.url))
        assert "small-1 at 127.0.0.1" in finding.found
        assert model.requests == []


def test_one_that_does_its_work_is_described() -> None:
    with standing_in(honest) as model:
        finding = found(with_model(model.url))
        assert not finding.mend
        assert "format json_schema, limit max_tokens, read to both ends, says how much it used" in finding.found


@pytest.mark.parametrize(
    ("status", "mend"),
    [(401, "Check MUSTER_LLM_API_KEY if it says 401"), (404, "Check MUSTER_LLM_MODEL, and the end of")],
)
def test_one_that_does_not_is_to_be_mended(status: int, mend: str) -> None:
    with standing_in(error(status)) as model:
        assert found(with_model(model.url)).mend.startswith(mend)


def test_one_that_is_not_there_is_to_be_started() -> None:
    assert found(with_model(nobody_there())).mend == "Check MUSTER_LLM_BASE_URL, and that the server runs."


def test_there_is_something_to_do_whatever_a_server_does() -> None:
    """The two others are about a channel and an allowance, which nothing of the doctor's has."""
    assert set(WhyNot) - set(MEND) == {WhyNot.OFF_HERE, WhyNot.USED_UP}


def test_the_command_asks_it_and_its_exit_code_tells(box: Sandbox, tmp_path: Path) -> None:
    with standing_in(honest) as model:
        given = tokens(box, tmp_path / "muster.db", LLM_BASE_URL=model.url, LLM_MODEL="small-1")
        asked = muster("doctor", "--llm", settings=given)
        assert (asked.returncode, len(model.requests)) == (0, 1)
        assert "ok    language model: small-1 at 127.0.0.1" in asked.stdout
