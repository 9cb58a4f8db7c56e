"""Every key of the format with every value it does not take: each is refused where it stands, and none is ignored."""

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.question_reader import SCALE_END_LIMIT
from domain.said import scale_text
from domain.template_file import BadTemplate, Path, Problem, key_text
from domain.template_format import HINT_LIMIT, TEMPLATE, Answers, Count, Flag, Keys, Many, Shape, Text
from domain.template_reader import read_template
from domain.templates import OPTION_LIMIT, PURPOSE_LIMIT, SCALE, TEXT_LIMIT, TITLE_LIMIT, Template
from surface.forms import OPTION_LIMIT as SLACKS_OPTION_LIMIT

HERE = "@@"
FULL: dict[str, Any] = {
    "id": "sync",
    "title": "Sync",
    "purpose": "One sentence.",
    "when": "every mon at 09:30",
    "who": ["everyone"],
    "facilitator": "@U024BE7LH",
    "closes": "8h",
    "remind": ["2h"],
    "post": {"to": ["channel"], "by": "function", "early": True, "brief": True},
    "ask": [
        {"id": "status", "text": "On track?", "type": "one", "options": ["Yes", "No"]},
        {
            "id": "why",
            "text": "What changed?",
            "type": "short",
            "hint": "In a word.",
            "optional": True,
            "for": ["legal"],
            "if": {"status": ["No"]},
            "into": "blocker.title",
        },
        {"id": "more", "text": "What else?", "type": "long", "split": "lines", "recall": "more"},
    ],
}
"""A template with every key of the format, without those that are refused whatever they say."""
APART = {"anonymous", "quiet", "about", "verdict", "over", "stop", "pass", "needs", "sets"}
"""Nobody can be asked apart in an anonymous one, a quiet one shows nothing early, as FULL does, a round has no day."""
WRONG = [
    *("", "~", "''", '" "', "[]", "{}", "[~]", "[[a]]", "[{a: b}]", "{a: b}", "[3]", "[yes]", "[sure, sure]"),
    *("3", "2.5", ".nan", "0x1F", "2026-01-06", "2026-01-06 10:00:00", "true", "no", '"true"', "sure", "=", "<<"),
    *("!!binary aGk=", "!other text", "!!set {a}", "!!bool sure", "x" * 5000, '"two\\nlines"'),
]
FREE = {"sure", '"true"'}
TAKEN: dict[str, set[str]] = {
    "id": FREE,
    "ask[2].id": FREE,
    "title": FREE,
    "purpose": FREE,
    "remind": {"[]"},
    "ask[1].text": FREE,
    "ask[2].text": FREE,
    "ask[2].hint": FREE,
    "ask[3].text": FREE,
    "ask[2].optional": {"true", "no"},
    "post.early": {"true", "no"},
    "post.brief": {"true", "no"},
}
"""What of these is right somewhere."""
OTHER: dict[str, Any] = {
    "title": "Another",
    "purpose": "Another.",
    "when": "every tue at 09:30",
    "who": ["legal"],
    "facilitator": "@U2",
    "closes": "9h",
    "remind": ["1h"],
    "ask[2].id": "reason",
    "ask[2].text": "Why?",
    "ask[2].type": "long",
    "ask[2].hint": "Or two.",
    "ask[1].options": ["Yes", "Mostly", "No"],
    "ask[2].optional": False,
    "ask[2].for": ["research"],
    "ask[2].if": {"status": ["Yes"]},
    "ask[3].recall": "why",
    "post.to": ["managers"],
    "post.by": "person",
    "post.early": False,
    "post.brief": False,
}
"""Of each key that can be said in two ways, the other."""
ONE_WAY = {"id", "ask", "post", "ask[2].into", "ask[3].split"}


def paths(data: Any, path: Path = ()) -> Iterator[Path]:
    """Of every key, at each place where it stands."""
    if isinstance(data, list):
        for place, item in enumerate(data):
            yield from paths(item, (*path, place)) if isinstance(item, dict) else ()
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key)
            yield from paths(value, (*path, key))


def keys(shape: Shape) -> Iterator[str]:
    if isinstance(shape, Many):
        yield from keys(shape.of)
    if isinstance(shape, Keys):
        for key, inner in shape.keys.items():
            yield key
            yield from keys(inner)


def texts(shape: Shape) -> Iterator[Text]:
    if isinstance(shape, Text):
        yield shape
    elif isinstance(shape, Many | Answers):
        yield from texts(shape.of)
    elif not isinstance(shape, Flag | Count):
        for inner in shape.keys.values():
            yield from texts(inner)


PLACES = [place for path in paths(FULL) if (place := key_text(path)) not in ("ask[1].id", "ask[3].id")]
"""Without the ids that a question names."""


def changed(place: str, value: Any) -> dict[str, Any]:
    path = next(path for path in paths(FULL) if key_text(path) == place)
    data = copy.deepcopy(FULL)
    inner: Any = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return data


def read(data: dict[str, Any], written: str = "") -> Template:
    """JSON is YAML; `written` stands as it is where the data has its mark."""
    return read_template(json.dumps(data, indent=1, ensure_ascii=False).replace(f'"{HERE}"', written))


def problems(place: str, written: str) -> list[Problem]:
    with pytest.raises(BadTemplate) as caught:
        read(changed(place, HERE), written)
    return caught.value.problems


def line_of(place: str) -> int:
    before, _, _ = json.dumps(changed(place, HERE), indent=1).partition(f'"{HERE}"')
    return before.count("\n") + 1


def test_the_full_template_has_every_key_of_the_format() -> None:
    assert {place.rpartition(".")[2] for place in PLACES} == {*keys(TEMPLATE), "status"} - APART
    assert read(FULL).id == "sync"


@pytest.mark.parametrize("place", PLACES)
def test_a_wrong_value_is_refused_where_it_stands(place: str) -> None:
    for written in WRONG:
        if written in TAKEN.get(place, ()):
            assert read(changed(place, HERE), written).ask
            continue
        found = [problem for problem in problems(place, written) if problem.key.startswith(place)]
        assert found, f"{place}: {written} is refused elsewhere only"
        assert {problem.line for problem in found} == {line_of(place)}
        assert all(problem.message for problem in found)
        assert max(len(problem.message) for problem in found) < 300, "a long text is not said again"


@pytest.mark.parametrize("place", PLACES)
def test_a_key_that_stands_twice_is_refused(place: str) -> None:
    key = place.rpartition(".")[2].partition("[")[0]
    value = json.dumps(changed(place, HERE)).partition(f'"{key}": "{HERE}"')
    with pytest.raises(BadTemplate, match="this key stands here twice; keep one"):
        read_template(f'{value[0]}"{key}": x, "{key}": y{value[2]}')


def test_every_key_counts() -> None:
    was = read(FULL)
    for place, value in OTHER.items():
        assert read(changed(place, value)) != was, place
    again = {"ask[3].text", "ask[3].type"}
    named = {place for place in PLACES if not place.startswith("ask[1].") and not place.endswith(".status")}
    assert named - again == {*OTHER, *ONE_WAY} - {"ask[1].options"}


@pytest.mark.parametrize(
    ("place", "limit"),
    [
        ("title", TITLE_LIMIT),
        ("purpose", PURPOSE_LIMIT),
        ("ask[2].text", TEXT_LIMIT),
        ("ask[2].hint", HINT_LIMIT),
    ],
)
def test_a_text_may_be_as_long_as_its_place_allows_and_no_longer(place: str, limit: int) -> None:
    assert "x" * limit in repr(read(changed(place, "x" * limit)))
    assert [problem.message for problem in problems(place, "x" * (limit + 1))] == [
        f"{limit + 1} characters are too long; at most {limit}"
    ]


def test_every_text_has_a_limit_that_slacks_form_takes() -> None:
    assert max(text.limit for text in texts(TEMPLATE)) <= 2000


@pytest.mark.parametrize(("kind", "limit"), [("one", OPTION_LIMIT), ("scale", SCALE_END_LIMIT)])
def test_an_option_may_be_as_long_as_slack_shows_it(kind: str, limit: int) -> None:
    data = copy.deepcopy(FULL)
    data["ask"] = [{"id": "status", "text": "On track?", "type": kind, "options": ["x" * limit, "No"]}]
    question = read(data).ask[0]
    shown = [scale_text(question, step) for step in SCALE] if kind == "scale" else question.options
    assert max(map(len, shown)) == SLACKS_OPTION_LIMIT
    data["ask"][0]["options"][0] += "x"
    with pytest.raises(BadTemplate, match=rf"too long.* at most {limit}"):
        read(data)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(place=st.sampled_from(PLACES), value=values)
@example(place="when", value="every " + "9" * 100 + " weeks on mon at 09:30")
@example(place="when", value="every 2 weeks on mon at 09:30 from 9999-12-31")
def test_whatever_stands_somewhere_is_read_or_refused_with_a_sentence(place: str, value: Any) -> None:
    with suppress(BadTemplate):
        assert read(changed(place, value)).ask
