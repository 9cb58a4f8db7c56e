"""The answers of a run as the team reads them, in the order its ritual asks for, and what they come to."""

from dataclasses import dataclass, replace

from domain import items_below
from domain.actions import Source
from domain.cards import RunCard
from domain.counted import CHOICES, counted
from domain.folding import folded
from domain.people import FUNCTIONS
from domain.runs import Prompt, shown
from domain.said import answer_text, said
from domain.templates import Question, QuestionType, Template, chosen

SHOWN_BLOCKERS = 7
SHOWN_TITLE = 360
"""Characters of a blocker at the head, escaped signs counted in full: room for the longest with a few of them."""


@dataclass(frozen=True)
class Line:
    """One answer, with what must be said before it when a page begins."""

    group: str
    """A function, or the option chosen; empty where the summary goes by question or by person."""
    person: str
    """The name, with "edited" and "late" where it is so."""
    question: str
    answer: str
    is_folded: bool = False
    source: Source | None = None
    """Which answer it is, of those in somebody's own words that action items can be made of."""

    @property
    def weight(self) -> int:
        text = self.group + self.person + self.question + self.answer
        return escaped_size(text) + 20

    @property
    def in_short(self) -> "Line":
        short = folded(self.answer)
        return replace(self, answer=short, is_folded=short != self.answer)


def numbers(card: RunCard) -> list[tuple[str, str]]:
    """(question, what its answers come to) of those that can be counted; the one answer of somebody speaks for
    itself."""
    found = ((each, _values(card, each)) for each in card.run.template.ask)
    told = ((each.text, counted(each, values)) for each, values in found if len(values) > 1 or card.unnamed)
    return [(question, text) for question, text in told if text]


def _values(card: RunCard, question: Question) -> list[str]:
    given = [response.answers for response in card.responses.values()]
    unnamed = [each.value for each in card.unnamed if each.question_id == question.id]
    return [one[question.id] for one in given if question.id in one] + unnamed


def numbers_by_function(card: RunCard) -> dict[str, list[tuple[str, str]]]:
    """By question: (function, what its answers come to) of an anonymous run, where it is safe to tell."""
    found: dict[str, list[tuple[str, str]]] = {}
    for question in card.run.template.ask:
        groups: dict[str, list[str]] = {}
        for each in card.unnamed:
            if each.question_id == question.id and each.function:
                groups.setdefault(each.function, []).append(each.value)
        told = [(name, counted(question, groups[name])) for name in sorted(groups, key=_place)]
        found[question.text] = [(name, text) for name, text in told if text]
    return found


def asked_by_option(template: Template) -> Question | None:
    """The question whose options a summary by answer goes by: the first choice that everybody is asked."""
    everybodys = (each for each in template.ask if not each.audience and not each.condition)
    return next((each for each in everybodys if each.type in CHOICES), None)


def order_of(template: Template) -> str:
    """By answer only where everybody is asked for one; otherwise by person."""
    by = template.post.by
    return "person" if by == "answer" and asked_by_option(template) is None else by


def given_and_asked(card: RunCard, text: str) -> tuple[int, int]:
    """How many answered a question, and of how many whose form had it."""
    question = next(each for each in card.run.template.ask if each.text == text)
    asked = [prompt for prompt in card.prompts if prompt.id in card.responses]
    answers = [card.responses[prompt.id].answers for prompt in asked if _had(card, prompt, question)]
    return sum(question.id in each for each in answers), len(answers)


def _had(card: RunCard, prompt: Prompt, question: Question) -> bool:
    given = card.responses[prompt.id].answers
    return question.id in given or question in shown(card.run.template.questions_for(prompt), given)


def _unnamed_lines(card: RunCard) -> list[Line]:
    """Question by question, each in an order of its own that chance has made, and without what is told in numbers."""
    names = card.names
    above = {each.title for each in card.blockers} if len(card.blockers) <= SHOWN_BLOCKERS else set()
    found = []
    for question in card.run.template.ask:
        values = sorted((each.id, each.value) for each in card.unnamed if each.question_id == question.id)
        told = above if question.into else set()
        if not counted(question, [value for _id, value in values]):
            lines = [Line("", "", question.text, answer_text(names, question, value)) for _id, value in values]
            found += [line for line in lines if line.answer not in told or escaped_size(line.answer) > SHOWN_TITLE]
    return found


def all_lines(card: RunCard) -> list[Line]:
    if card.run.template.anonymous:
        return _unnamed_lines(card)
    answered = [prompt for prompt in card.prompts if prompt.id in card.responses]
    answered.sort(key=lambda prompt: (_place(prompt.function), card.people[prompt.person_id].name))
    names = card.names
    found = [line for prompt in answered for line in _lines_of(card, prompt, names)]
    by, template = order_of(card.run.template), card.run.template
    if by == "person":
        found.sort(key=lambda line: line.person)
    elif by == "question":
        texts = [each.text for each in template.ask]
        found.sort(key=lambda line: (texts.index(line.question), line.person))
    elif by == "answer" and (first := asked_by_option(template)):
        found.sort(key=lambda line: first.options.index(line.group) if line.group else len(first.options))
    return found


def _group(card: RunCard, prompt: Prompt) -> str:
    template = card.run.template
    if template.post.by == "function":
        return prompt.function or "other"
    first = asked_by_option(template) if template.post.by == "answer" else None
    # Of many, the first: so nobody's words stand twice.
    return next(iter(chosen(card.responses[prompt.id].answers.get(first.id, ""))), "") if first else ""


def _place(function: str | None) -> int:
    return FUNCTIONS.index(function) if function in FUNCTIONS else len(FUNCTIONS)


def _lines_of(card: RunCard, prompt: Prompt, names: dict[str, str]) -> list[Line]:
    response = card.responses[prompt.id]
    marks = [mark for mark, is_so in (("late", response.late), ("edited", bool(response.edited_at))) if is_so]
    person = card.people[prompt.person_id].name + (f" ({', '.join(marks)})" if marks else "")
    told, group = _told_above(card, prompt) | items_below.told(card, prompt), _group(card, prompt)
    found = said(card.run, prompt, response, names)
    lines = (Line(group, person, each.text, text, source=_source(card, prompt, each)) for each, text in found)
    return [line for line, (each, _text) in zip(lines, found, strict=True) if each.id not in told]


def _source(card: RunCard, prompt: Prompt, question: Question) -> Source | None:
    is_worded = question.type in (QuestionType.SHORT, QuestionType.LONG)
    return Source(card.run.id, prompt.id, question.id) if is_worded and card.run.takes_items else None


def _told_above(card: RunCard, prompt: Prompt) -> set[str]:
    """The questions whose answers stand whole among the blockers at the head of the summary.

    Who was named as able to clear them stands there only until somebody has taken them up.
    """
    mine = [each for each in card.blockers if each.raised_by == prompt.person_id]
    if len(card.blockers) > SHOWN_BLOCKERS or not mine:
        return set()
    given = card.responses[prompt.id].answers
    above = {each.title for each in mine} | {each.owner_id for each in mine if each.waits}
    asked = (each for each in card.run.template.questions_for(prompt) if each.into)
    found = ((each.id, given.get(each.id, "")) for each in asked)
    return {name for name, value in found if value in above and escaped_size(value) <= SHOWN_TITLE}


def escaped_size(text: str) -> int:
    return len(text) + 4 * sum(text.count(sign) for sign in "&<>") + 3 * sum(text.count(sign) for sign in "*_~")
