"""One way to write a day for people: `domain/words.py`."""

import re
from datetime import date
from pathlib import Path

import pytest

from domain.words import day_text, days_text
from tests.surface.views import check_days

ROOT = Path(__file__).parents[2]
LAYERS = ("domain", "services", "surface", "handlers", "schedules", "web")
PARTS_OF_DAYS = re.compile(r"%[aAbBxc]")
WRITERS = {"domain/words.py"}


def test_a_day_reads_alike_everywhere() -> None:
    assert day_text(date(2026, 11, 3)) == "Tue 3 Nov 2026"
    assert days_text(date(2026, 11, 16), date(2026, 11, 22)) == "Mon 16 to Sun 22 Nov 2026"
    assert days_text(date(2026, 12, 28), date(2027, 1, 3)) == "Mon 28 Dec to Sun 3 Jan 2027"


def test_only_one_module_writes_days_for_people() -> None:
    files = [path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")]
    # Keys of rows, such as %Y-%m-%d, are read by nobody.
    found = {
        str(path.relative_to(ROOT))
        for path in files
        if PARTS_OF_DAYS.search(re.sub("%Y-?%m-?%d", "", path.read_text(encoding="utf-8")))
    }
    assert found == WRITERS


def test_a_day_that_a_program_would_read_is_found_where_people_read() -> None:
    check_days(["Type `/muster away 2026-12-01`. Due Tue 3 Nov 2026."])
    with pytest.raises(AssertionError):
        check_days(["Due 2026-11-03."])
