"""What somebody answered, as people read it."""

from collections.abc import Iterable, Mapping
from datetime import date

from domain.people import GONE
from domain.runs import Prompt, Response, Run, shown
from domain.templates import SCALE, Question, QuestionType, chosen
from domain.words import day_text


def said(run: Run, prompt: Prompt, response: Response, names: Mapping[str, str]) -> list[tuple[Question, str]]:
    """Each question of their form that they answered, in its order; `names` by the ids of people."""
    given = response.answers
    asked = shown(run.template.questions_for(prompt), given)
    return [(each, answer_text(names, each, given[each.id])) for each in asked if each.id in given]


def named(questions: Iterable[Question], answers: Mapping[str, str]) -> set[str]:
    """The ids of the people whom the answers name."""
    return {answers[each.id] for each in questions if each.type is QuestionType.USER and each.id in answers}


def answer_text(names: Mapping[str, str], question: Question, value: str) -> str:
    """A name for an id, a day as people write it, a scale with its ends."""
    if question.type is QuestionType.USER:
        return names.get(value, GONE)
    if question.type is QuestionType.MANY:
        return ", ".join(chosen(value))
    if question.type is QuestionType.DATE:
        return day_text(date.fromisoformat(value))
    if question.type is QuestionType.SCALE:
        return scale_text(question, int(value))
    return value


def scale_text(question: Question, step: int) -> str:
    ends = {SCALE[0]: question.options[0], SCALE[-1]: question.options[1]}
    return f"{step} ({ends[step]})" if step in ends else f"{step} of {SCALE[-1]}"
