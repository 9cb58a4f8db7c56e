"""What every ritual of the library promises to those it asks, and the schema that editors read."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.library import SHIPPED, BadLibrary, check, read_library, schema_text, shipped_library, shipped_rounds
from domain import cadence, hours
from domain.answering_time import MOST_SECONDS, Measured, seconds_to_answer, time_text
from domain.people import FUNCTIONS, Person
from domain.templates import Seat, Template
from domain.windows import window
from surface.library import library_view

LIBRARY = [*shipped_library().values(), *shipped_rounds().values()]
ASKED_BY_ITSELF = [template for template in LIBRARY if template.cadence]
ANA = Person("T1", "UANA", "Ana", "Europe/Berlin")
SCHEMA = jsonschema.Draft202012Validator(json.loads(schema_text()))
GOOD = """
id: sync
title: Sync
purpose: One sentence.
when: every mon at 09:30
who: [everyone]
ask:
  - {id: status, text: On track, type: one, options: ["Yes", 2]}
  - {id: why, text: Why, type: long, if: {status: ["Yes"]}, split: lines, into: blocker.title}
"""


@pytest.mark.parametrize("template", LIBRARY, ids=lambda each: each.id)
def test_nobody_needs_more_than_three_minutes_even_with_every_question_answered(template: Template) -> None:
    for function in (*FUNCTIONS, None):
        usual, most = (seconds_to_answer(template, Seat(function), in_full=in_full) for in_full in (False, True))
        assert usual <= most <= MOST_SECONDS, f"{function} needs {most:.0f} seconds"


def test_what_is_optional_or_depends_on_a_click_counts_in_part() -> None:
    sync = shipped_library()["fail-celebration"]
    assert seconds_to_answer(sync, Seat(), in_full=True) == pytest.approx(27 * 3 + 103 / 25)
    assert seconds_to_answer(sync, Seat()) < seconds_to_answer(sync, Seat(), in_full=True) * 0.7


def test_the_library_says_how_long_an_answer_takes() -> None:
    library = shipped_library()
    assert time_text(library["ml-intake"]) == "about 2 minutes"
    assert time_text(library["weekly-sync"], [Seat("legal")]) == "about a minute"
    assert time_text(library["model-health"], [Seat("ml")]) == "about half a minute"
    intake = {"ml-intake": library["ml-intake"]}
    assert "about 2 minutes ·" in str(library_view(intake, (), (), "C1", {}))
    assert "about 2 minutes; here 1 min 40 s ·" in str(
        library_view(intake, (), (), "C1", {"ml-intake": Measured(100, 5)})
    )


@pytest.mark.parametrize("template", ASKED_BY_ITSELF, ids=lambda each: each.id)
def test_it_asks_and_reminds_within_working_hours_without_moving_anything(template: Template) -> None:
    assert template.cadence
    day: date | None = date(2026, 1, 1)
    for _ in range(20):
        day = cadence.next_date(template.cadence, after=day) if day else None
        assert day
        found = window(template, ANA, day)
        assert found
        assert found.due == cadence.moment(day, template.cadence.at, ANA.zone)
        wanted = [hours.subtract(ANA, found.deadline, before) for before in template.remind]
        assert list(found.reminders) == sorted(wanted), "a reminder would have moved"
        assert hours.is_working(ANA, found.deadline - timedelta(seconds=1))


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_editors_know_every_shipped_file(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=schema.json\n")
    SCHEMA.validate(yaml.safe_load(text))


def test_a_folder_is_checked_file_by_file_and_the_problems_are_counted(tmp_path: Path) -> None:
    assert check([tmp_path]) == ("There is no template there; the files of templates end in .yaml.", False)
    (tmp_path / "sync.yaml").write_text(GOOD, encoding="utf-8")
    assert check([tmp_path, tmp_path / "sync.yaml"]) == ("1 template is fine.", True)
    (tmp_path / "other.yaml").write_text(GOOD.replace("ask:", "closes: 8\nask:"), encoding="utf-8")
    (tmp_path / "third.yml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "fourth.yaml").write_bytes(b"\xff\xfe")
    said, is_fine = check([tmp_path])
    assert not is_fine
    assert said.replace(f"{tmp_path}/", "").splitlines() == [
        "fourth.yaml: this is no plain text; save it as UTF-8",
        'other.yaml:2: id: the id is the name of the file; write "other"',
        'other.yaml:7: closes: "8" is no duration; write a whole number and h or d, such as 4h or 2d',
        "third.yml: Muster reads templates from files that end in .yaml; name it third.yaml",
        "4 problems in 3 of 4 files.",
    ]
    with pytest.raises(BadLibrary, match=r"name it third\.yaml"):
        read_library(tmp_path)


def test_the_docs_list_the_whole_library() -> None:
    page = (SHIPPED.parent / "docs" / "rituals.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == sorted(each.id for each in LIBRARY)


def test_the_shipped_schema_is_the_one_of_this_format() -> None:
    assert (SHIPPED / "schema.json").read_text(encoding="utf-8") == schema_text(), (
        "run: muster rituals schema > rituals/schema.json"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: sync", "id: Sync It"),
        ("id: sync", "ident: sync"),
        ("title: Sync", "title: A title that is much too long"),
        ("purpose: One sentence.", ""),
        ("every mon at 09:30", "mondays"),
        ("every mon at 09:30", "cron 30 9 * * mon"),
        ("[everyone]", "[resaerch]"),
        ("[everyone]", "[lead of 3]"),
        ("[everyone]", "everyone"),
        ("ask:", "closes: 8\nask:"),
        ("ask:", "remind: [soon]\nask:"),
        ("ask:", "anonymous: 0\nask:"),
        ("ask:", "post: {to: [bosses]}\nask:"),
        ("ask:", "post: {by: mood}\nask:"),
        ("type: long", "type: essay"),
        ("split: lines", "split: words"),
        ("into: blocker.title", "into: risk.title"),
        ("text: Why", "text: " + "x" * 121),
        ("text: Why,", "text: Why, hint: [a],"),
        ("text: Why,", "text: Why, for: [law],"),
        ("text: Why,", "text: Why, for: [2 of legal],"),
        ("id: why, ", ""),
    ],
)
def test_editors_mark_what_the_reader_would_refuse(old: str, new: str) -> None:
    assert old in GOOD
    assert SCHEMA.is_valid(yaml.safe_load(GOOD))
    assert not SCHEMA.is_valid(yaml.safe_load(GOOD.replace(old, new, 1)))


@pytest.mark.parametrize(
    "line",
    [
        "when: manual",
        "when: every 2 weeks on tue at 10:00 in Europe/Berlin from 2026-01-06",
        "when: cron 30 9 * * mon-fri in Europe/London",
        'who: ["@U024BE7LH", "@S0614TZR7", "#ml-news", 2 of research, lead of legal]',
        "facilitator: 1 of leads",
        'post: {to: [managers, "#ml-news"], by: answer, early: true}',
        "anonymous: 5",
    ],
)
def test_editors_take_every_way_to_say_a_key(line: str) -> None:
    key = line.partition(":")[0]
    rest = [each for each in GOOD.splitlines() if not each.startswith(f"{key}:")]
    assert SCHEMA.is_valid(yaml.safe_load("\n".join([*rest, line])))


@pytest.mark.parametrize("whom", ["legal", "leads", "lead of legal", '"@U024BE7LH"', '"@S0614TZR7"', '"#ml-news"'])
def test_editors_take_everybody_a_question_may_be_for(whom: str) -> None:
    assert SCHEMA.is_valid(yaml.safe_load(GOOD.replace("text: Why,", f"text: Why, for: [{whom}],")))
