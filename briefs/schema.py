"""The answer of a model: the schema that is sent, and the models that read what comes back.

The schema is written by hand, since servers stumble over what pydantic would write (`$ref`, `anyOf`, limits); the
limits are those of the checks.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

Schema = dict[str, object]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


_CLAIM = _object(text=_TEXT, sources=_TEXTS)
_STATUS: Schema = {"type": "string", "enum": ["decided", "proposed", "deferred", "none"]}

SCHEMA: Mapping[str, object] = _object(
    language=_TEXT,
    first_id=_TEXT,
    last_id=_TEXT,
    question=_CLAIM,
    context=_list(_CLAIM),
    options=_list(_object(label=_TEXT, sources=_TEXTS, pros=_list(_CLAIM), cons=_list(_CLAIM))),
    decision=_object(status=_STATUS, text=_TEXT, quote=_TEXT, sources=_TEXTS),
    rationale=_list(_CLAIM),
    dissent=_list(_object(speaker=_TEXT, text=_TEXT, quote=_TEXT, sources=_TEXTS)),
    open_questions=_list(_CLAIM),
    action_items=_list(_object(text=_TEXT, owner=_TEXT, due_phrase=_TEXT, due_date=_TEXT, quote=_TEXT, sources=_TEXTS)),
)


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, strict=True, frozen=True)


class SaidClaim(_Read):
    text: str
    sources: list[str]


class SaidOption(_Read):
    label: str
    sources: list[str]
    pros: list[SaidClaim]
    cons: list[SaidClaim]


class SaidDecision(_Read):
    status: Literal["decided", "proposed", "deferred", "none"]
    text: str
    quote: str
    sources: list[str]


class SaidDissent(_Read):
    speaker: str
    text: str
    quote: str
    sources: list[str]


class SaidTask(_Read):
    text: str
    owner: str
    due_phrase: str
    due_date: str
    quote: str
    sources: list[str]


class Answer(_Read):
    language: str
    first_id: str
    last_id: str
    question: SaidClaim
    context: list[SaidClaim]
    options: list[SaidOption]
    decision: SaidDecision
    rationale: list[SaidClaim]
    dissent: list[SaidDissent]
    open_questions: list[SaidClaim]
    action_items: list[SaidTask]
