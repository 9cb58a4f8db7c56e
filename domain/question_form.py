"""The form of one question: what its fields hold, and the question they mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from zlib import crc32

from domain.errors import FieldErrors
from domain.people import FUNCTIONS
from domain.question_reader import (
    INTO,
    LABEL_LIMIT,
    LEAST_OPTIONS,
    MEASURE,
    MOST_OPTIONS,
    SCALE_END_LIMIT,
    answers_of,
    into_pattern,
    too_alike,
)
from domain.question_words import by_number, more
from domain.selectors import EVERYONE, GROUPS, ME, audience_text, read_selector
from domain.sketches import Ask, Finding, Refused, Sketch, fresh_id, put, sentences
from domain.templates import CHOICES, OPTION_LIMIT, Question, QuestionType, chosen, split_label
from domain.words import joined, quoted

NOTHING = "nothing"
NEW_MEASURE = "measure.value"
"""Of a measure that is called as the question is."""
OPTIONAL, RECALL, SPLIT = "optional", "recall", "split"
SCALE_ENDS = 2
WITH_OPTIONS = CHOICES | {QuestionType.SCALE}
FIELD_OF = {"recall": "also", "split": "also", "optional": "also", "id": "text"}
"""On which field a finding about another key is said."""
CHANGED = "What stood here has been changed meanwhile. Choose again."
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
    names: Mapping[str, str] = field(default_factory=dict)
    """Of people whom the template names, by selector."""

    @property
    def type(self) -> QuestionType:
        return QuestionType(self.given.get("type", self.question.type))

    @property
    def intos(self) -> tuple[str, ...]:
        """What an answer of its type can become."""
        known = [into for into, types in INTO.items() if self.type in types]
        if self.sketch.template.anonymous:
            known = [into for into in known if not into.startswith(("action", "measure"))]
        mine = self.question.into
        if MEASURE in known:
            is_one = re.fullmatch(into_pattern(MEASURE), mine)
            return (mine if is_one else NEW_MEASURE,)
        if not mine or mine in known or split_label(mine)[1] not in known:
            return tuple(known)
        return (*known, mine)

    @property
    def also(self) -> dict[str, str]:
        """What can be ticked, and what it says."""
        found = {OPTIONAL: "May be left empty"}
        found |= {SPLIT: "Each line becomes one by itself"} if self.type is QuestionType.LONG and self.intos else {}
        found |= {} if self.sketch.template.anonymous else {RECALL: "Shows what the person answered last time"}
        kept = more(self.question, by_number(self.sketch.template.ask)).get(RECALL)
        return {**found, RECALL: sentence_case(kept)} if kept else found

    @property
    def audiences(self) -> dict[str, str]:
        """Whom it can be for, by selector; nobody apart where all are asked the same."""
        template = self.sketch.template
        if template.anonymous:
            return {}
        read = ((each, read_selector(each)) for each in template.who)
        asked = [each for each, found in read if found and not found.count and each not in (EVERYONE, ME)]
        known = dict.fromkeys([*FUNCTIONS, *GROUPS, *self.question.audience, *asked, *template.audiences])
        return {each: self.names.get(each) or sentence_case(audience_text((each,))) for each in known}

    @property
    def follows(self) -> list[tuple[int, Question]]:
        """The questions before it that it can follow, with their numbers."""
        return [
            each for each in enumerate(_earlier(self.sketch.template.ask, self.question.id), 1) if answers_of(each[1])
        ]


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _earlier(ask: Ask, question_id: str) -> Ask:
    """A new one stands last."""
    ids = [each.id for each in ask]
    return ask[: ids.index(question_id)] if question_id in ids else ask


def answer_key(earlier: Question, answer: str) -> str:
    """What the form calls an answer that another question waits for: Slack may take no more than 75 characters."""
    return f"{earlier.id}:{crc32(answer.encode()):x}"


def sheet(
    sketch: Sketch,
    question: Question | None,
    form_id: str,
    given: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> QuestionSheet:
    """To change a question, or to write a new one."""
    known = question or Question("", "", QuestionType.SHORT)
    typed = as_given(known, sketch.template.ask) if given is None else given
    return QuestionSheet(sketch, known, form_id, typed, names or {})


def as_given(question: Question, ask: Ask) -> dict[str, str]:
    by_id = {each.id: each for each in ask}
    wanted = [answer_key(by_id[earlier], answer) for earlier, answers in question.condition for answer in answers]
    ticked = [OPTIONAL] if question.optional else []
    ticked += [SPLIT] if question.split else []
    ticked += [RECALL] if question.recall else []
    found = {
        "text": question.text,
        "type": str(question.type),
        "options": "\n".join(question.options),
        "hint": question.hint,
        "into": question.into or NOTHING,
        "for": "\n".join(question.audience),
        "if": "\n".join(wanted),
        "also": "\n".join(ticked),
    }
    return {name: value for name, value in found.items() if value}


def written(sketch: Sketch, question_id: str, form_id: str, given: Mapping[str, str]) -> Sketch:
    """The sketch with what the form says; without a `question_id` it is a new one. What the form does not show of a
    question stays. Raises FieldErrors."""
    mine = question_id or sketch.added.get(form_id, "")
    before = next((each for each in sketch.template.ask if each.id == mine), None)
    text = " ".join(given.get("text", "").split())
    before = before or Question(mine or fresh_id(text, sketch), text, QuestionType.SHORT)
    question = replace(_question(before, text, given), condition=_condition(before, sketch.template.ask, given))
    _check(question)
    try:
        return put(sketch, question, form_id)
    except Refused as refused:
        raise FieldErrors(_mistakes(refused.found, question, sketch.template.ask)) from refused


def _question(before: Question, text: str, given: Mapping[str, str]) -> Question:
    kind, into = QuestionType(given.get("type", before.type)), given.get("into", NOTHING)
    ticked = given.get("also", "").split("\n")
    audience = tuple(chosen(given.get("for", "")))
    return replace(
        before,
        text=text,
        type=kind,
        options=_lines(given.get("options", "")) if kind in WITH_OPTIONS else (),
        hint=" ".join(given.get("hint", "").split()),
        optional=OPTIONAL in ticked,
        audience=before.audience if {*audience} == {*before.audience} else audience,
        split=SPLIT in ticked and kind is QuestionType.LONG,
        recall=before.recall or before.id if RECALL in ticked else "",
        into={NOTHING: "", NEW_MEASURE: f"measure:{before.id[:LABEL_LIMIT]}.value"}.get(into, into),
    )


def _condition(before: Question, ask: Ask, given: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The same as before in another order is the same. Raises FieldErrors."""
    keys, found = {*chosen(given.get("if", ""))}, []
    for each in _earlier(ask, before.id):
        wanted = {answer_key(each, answer): answer for answer in answers_of(each)}
        if known := keys & wanted.keys():
            found.append((each.id, tuple(answer for key, answer in wanted.items() if key in known)))
            keys -= known
    if keys:
        raise FieldErrors({"if": CHANGED})
    is_same = {earlier: {*wanted} for earlier, wanted in before.condition} == {key: {*each} for key, each in found}
    return before.condition if is_same else tuple(found)


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
