"""Weeks lived with Muster itself, and judged; a fixed seed of each kind of weather, and one that nobody chose."""

from pathlib import Path

import pytest

from bot.library import SHIPPED
from bot.simulate import PLAN, TRACE, Options, live
from sandbox.weather import Profile
from simulation.report import report
from simulation.verdict import Verdict, judge


def lived(folder: Path, *, seed: int, faults: Profile, members: int = 10) -> Verdict:
    live(Options(1, members, seed, faults), folder)
    return judge(folder / TRACE, folder / PLAN, SHIPPED)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("seed", "faults"), [(3, "heavy"), (None, "mild")])
def test_every_promise_is_kept(tmp_path: Path, pytestconfig: pytest.Config, seed: int | None, faults: Profile) -> None:
    """The seed that nobody chose is the one that pytest prints when it begins."""
    chosen = pytestconfig.getoption("randomly_seed", default=0) if seed is None else seed
    verdict = lived(tmp_path, seed=chosen, faults=faults)
    assert verdict.exit_code == 0, f"seed {chosen}\n{report(verdict)}"
