"""The format of a template file: which keys there are, and what may stand at each."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.templates import OPTION_LIMIT, PURPOSE_LIMIT, TEXT_LIMIT, TITLE_LIMIT

HINT_LIMIT = 2000
MOST_ANONYMOUS = 100
WORD_LIMIT = 120
"""No sentence or name that Muster knows is longer."""


IN_SQUARE = "a list in square brackets, such as "
ANYTHING = ("bool", "int", "float", "timestamp")
OF_SUBJECT = r"^subject(?=[.]|$)\S*"
"""Of what a run is about."""
FILLED_IN = r"\{(?:subject(?:[.][a-z_]+)?|closes)\}"
"""Words that a run puts in their place."""
OF_SUBJECTS_FIELD = r"\{subject[.][a-z_]+\}"


@dataclass(frozen=True)
class Text:
    example: str
    limit: int = WORD_LIMIT
    must_quote: tuple[str, ...] = ()
    """What YAML reads as something else, and is a text only in quotes; elsewhere a word is taken as it stands."""
    later: str = ""
    """A pattern of what Muster knows but cannot do yet, somewhere in the text."""


@dataclass(frozen=True)
class Flag:
    """true or false."""


@dataclass(frozen=True)
class Count:
    """A whole number."""

    least: int
    most: int


@dataclass(frozen=True)
class Many:
    """A list in which nothing stands twice."""

    of: "Shape"
    example: str
    may_be_alone: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True)
class Keys:
    keys: Mapping[str, "Shape"]
    example: str
    later: tuple[str, ...] = ()
    """Keys that Muster knows but cannot do yet."""


@dataclass(frozen=True)
class Answers:
    """Questions, each with the answers that are meant."""

    of: Many
    example: str


Shape = Text | Flag | Count | Many | Keys | Answers

_CONDITION = Answers(
    Many(Text('"No"', OPTION_LIMIT, ("bool",)), IN_SQUARE + '["No"]', may_be_alone=True),
    '{earlier_question: ["No"]}',
)
QUESTION = Keys(
    {
        "id": Text("next_step", must_quote=("bool",)),
        "text": Text("What moved last week?", TEXT_LIMIT, ANYTHING, later=FILLED_IN),
        "type": Text("short"),
        "hint": Text("One result is enough.", HINT_LIMIT, ANYTHING),
        "options": Many(
            Text("On track", OPTION_LIMIT, ("bool", "timestamp"), later=OF_SUBJECT),
            IN_SQUARE + "[On track, At risk]",
            may_be_empty=True,
        ),
        "optional": Flag(),
        "for": Many(Text("legal"), IN_SQUARE + "[legal]", may_be_alone=True),
        "if": _CONDITION,
        "into": Text("blocker.title"),
        "split": Text("lines"),
        "recall": Text("next_step", must_quote=("bool",)),
    },
    example="the keys id, text and type",
)
TEMPLATE = Keys(
    {
        "id": Text("name-of-the-file", must_quote=ANYTHING),
        "title": Text("Weekly sync", TITLE_LIMIT, ANYTHING),
        "purpose": Text("One sentence.", PURPOSE_LIMIT, ANYTHING, later=OF_SUBJECTS_FIELD),
        "when": Text("every mon at 09:30"),
        "about": Text("decision"),
        "who": Many(Text("everyone"), IN_SQUARE + "[everyone]"),
        "ask": Many(QUESTION, "a list of questions, each with a - before it"),
        "facilitator": Text("1 of leads"),
        "closes": Text("1d"),
        "remind": Many(Text("4h"), IN_SQUARE + "[4h]", may_be_empty=True),
        "anonymous": Count(1, MOST_ANONYMOUS),
        "verdict": Keys(
            {
                "over": Many(Text("stance", must_quote=("bool",)), IN_SQUARE + "[stance]"),
                "stop": Many(Text("Objection", OPTION_LIMIT, ("bool",)), IN_SQUARE + "[Objection]"),
                "pass": Many(Text("Consent", OPTION_LIMIT, ("bool",)), IN_SQUARE + "[Consent]"),
                "needs": Many(Text("subject.approver"), IN_SQUARE + "[subject.approver]"),
                "sets": Keys(
                    {"pass": Text("accepted"), "stop": Text("contested")},
                    example="{pass: accepted, stop: contested}",
                ),
            },
            example="{over: [stance], stop: [Objection], needs: [subject.approver]}",
            later=("counts",),
        ),
        "post": Keys(
            {
                "to": Many(Text("channel", later="^thread$"), IN_SQUARE + "[channel]", may_be_alone=True),
                "by": Text("function", later="^(?:subject|score)$"),
                "early": Flag(),
                "quiet": Flag(),
                "brief": Flag(),
            },
            example="{to: [channel], by: function}",
        ),
    },
    example='keys; begin with "id: name-of-the-file"',
    later=("score",),
)
