"""A JSON Schema of template files, so that editors complete and check them; made of the format's own model.

It knows what stands where, and what the other keys of a question allow there. What depends on other questions, on the
calendar or on the name of the file only `muster rituals check` can tell.
"""

from collections.abc import Collection, Iterable
from typing import Any

from domain.cadence import LAST_SAFE_DAY, LONGEST_MONTH, MANUAL, MONTHS, MOST_WEEKS, NTH
from domain.people import DAYS, FUNCTIONS
from domain.question_reader import (
    INTO,
    INTO_PATTERN,
    LEAST_OPTIONS,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    QUESTION_ID,
    SCALE_END_LIMIT,
    SPLIT,
    into_pattern,
)
from domain.question_reader import REQUIRED as OF_QUESTION
from domain.selectors import EVERYONE, GROUPS, ME, OF_SUBJECT, ROLES
from domain.template_format import TEMPLATE, Answers, Count, Flag, Keys, Many, Shape, Text
from domain.template_reader import DURATION, ORDERS, REQUIRED
from domain.templates import CHOICES, CLICKS, DECISION, MOST_REMINDERS, PLACES, PROPOSED, QuestionType
from domain.verdict_reader import NOT_OF_ROUNDS, SETS

Json = dict[str, Any]
_CHANNEL = "#[^\\s#@,.:/A-Z_-][^\\s#@,.:/A-Z]*"
_WHOM = "|".join([*FUNCTIONS, EVERYONE, "@S[A-Z0-9]+", _CHANNEL])
_SUBJECT = "|".join(OF_SUBJECT).replace(".", "[.]")
_SELECTOR = (
    f"(?:(?:[1-9][0-9]?|{'|'.join(ROLES)}) of )?(?:{_WHOM})|(?:[1-9][0-9]? of )?(?:{'|'.join(GROUPS)})|@[UW][A-Z0-9]+"
    f"|{_SUBJECT}"
)

_FOR = f"(?:(?:{'|'.join(ROLES)}) of )?(?:{_WHOM})|{'|'.join(GROUPS)}|@[UW][A-Z0-9]+|{_SUBJECT}"


def _up_to(most: int) -> str:
    """Whole numbers from 1 to one of two digits."""
    tens, rest = divmod(most, 10)
    tens_below = f"[1-{tens - 1}][0-9]|" if tens > 1 else ""
    return f"0*(?:[1-9]|{tens_below}{tens}[0-{rest}])"


def _some(each: str) -> str:
    """In a cron line: one, several with commas, ranges of them."""
    return f"{each}(?:-{each})?(?:,{each}(?:-{each})?)*"


_AT = "at (?:[01][0-9]|2[0-3]):[0-5][0-9](?: in \\S+)?"
_DAY = f"(?:{'|'.join(DAYS)})"
_DATE = "(?:20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_MONTH = f"(?:{'|'.join(MONTHS)}|{_up_to(len(MONTHS))})"
_MONTHS = f"(?:[*]|{_some(_MONTH)})"
_CRON_DAYS = f"(?:[*] {_MONTHS} (?:[*]|{_some(_DAY)})|{_some(_up_to(LONGEST_MONTH))} {_MONTHS} [*])"
_WHEN = "|".join(
    [
        MANUAL,
        PROPOSED,
        f"every (?:day|weekday|{_DAY}(?:,(?: )?{_DAY})*) {_AT}",
        f"every {_up_to(MOST_WEEKS)} weeks on {_DAY} {_AT}(?: from {_DATE})?",
        f"every (?:month|quarter) on (?:(?:{'|'.join(NTH)}) {_DAY}|{_up_to(LAST_SAFE_DAY)}) {_AT}",
        f"cron 0*[0-5]?[0-9] 0*(?:1?[0-9]|2[0-3]) {_CRON_DAYS} in \\S+",
    ]
).replace(" ", "\\s+")


def _like(pattern: str) -> Json:
    """White space around it is no part of a text."""
    return {"pattern": f"^\\s*(?:{pattern})\\s*$"}


def _word(known: Iterable[str], *patterns: str) -> Json:
    """Editors offer the known ones."""
    words = list(map(str, known))
    return {"anyOf": [{"enum": words}, _like("|".join([*words, *patterns]))]}


_ONE_LINE = _like("\\S[^\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029]*?")
REQUIRED_KEYS = {"": REQUIRED, "ask": OF_QUESTION, "verdict": ("stop",)}
WORDS: dict[str, Json] = {
    "id": _like("[a-z0-9][a-z0-9_-]*"),
    "when": _like(_WHEN),
    "about": _word([DECISION]),
    "who": _like(f"{_SELECTOR}|{ME}"),
    "facilitator": _like(_SELECTOR),
    "closes": _like(DURATION),
    "remind": _like(DURATION),
    "verdict.over": _like(QUESTION_ID),
    "verdict.needs": _like(f"{_SUBJECT}|@[UW][A-Z0-9]+"),
    **{f"verdict.sets.{key}": _word([value]) for key, value in SETS.items()},
    "post.to": _word(PLACES, _CHANNEL),
    "post.by": _word(ORDERS),
    "ask.id": _like(QUESTION_ID),
    "ask.recall": _like(QUESTION_ID),
    "ask.type": _word(QuestionType),
    "ask.for": _word(FUNCTIONS, _FOR),
    "ask.into": _like(INTO_PATTERN),
    "ask.split": _word([SPLIT]),
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
            named = {"propertyNames": {"pattern": f"^{QUESTION_ID}$"}}
            return {"type": "object", "minProperties": 1, **named, "additionalProperties": _schema(shape.of, path)}
        case Keys():
            return _keys(shape, path)


def _text(shape: Text, path: str) -> Json:
    """What YAML reads as a number is a text all the same, except where it has to be quoted."""
    kinds = ["string"] if "int" in shape.must_quote or path in WORDS else ["string", "number"]
    known: Json = {"type": kinds if len(kinds) > 1 else kinds[0], "maxLength": shape.limit}
    later = {"not": {"type": "string", "pattern": shape.later}} if shape.later and path not in WORDS else {}
    return {**known, **WORDS.get(path, _ONE_LINE), **later}


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
    if required is None:
        return {**found, "minProperties": 1}
    rules = {"": _of_template, "ask": _of_question}.get(path)
    return {**found, "required": list(required), **({"allOf": rules()} if rules else {})}


def _into(known: str) -> Json:
    return _like(into_pattern(known))


_LINES = {
    "if": {
        "properties": {"type": _word([QuestionType.LONG]), "into": _into("action.title")},
        "required": ["type", "into"],
    },
    "then": {"required": ["split"]},
}
"""An action item is one line."""


def _of_question() -> list[Json]:
    """What its type allows."""
    ends = {"minItems": 2, "maxItems": 2, "items": {"maxLength": SCALE_END_LIMIT}}
    without_lines = [each for each in QuestionType if each is not QuestionType.LONG]
    return [
        _if("type", _word(sorted(CHOICES)), {"options": {"minItems": LEAST_OPTIONS}}, required=["options"]),
        _if("type", _word([QuestionType.SCALE]), {"options": ends}, required=["options"]),
        _if("type", _word(each for each in QuestionType if each not in CLICKS), {"options": False}),
        _if("type", _word(without_lines), {"split": False}),
        _LINES,
        *(_if("into", _into(known), {"type": _word(types)}) for known, types in INTO.items()),
    ]


def _of_template() -> list[Json]:
    everybody_alike = {
        "post": {"properties": {"by": {"not": _word(["person", "answer"])}, "early": {"const": False}}},
        "ask": {"items": {"properties": {"for": False}}},
    }
    of_round = {**dict.fromkeys(NOT_OF_ROUNDS, False), "ask": {"items": {"properties": {"into": False}}}}
    of_others = {"verdict": False, "when": {"not": _word([PROPOSED])}}
    return [
        _if("about", {}, {**of_round, "when": _word([PROPOSED])}),
        {"if": {"not": {"required": ["about"]}}, "then": {"properties": of_others}},
        _if("who", {"contains": _word([ME])}, {"when": _word([MANUAL])}),
        _if("anonymous", {}, everybody_alike | {"who": {"not": {"contains": _word([ME])}}}),
    ]


def _if(key: str, value: Json, then: Json, *, required: Collection[str] = ()) -> Json:
    """Of what has that value at a key."""
    wanted: Json = {"properties": then, **({"required": list(required)} if required else {})}
    return {"if": {"properties": {key: value}, "required": [key]}, "then": wanted}
