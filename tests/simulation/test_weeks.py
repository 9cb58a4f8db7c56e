"""Weeks lived with Muster itself, and judged; a fixed seed of each kind of weather, and one that nobody chose."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.library import SHIPPED
from bot.simulate import PLAN, TRACE, Options, live
from sandbox.sight import texts
from sandbox.weather import Profile
from simulation.report import report
from simulation.verdict import Verdict, judge


def lived(folder: Path, *, seed: int, faults: Profile, members: int = 12) -> Verdict:
    live(Options(1, members, seed, faults), folder)
    return judge(folder / TRACE, folder / PLAN, SHIPPED)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("seed", "faults"), [(2, "mild"), (3, "heavy"), (None, "heavy")])
def test_every_promise_is_kept(tmp_path: Path, pytestconfig: pytest.Config, seed: int | None, faults: Profile) -> None:
    """The seed that nobody chose is the one that pytest prints when it begins."""
    chosen = pytestconfig.getoption("randomly_seed", default=0) if seed is None else seed
    verdict = lived(tmp_path, seed=chosen, faults=faults)
    assert verdict.exit_code == 0, f"seed {chosen}\n{report(verdict)}"


@pytest.mark.timeout(600)
def test_without_faults_every_promise_is_kept_and_the_same_seed_gives_the_same_messages(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        verdict = lived(tmp_path / name, seed=1, faults="none", members=10)
        assert verdict.exit_code == 0, report(verdict)
    assert seen(tmp_path / "one") == seen(tmp_path / "other")


def seen(folder: Path) -> list[Any]:
    """What could be read where and when, whatever the order of what came at one moment."""
    lines = [json.loads(line) for line in (folder / TRACE).read_text(encoding="utf-8").splitlines()]
    messages = [(line, line["message"]) for line in lines if line["kind"] == "message"]
    return sorted((line["at"], line["channel"], line["act"], m["text"], texts(m)) for line, m in messages)
