"""What a survey of the channel says, as its readers are told: constructs with how many answered, and what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.metrics.participation import Count
from domain.metrics.survey import CONSTRUCTS, Answers, Score, by_function, change, score
from domain.templates import Template

TEMPLATE_ID = "governance-pulse"
DROP = "drop"
"""The question which check-in or meeting to shorten or stop."""


@dataclass(frozen=True)
class Chosen:
    """How many chose one value in answer to one question."""

    question_id: str
    function: str
    """Of those who gave it, where that may be told; else empty."""
    value: int
    """1 to 5."""
    people: int


@dataclass(frozen=True)
class Reading:
    construct: str
    score: Score
    was: float | None = None
    """The mean of the time before, where it has changed."""
    functions: tuple[tuple[str, Score], ...] = ()
    """Where functions are kept, and none can be told from the others."""


@dataclass(frozen=True)
class Pulse:
    title: str
    channel_name: str
    day: date
    count: Count
    readings: tuple[Reading, ...]
    """One at least, in the order of CONSTRUCTS."""


def readings(now: Iterable[Chosen], before: Iterable[Chosen], *, same: frozenset[str]) -> tuple[Reading, ...]:
    """Of each construct that enough answered; compared only where all its questions are the `same` as before."""
    groups, earlier = _groups(now), _all(_groups(before))
    answers, found = _all(groups), []
    for construct, questions in CONSTRUCTS.items():
        told = score(answers, questions)
        if told is None:
            continue
        then = score(earlier, questions) if same.issuperset(questions) else None
        was = then.mean if then and change(told, then) is not None else None
        functions = by_function(groups, questions)
        found.append(Reading(construct, told, was, tuple(sorted(functions.items()))))
    return tuple(found)


def same_questions(template: Template, other: Template) -> frozenset[str]:
    """The questions that both ask in the same words: others are no comparison."""
    asked = {(each.id, each.text, each.options) for each in template.ask}
    return frozenset(each.id for each in other.ask if (each.id, each.text, each.options) in asked)


def _groups(found: Iterable[Chosen]) -> dict[str, dict[str, list[int]]]:
    groups: dict[str, dict[str, list[int]]] = {}
    for each in found:
        groups.setdefault(each.function, {}).setdefault(each.question_id, []).extend([each.value] * each.people)
    return groups


def _all(groups: Mapping[str, Answers]) -> dict[str, list[int]]:
    answers: dict[str, list[int]] = {}
    for of_group in groups.values():
        for question_id, values in of_group.items():
            answers.setdefault(question_id, []).extend(values)
    return answers
