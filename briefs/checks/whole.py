"""Check 1: the answer is one JSON object of the schema, of a thread that was read from its begin to its end."""

import json
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NoReturn

from pydantic import ValidationError

from briefs.preparing import Request
from briefs.schema import Answer

MOST_BYTES = 32_768
_THOUGHT = re.compile(r"\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"\s*```(?:json)?[^\S\n]*\n(?P<inside>.*?)\n?```\s*", re.DOTALL)


class Why(StrEnum):
    TOO_LARGE = "too large"
    NOT_JSON = "not JSON"
    NOT_THE_SCHEMA = "not of the schema"
    CUT = "cut"
    """The server did not read the whole thread."""


class Unusable(Exception):
    """The answer is no brief. Nothing of its text is in here."""

    def __init__(self, why: Why, path: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.path = path
        """Where the schema is broken."""

    @property
    def may_be_repaired(self) -> bool:
        return self.why in (Why.NOT_JSON, Why.NOT_THE_SCHEMA)


def read(content: str, request: Request) -> Answer:
    """Raises Unusable."""
    if len(content.encode(errors="surrogatepass")) > MOST_BYTES:
        raise Unusable(Why.TOO_LARGE)
    answer = _answer(_object(_bare(content)))
    if (answer.first_id, answer.last_id) != (request.first_id, request.last_id):
        raise Unusable(Why.CUT)
    return answer


def _bare(content: str) -> str:
    """Without one leading thought and one fence."""
    said = _THOUGHT.sub("", content, count=1) if _THOUGHT.match(content) else content
    fenced = _FENCED.fullmatch(said)
    return fenced["inside"] if fenced else said


def _object(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Unusable(Why.NOT_JSON) from None


def _answer(found: object) -> Answer:
    try:
        return Answer.model_validate(found)
    except ValidationError as error:
        raise Unusable(Why.NOT_THE_SCHEMA, _path(error.errors(include_input=False)[0]["loc"])) from None


def _path(places: Iterable[int | str]) -> str:
    """A name that the answer made up is not told."""
    known = {*Answer.model_fields, "text", "sources", "label", "pros", "cons", "status", "quote", "speaker", "owner"}
    known |= {"due_phrase", "due_date"}
    return ".".join(str(each) if isinstance(each, int) or each in known else "?" for each in places)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refuse(_constant: str) -> NoReturn:
    """Of NaN and infinities."""
    raise ValueError
