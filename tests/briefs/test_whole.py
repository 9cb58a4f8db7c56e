"""Check 1: what is no brief at all."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.checks.whole import MOST_BYTES, Unusable, Why, read
from briefs.schema import SCHEMA
from tests.briefs.answers import THREAD, Answered, empty, honest, request_of

REQUEST = request_of(*THREAD)
GOOD = json.dumps(honest(REQUEST))


def why(content: str) -> Why:
    with pytest.raises(Unusable) as refused:
        read(content, REQUEST)
    return refused.value.why


def changed(**parts: object) -> Answered:
    return honest(REQUEST) | parts


def test_an_answer_of_the_schema_is_read() -> None:
    assert read(GOOD, REQUEST).decision.status == "decided"
    jsonschema.validate(honest(REQUEST), dict(SCHEMA))
    jsonschema.validate(empty(REQUEST), dict(SCHEMA))


@pytest.mark.parametrize(
    "content", [f"```json\n{GOOD}\n```", f"```\n{GOOD}\n```\n", f"<think>\n{{}} no\n</think>\n{GOOD}"]
)
def test_a_fence_and_one_leading_thought_are_taken_off(content: str) -> None:
    assert read(content, REQUEST).language == "en"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "I cannot help with that.",
        f"{GOOD} {GOOD}",
        f"{GOOD}\n<think>more</think>",
        f"<think>a</think><think>b</think>{GOOD}",
        f"Here it is: {GOOD}",
        GOOD[:-1],
        "[" * 30_000,
        GOOD.replace('"language": "en"', '"language": "en", "language": "de"'),
        GOOD.replace('"en"', "NaN"),
        GOOD.replace('"en"', "1" * 5_000),
    ],
)
def test_what_is_not_one_json_object_is_refused_and_may_be_repaired(content: str) -> None:
    assert why(content) is Why.NOT_JSON


@pytest.mark.parametrize(
    ("spoilt", "path"),
    [
        (changed(language=None), "language"),
        (changed(language=7), "language"),
        (changed(drop_table="x"), "?"),
        (changed(decision={"status": "approved", "text": "", "quote": "", "sources": []}), "decision.status"),
        (changed(context=[{"text": "a", "sources": ["b"], "more": 1}]), "context.0.?"),
        (changed(question=[]), "question"),
        ({}, "language"),
        ([], ""),
    ],
)
def test_what_is_not_of_the_schema_is_refused_by_its_place_alone(spoilt: object, path: str) -> None:
    with pytest.raises(Unusable) as refused:
        read(json.dumps(spoilt), REQUEST)
    assert (refused.value.why, refused.value.path) == (Why.NOT_THE_SCHEMA, path)
    assert refused.value.may_be_repaired


@pytest.mark.parametrize("part", ["first_id", "last_id"])
def test_an_answer_to_a_part_of_the_thread_is_refused(part: str) -> None:
    assert why(json.dumps(changed(**{part: REQUEST.all_lines[2].id}))) is Why.CUT


def test_an_answer_that_is_too_large_is_not_even_parsed() -> None:
    assert why(f"{GOOD}{' ' * MOST_BYTES}") is Why.TOO_LARGE
    assert why("\ud800" * MOST_BYTES) is Why.TOO_LARGE


@given(st.text())
def test_whatever_comes_back_nothing_else_is_raised_and_none_of_it_is_told(content: str) -> None:
    with pytest.raises(Unusable) as refused:
        read(f"x{content}", REQUEST)
    assert str(refused.value) == Why.NOT_JSON
    assert refused.value.__cause__ is None
