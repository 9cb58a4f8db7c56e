"""Weeks lived with Muster itself, and judged; a fixed seed, and one that nobody chose."""

from pathlib import Path

import pytest

from bot.library import SHIPPED
from bot.simulate import PLAN, TRACE, Options, live
from sandbox.weather import Profile
from simulation.report import report
from simulation.verdict import Verdict, judge
from tests.newest import number_of_commit


def lived(folder: Path, *, seed: int, faults: Profile, members: int = 10) -> Verdict:
    live(Options(1, members, seed, faults), folder)
    return judge(folder / TRACE, folder / PLAN, SHIPPED)


@pytest.mark.timeout(600)
def test_every_promise_is_kept_in_a_week_of_heavy_faults(tmp_path: Path) -> None:
    every_promise_is_kept(lived(tmp_path, seed=3, faults="heavy"))


@pytest.mark.timeout(600)
def test_every_promise_is_kept_in_a_week_that_nobody_chose(tmp_path: Path) -> None:
    """Its seed is the number that pytest prints when it begins."""
    every_promise_is_kept(lived(tmp_path, seed=number_of_commit(), faults="mild"))


def every_promise_is_kept(verdict: Verdict) -> None:
    assert verdict.exit_code == 0, f"\n{report(verdict)}"
