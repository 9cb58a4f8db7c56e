"""A JSON Schema of template files, so that editors complete and check them; made of the format's own model.

It knows what stands where. What depends on other keys (a question that `if` names, who `for` reaches) only
`muster rituals check` can tell.
"""

from typing import Any

from domain.people import DAYS, FUNCTIONS
from domain.question_reader import INTO_PATTERN, MOST_OPTIONS, MOST_QUESTIONS, SPLIT
from domain.question_reader import REQUIRED as OF_QUESTION
from domain.selectors import EVERYONE, GROUPS, ME, ROLES
from domain.template_format import TEMPLATE, Answers, Count, Flag, Keys, Many, Shape, Text
from domain.template_reader import DURATION, ORDERS, REQUIRED
from domain.templates import MOST_REMINDERS, PLACES, QuestionType

Json = dict[str, Any]
_CHANNEL = "#[^\\s#@,.:/A-Z_-][^\\s#@,.:/A-Z]*"
_WHOM = "|".join([*FUNCTIONS, *GROUPS, EVERYONE, "@S[A-Z0-9]+", _CHANNEL])
_SELECTOR = f"(?:(?:[1-9][0-9]?|{'|'.join(ROLES)}) of )?(?:{_WHOM})|@[UW][A-Z0-9]+"
_AT = "at [0-2][0-9]:[0-5][0-9]"
_DAY = f"(?:{'|'.join(DAYS)})"
_WHEN = (
    f"manual|every (?:day|weekday|{_DAY}(?:, ?{_DAY})*|[0-9]+ weeks on {_DAY}|(?:month|quarter) on "
    f"(?:(?:first|second|third|last) {_DAY}|[0-9]+)) {_AT}(?: in \\S+)?(?: from [0-9-]+)?|cron(?: \\S+){{5}} in \\S+"
)
REQUIRED_KEYS = {"": REQUIRED, "ask": OF_QUESTION}
WORDS: dict[str, Json] = {
    "id": {"pattern": "^[a-z0-9][a-z0-9_-]*$"},
    "when": {"pattern": f"^(?:{_WHEN})$"},
    "who": {"pattern": f"^(?:{_SELECTOR}|{ME})$"},
    "facilitator": {"pattern": f"^(?:{_SELECTOR})$"},
    "closes": {"pattern": f"^{DURATION}$"},
    "remind": {"pattern": f"^{DURATION}$"},
    "post.to": {"anyOf": [{"enum": list(PLACES)}, {"pattern": f"^{_CHANNEL}$"}]},
    "post.by": {"enum": list(ORDERS)},
    "ask.id": {"pattern": "^[a-z][a-z0-9_]{0,63}$"},
    "ask.type": {"enum": list(map(str, QuestionType))},
    "ask.for": {"enum": list(FUNCTIONS)},
    "ask.into": {"pattern": f"^(?:{INTO_PATTERN})$"},
    "ask.split": {"enum": [SPLIT]},
}
"""What a text may be, by its key."""
MOST = {"ask": MOST_QUESTIONS, "ask.options": MOST_OPTIONS, "remind": MOST_REMINDERS}


def template_schema() -> Json:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A ritual of Muster",
        **_schema(TEMPLATE, ""),
    }


def _schema(shape: Shape, path: str) -> Json:
    match shape:
        case Flag():
            return {"type": "boolean"}
        case Count():
            return {"type": "integer", "minimum": shape.least, "maximum": shape.most}
        case Text():
            return _text(shape, path)
        case Many():
            return _many(shape, path)
        case Answers():
            return {"type": "object", "minProperties": 1, "additionalProperties": _schema(shape.of, path)}
        case Keys():
            return _keys(shape, path)


def _text(shape: Text, path: str) -> Json:
    """What YAML reads as a number is a text all the same, except where it has to be quoted."""
    kinds = ["string"] if "int" in shape.must_quote or path in WORDS else ["string", "number"]
    known = {"type": kinds if len(kinds) > 1 else kinds[0], "minLength": 1, "maxLength": shape.limit}
    return {**known, **WORDS.get(path, {})}


def _many(shape: Many, path: str) -> Json:
    item = _schema(shape.of, path)
    found: Json = {"type": "array", "items": item, "uniqueItems": True}
    if not shape.may_be_empty:
        found["minItems"] = 1
    if path in MOST:
        found["maxItems"] = MOST[path]
    return {"anyOf": [item, found]} if shape.may_be_alone else found


def _keys(shape: Keys, path: str) -> Json:
    properties = {key: _schema(inner, f"{path}.{key}".lstrip(".")) for key, inner in shape.keys.items()}
    found: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    required = REQUIRED_KEYS.get(path)
    return {**found, "required": list(required)} if required else {**found, "minProperties": 1}
