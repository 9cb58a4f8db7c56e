"""The schema that editors read takes what the reader takes and refuses what it refuses, as far as a schema can."""

import copy
import json
from contextlib import suppress
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.template_schema import template_schema
from tests.domain.test_template_values import FULL, HERE, OTHER, PLACES, WRONG, changed

SCHEMA = jsonschema.Draft202012Validator(template_schema())
ONLY_THE_READER = (
    "no time zone",
    "is no date; write it",
    "too far away",
    "is not in every year",
    "runs backwards",
    "is not after the question",
    "is no question of this file",
    "is no earlier question",
    "is not a question of type",
    "is not among the answers",
    "ids are unique",
    "asks nobody of",
    "no earlier question makes",
    "stands here twice",
    "read alike; keep one",
    "only a round has a subject",
    "only a round fills",
    "is among the answers of none",
    "cannot stop it and let it pass",
    "is no question of type",
    "must say why, and what would help",
    "offers such an answer",
)
"""What depends on the calendar, on other questions, or on how YAML writes a number."""
SENTENCES = [
    *("manual", "every weekday at 09:30", "every mon, thu at 09:30", "every mon,tue at 23:59 in Europe/Berlin"),
    *("every 2 weeks on tue at 10:00 in UTC from 2026-01-06", "every 52 weeks on tue at 10:00", "every day at 00:00"),
    *("every month on last wed at 11:00", "every quarter on 28 at 10:00", "every month on 9 at 10:00 in Asia/Tokyo"),
    *("cron 30 9 * * mon-fri in Europe/London", "cron 0 23 1,15-20 jan,3-5 * in UTC", "cron 5 8 * 12 sun in UTC"),
    *("'every  mon  at 09:30 '", "cron 0 9 * * * in UTC", "cron 0 24 * * mon in UTC", "cron 60 9 * * mon in UTC"),
    *("every mon at 24:00", "every mon at 9:30", "every mon at 09:60", "every month on 29 at 10:00", "mondays"),
    *("every 0 weeks on tue at 10:00", "every 53 weeks on tue at 10:00", "every mon at 09:30 from 2026-01-06"),
    *("every 2 weeks on tue at 10:00 from 2026-13-06", "every 2 weeks on tue at 10:00 from 2026-02-30"),
    *("every mon at 09:30 in Nowhere", "every fourth wed at 10:00", "every month on fourth wed at 10:00"),
    *("cron */5 9 * * mon in UTC", "cron 30 9 * * 1-5 in UTC", "cron 30 9 1 * mon in UTC", "cron 30 9 * 13 * in UTC"),
    *(
        "cron 30 9 32 * * in UTC",
        "cron 30 9 * * mon",
        "after decision proposed",
        "3 days before milestone due at 09:30",
    ),
]
PEOPLE = [
    *("legal", "leads", "everyone", "lead of legal", "2 of research", "1 of leads", "99 of everyone", "'@U024BE7LH'"),
    *("'@S0614TZR7'", "'#ml-news'", "'#über_3'", "lead of #a", "manager of @S1", "subject.approver", "lead of leads"),
    *("0 of legal", "100 of legal", "2 of @U1", "lead of 1 of legal", "1 of me", "me", "'#ML'", "'@x'", "law", "of"),
]
TIMES = ["8h", "2d", "999d", "0h", "1000d", "08h", "8", "h", "8 h", "'9h '"]
FREE = [
    "'x y'",
    "'{subject}?'",
    "Of {subject.title}",
    "'{closes} left'",
    "'{name}'",
    "' x'",
    "'a: b'",
    '"a\\tb"',
    "5.5",
]
INTO = [
    *("blocker.title", "blocker:infra.title", "blocker:x y.title", "blocker.owner", "blocker:X.title", "blocker.x"),
    *(
        "action.title",
        "action:x.title",
        "action.due",
        "action.owner",
        "risk.title",
        "subject.note",
        "measure:drift.value",
        "blocker",
    ),
]
OPTIONS = ["[A, B]", "[1, 2]", "[A]", "[]", f"[{'a' * 75}, b]", f"[{'a' * 76}, b]", "subject.options", "[a, b, c]"]
TRIED: dict[str, list[str]] = {
    "id": ["weekly_sync", "-a", "Sync It", "' sync '"],
    "title": FREE,
    "purpose": FREE,
    "when": SENTENCES,
    "who": [f"[{each}]" for each in PEOPLE],
    "facilitator": PEOPLE,
    "closes": TIMES,
    "remind": [f"[{each}]" for each in [*TIMES, "1h, 2h", "1h, 1h"]],
    "post": ["{by: function, brief: true}", "{brief: short}", "{to: channel}", "{}"],
    "post.to": ["channel", "[thread]", "['#ml-news', managers]", "' channel'", "[bosses]", "'#ML'"],
    "post.by": ["question", "person", "answer", "' answer '", "score", "subject", "mood"],
    "ask[1].type": ["many", "' one '", "scale", "number", "date", "user", "long", "short", "essay"],
    "ask[1].options": [*OPTIONS, f"[{', '.join('abcdefghijk')}]", f"[{', '.join('abcdefghij')}]"],
    "ask[2].type": ["long", "user", "date", "number", "one", "scale"],
    "ask[2].for": ["legal", "[leads]", "subject.driver", "[legal, law]", "' legal'"],
    "ask[2].if": ["{status: No}", "{status: 'No'}", "{nope: ['No']}", "{'a b': ['No']}", "{status: ['No', 'No']}"],
    "ask[2].into": INTO,
    "ask[3].type": ["short", "one", "number"],
    "ask[3].split": ["' lines '", "words"],
    "ask[3].recall": ["why", "status", "nope", "Why", "why-1"],
}


def compare(text: str) -> None:
    try:
        read_template(text)
        refused: list[str] = []
    except BadTemplate as error:
        refused = [problem.message for problem in error.problems]
    with suppress(yaml.YAMLError):
        agree(refused, SCHEMA.is_valid(yaml.safe_load(text)))


def agree(refused: list[str], takes: bool) -> None:
    if not refused:
        assert takes, "editors mark what is right"
    elif takes:
        assert not [each for each in refused if not any(known in each for known in ONLY_THE_READER)]


def written(data: Any, here: str) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False).replace(f'"{HERE}"', here)


@pytest.mark.parametrize("place", TRIED)
def test_editors_and_the_reader_agree_on_what_may_stand_at_a_key(place: str) -> None:
    data = changed(place, HERE)
    if place == "who":
        data["ask"][1].pop("for")
    for here in TRIED[place]:
        compare(written(data, here))


@pytest.mark.parametrize("more", [{}, {"split": "lines"}])
@pytest.mark.parametrize("into", ["action.title", "action:x.title", "blocker.title", "action.due"])
@pytest.mark.parametrize("kind", ["long", "short", "date"])
def test_editors_and_the_reader_agree_on_what_an_answer_becomes(kind: str, into: str, more: dict[str, str]) -> None:
    title = {"id": "what", "text": "What?", "type": "short", "into": "action.title"}
    compare(json.dumps({**FULL, "ask": [title, {"id": "more", "text": "More?", "type": kind, "into": into, **more}]}))


@settings(max_examples=50)
@given(place=st.sampled_from(PLACES), here=st.sampled_from([each for each in WRONG if "!" not in each]))
def test_editors_mark_a_wrong_value_wherever_it_stands(place: str, here: str) -> None:
    compare(written(changed(place, HERE), here))


@settings(max_examples=50)
@given(st.lists(st.sampled_from(sorted(OTHER)), unique=True), st.sets(st.sampled_from(PLACES), max_size=2))
def test_editors_and_the_reader_agree_on_several_changes_at_once(others: list[str], without: set[str]) -> None:
    data = copy.deepcopy(FULL)
    for place in others:
        _inner(data, place)[_key(place)] = OTHER[place]
    for place in sorted(without, key=len, reverse=True):
        _inner(data, place).pop(_key(place), None)
    compare(json.dumps(data))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"post": {"by": "question"}},
        {"post": {"by": "person"}},
        {"post": {"early": True}},
        {"post": {"early": False}},
        {"post": {"quiet": True}},
        {"when": "manual", "who": ["me"]},
        {"who": ["me"]},
        {"who": ["me", "legal"], "when": "manual"},
        {"anonymous": 0},
        {"anonymous": 101},
        {"anonymous": True},
        {"anonymous": "5"},
        {"ask": [{**FULL["ask"][0], "for": ["legal"]}]},
    ],
)
def test_editors_know_what_an_anonymous_ritual_and_one_for_whoever_starts_it_cannot_have(
    change: dict[str, Any],
) -> None:
    plain = {name: value for name, value in FULL.items() if name != "post"}
    compare(json.dumps({**plain, "anonymous": 5, "ask": FULL["ask"][:1], **change}))


def _inner(data: Any, place: str) -> Any:
    first, _, rest = place.partition(".")
    if not rest:
        return data
    name, _, number = first.partition("[")
    inner = data.get(name, {})
    return _inner(inner[int(number[:-1]) - 1] if number else inner, rest)


def _key(place: str) -> str:
    return place.rpartition(".")[2]
