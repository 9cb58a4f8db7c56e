"""A question as people read of it where it is changed, and what changed from one set of questions to another."""

from collections.abc import Iterable, Mapping, Sequence

from domain.selectors import audience_text
from domain.templates import Question, QuestionType, split_label
from domain.words import joined, whole

TYPES = {
    QuestionType.SHORT: "Short text",
    QuestionType.LONG: "Long text",
    QuestionType.ONE: "One of several options",
    QuestionType.MANY: "Any of several options",
    QuestionType.SCALE: "Scale of 1 to 5",
    QuestionType.NUMBER: "Number",
    QuestionType.USER: "Person",
    QuestionType.DATE: "Day",
}
RECORDS = {
    "blocker.title": "a blocker",
    "blocker.owner": "who can clear the blocker",
    "action.title": "an action item",
    "action.owner": "who does the action item",
    "action.due": "the day of the action item",
    "measure.value": "a value of a measure",
}
"""What an answer becomes, by `into`."""


def into_text(into: str) -> str:
    """ "a blocker", with its label if it has one."""
    label, known = split_label(into)
    return f"{RECORDS[known]} ({label})" if label else RECORDS[known]


def facts(question: Question, names: Mapping[str, str]) -> list[str]:
    """Everything but its text and hint, in a few words each; `names` are what the questions are called, by id."""
    found = [_type_text(question)]
    found += ["may be left empty"] if question.optional else []
    found += [f"becomes {into_text(question.into)}"] if question.into else []
    found += ["each line by itself"] if question.split else []
    return [*found, *more(question, names).values()]


def _type_text(question: Question) -> str:
    options = ", ".join(question.options)
    match question.type:
        case QuestionType.ONE:
            return f"one of: {options}"
        case QuestionType.MANY:
            return f"any of: {options}"
        case QuestionType.SCALE:
            return f"1 to 5: {options}"
        case _:
            return TYPES[question.type].lower()


def more(question: Question, names: Mapping[str, str]) -> dict[str, str]:
    """When and to whom it appears, and what it shows, by key."""
    found = {"if": condition_text(question, names)} if question.condition else {}
    found |= {"for": f"only for {audience_text(question.audience)}"} if question.audience else {}
    if not question.recall:
        return found
    earlier = "" if question.recall == question.id else f" to {names.get(question.recall, question.recall)}"
    return {**found, "recall": f"shows the last answer{earlier}"}


def condition_text(question: Question, names: Mapping[str, str]) -> str:
    wanted = [f"{' or '.join(answers)} to {names.get(earlier, earlier)}" for earlier, answers in question.condition]
    return f"only on {joined(wanted)}"


def by_text(ask: Iterable[Question]) -> dict[str, str]:
    """What questions are called where their numbers do not stand beside them."""
    return {each.id: whole(each.text) for each in ask}


def by_number(ask: Iterable[Question]) -> dict[str, str]:
    return {each.id: f"question {number}" for number, each in enumerate(ask, start=1)}


def listed(lines: Iterable[str]) -> list[str]:
    return [f"• {each}" for each in lines]


def differences(before: Sequence[Question], after: Sequence[Question]) -> list[str]:
    """A line for each question that is new, gone or other than it was."""
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    names = by_text([*before, *after])
    found = [f"New: {whole(each.text)} ({', '.join(facts(each, names))})" for each in after if each.id not in old]
    found += [f"Gone: {whole(each.text)}" for each in before if each.id not in new]
    for each in after:
        if each.id in old and each != old[each.id]:
            found.append(_changed(old[each.id], each, names))
    stayed = [each.id for each in before if each.id in new]
    if stayed != [each.id for each in after if each.id in old]:
        found.append("Their order is another.")
    return found


def _changed(old: Question, new: Question, names: Mapping[str, str]) -> str:
    parts = [f"is now {whole(new.text)}"] if new.text != old.text else []
    was, now = facts(old, names), facts(new, names)
    if lost := [each for each in was if each not in now]:
        parts.append(f"no longer: {', '.join(lost)}")
    if won := [each for each in now if each not in was]:
        parts.append(f"now: {', '.join(won)}")
    parts += ["has another hint"] if new.hint != old.hint else []
    return f"{whole(old.text)} {'; '.join(parts)}"
