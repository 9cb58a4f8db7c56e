"""What this machine lacks, and how many tests did not run for want of it."""

import os
import shutil
from collections import Counter
from typing import NoReturn

import pytest

_MARK = "needs "

_not_run: Counter[str] = Counter()


def cannot_run(tool: str, install: str) -> NoReturn:
    """Skips the test and remembers it. Under CI=true everything must run, so there the test fails."""
    reason = " ".join(f"{_MARK}{tool}; to install it: {install}".split())
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def package_command(*packages: str) -> str:
    """What to type here to install Debian packages, or to ask another system for their like."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        return f"your system's packages {names}"
    return f"{'' if os.geteuid() == 0 else 'sudo '}apt-get install {names}"


def note(report: pytest.TestReport) -> None:
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if reason.startswith(_MARK):
            _not_run[reason] += 1


def last_line() -> str:
    """One line that names what did not run; empty when everything did."""
    if not _not_run:
        return ""
    return "Not run: " + ". ".join(
        f"{count} {'test' if count == 1 else 'tests'}, {reason}" for reason, count in sorted(_not_run.items())
    )
