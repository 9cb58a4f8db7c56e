"""The form of one question: what its fields hold, and the question they mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.errors import FieldErrors
from domain.question_reader import INTO, LEAST_OPTIONS, MOST_OPTIONS, SCALE_END_LIMIT, too_alike
from domain.question_words import by_number, more
from domain.sketches import Ask, Finding, Refused, Sketch, fresh_id, put, sentences
from domain.templates import CHOICES, OPTION_LIMIT, Question, QuestionType, split_label
from domain.words import joined, quoted

NOTHING = "nothing"
OPTIONAL, RECALL, SPLIT, CONDITION, AUDIENCE = "optional", "recall", "split", "if", "for"
SCALE_ENDS = 2
WITH_OPTIONS = CHOICES | {QuestionType.SCALE}
FIELD_OF = {"for": "also", "if": "also", "recall": "also", "split": "also", "optional": "also", "id": "text"}
"""On which field a finding about another key is said."""
NO_TITLE = "It says more of a blocker or an action item, and no question above it makes one. Let one become it first."


@dataclass(frozen=True)
class QuestionSheet:
    """The form, about to be shown."""

    sketch: Sketch
    question: Question
    """As it was before; a new one has no id."""
    form_id: str
    given: Mapping[str, str]
    """By field, as typed."""

    @property
    def type(self) -> QuestionType:
        return QuestionType(self.given.get("type", self.question.type))

    @property
    def intos(self) -> tuple[str, ...]:
        """What an answer of its type can become."""
        known = [into for into, types in INTO.items() if self.type in types]
        if self.sketch.template.anonymous:
            known = [into for into in known if not into.startswith("action")]
        mine = self.question.into
        if not mine or mine in known or split_label(mine)[1] not in known:
            return tuple(known)
        return (*known, mine)

    @property
    def also(self) -> dict[str, str]:
        """What can be ticked, and what it says."""
        names = by_number(self.sketch.template.ask)
        kept = {key: f"{text[:1].upper()}{text[1:]}" for key, text in more(self.question, names).items()}
        own = {OPTIONAL: "May be left empty"}
        own |= {SPLIT: "Each line becomes one by itself"} if self.type is QuestionType.LONG and self.intos else {}
        own |= {} if self.sketch.template.anonymous else {RECALL: "Shows what the person answered last time"}
        return {**own, **kept}


def sheet(
    sketch: Sketch, question: Question | None, form_id: str, given: Mapping[str, str] | None = None
) -> QuestionSheet:
    """To change a question, or to write a new one."""
    known = question or Question("", "", QuestionType.SHORT)
    return QuestionSheet(sketch, known, form_id, as_given(known) if given is None else given)


def as_given(question: Question) -> dict[str, str]:
    ticked = [OPTIONAL] if question.optional else []
    ticked += [SPLIT] if question.split else []
    ticked += [CONDITION] if question.condition else []
    ticked += [AUDIENCE] if question.audience else []
    ticked += [RECALL] if question.recall else []
    found = {
        "text": question.text,
        "type": str(question.type),
        "options": "\n".join(question.options),
        "hint": question.hint,
        "into": question.into or NOTHING,
        "also": "\n".join(ticked),
    }
    return {name: value for name, value in found.items() if value}


def written(sketch: Sketch, question_id: str, form_id: str, given: Mapping[str, str]) -> Sketch:
    """The sketch with what the form says; without a `question_id` it is a new one. What the form does not show of a
    question stays. Raises FieldErrors."""
    mine = question_id or sketch.added.get(form_id, "")
    before = next((each for each in sketch.template.ask if each.id == mine), None)
    text = " ".join(given.get("text", "").split())
    question = _question(before or Question(mine or fresh_id(text, sketch), text, QuestionType.SHORT), text, given)
    _check(question)
    try:
        return put(sketch, question, form_id)
    except Refused as refused:
        raise FieldErrors(_mistakes(refused.found, question, sketch.template.ask)) from refused


def _question(before: Question, text: str, given: Mapping[str, str]) -> Question:
    kind, into = QuestionType(given.get("type", before.type)), given.get("into", NOTHING)
    ticked = given.get("also", "").split("\n")
    return replace(
        before,
        text=text,
        type=kind,
        options=_lines(given.get("options", "")) if kind in WITH_OPTIONS else (),
        hint=" ".join(given.get("hint", "").split()),
        optional=OPTIONAL in ticked,
        condition=before.condition if CONDITION in ticked else (),
        audience=before.audience if AUDIENCE in ticked else (),
        split=SPLIT in ticked and kind is QuestionType.LONG,
        recall=before.recall or before.id if RECALL in ticked else "",
        into="" if into == NOTHING else into,
    )


def _lines(text: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def _check(question: Question) -> None:
    """What the reader of files would say in the words of a file."""
    mistakes: dict[str, str] = {}
    if not question.text:
        mistakes["text"] = "Write what people are asked."
    count = len(question.options)
    if question.type in CHOICES and not LEAST_OPTIONS <= count <= MOST_OPTIONS:
        mistakes["options"] = f"Write {LEAST_OPTIONS} to {MOST_OPTIONS} options, one on each line."
    elif question.type is QuestionType.SCALE and count != SCALE_ENDS:
        mistakes["options"] = "Write what 1 means on one line, and what 5 means on the next."
    longest = SCALE_END_LIMIT if question.type is QuestionType.SCALE else OPTION_LIMIT
    if long := [each for each in question.options if len(each) > longest]:
        mistakes["options"] = f"{quoted(long[0])} has {len(long[0])} characters; please keep it to {longest}."
    if len(set(question.options)) < count:
        mistakes["options"] = "Two of these lines are the same. Keep one."
    elif alike := next(filter(None, (too_alike(question.options[:last]) for last in range(2, count + 1))), None):
        mistakes["options"] = f"{joined([*map(quoted, alike)])} read alike, so nobody could tell them apart. Keep one."
    is_one = question.into and split_label(question.into)[1] == "action.title" and not question.split
    if is_one and question.type is QuestionType.LONG:
        mistakes["into"] = 'An action item is one line. Choose a short text, or tick "Each line becomes one by itself".'
    if mistakes:
        raise FieldErrors(mistakes)


def _mistakes(found: Sequence[Finding], question: Question, ask: Ask) -> dict[str, str]:
    """On the fields of the question; what it does to another stands on its options, or on its type."""
    mistakes: dict[str, list[str]] = {}
    for each in found:
        if each.question is None or each.question.id != question.id:
            field, said = "type", sentences([each], ask)[0]
        else:
            key = re.split(r"[.\[]", each.key)[0]
            field, said = FIELD_OF.get(key, key), _in_words(key, each.message)
        mistakes.setdefault(field, []).append(said)
    return {field: " ".join(dict.fromkeys(said)) for field, said in mistakes.items()}


def _in_words(key: str, message: str) -> str:
    return NO_TITLE if key == "into" and "earlier question" in message else message
