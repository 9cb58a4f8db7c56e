"""The rounds that a decision can be asked with, and how one stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.runs import Missed, Prompt, PromptState, Response, Run, RunState, counted
from domain.said import said
from domain.verdicts import stance_question


class Round(StrEnum):
    CONSENT = "consent"
    ADVICE = "advice"

    @property
    def template_id(self) -> str:
        return f"decision-{self}"


ALONE = "alone"
"""What the form says where there is none."""


@dataclass(frozen=True)
class Said:
    person_id: str
    lines: tuple[str, ...] = ()
    """What they wrote with their answer."""


@dataclass(frozen=True)
class RoundCard:
    """One round of a decision: who has said where they stand only once it has closed."""

    title: str
    asked: int
    heard: int
    until: datetime | None
    """When the last of those it waits for has to have answered; None once it has closed."""
    stances: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    """By answer, what stops it first."""
    silent: Sequence[str] = ()
    """Who was asked and not heard."""
    people: Sequence[str] = ()
    """Whom it asks, while it is open; not who of them was heard."""
    unasked: int = 0
    """Of whom nothing was wanted any more when it ended early."""


def round_card(
    run: Run, prompts: Sequence[Prompt], given: Mapping[int, Response], names: Mapping[str, str]
) -> RoundCard:
    """Nobody's stance is in it while others are still asked."""
    asked = counted(run, prompts)
    heard = [each for each in prompts if each.id in given]
    if run.state is RunState.OPEN:
        until = max((each.deadline for each in asked), default=run.opened_at)
        people = tuple(each.person_id for each in asked)
        return RoundCard(run.template.title, len(asked), len(heard), until, people=people)
    silent = [each.person_id for each in asked if each.state is not PromptState.ANSWERED]
    unasked = sum(each.missed is Missed.SETTLED for each in prompts)
    stances = _stances(run, heard, given, names)
    return RoundCard(run.template.title, len(asked), len(heard), None, stances, silent, unasked=unasked)


def _stances(
    run: Run, heard: Sequence[Prompt], given: Mapping[int, Response], names: Mapping[str, str]
) -> dict[str, list[Said]]:
    question = stance_question(run.template)
    if question is None:
        return {}
    verdict = run.template.verdict
    stop = verdict.stop if verdict else ()
    found: dict[str, list[Said]] = {each: [] for each in sorted(question.options, key=lambda each: each not in stop)}
    for prompt in heard:
        told = said(run, prompt, given[prompt.id], names)
        lines = tuple(text for each, text in told if each.id != question.id)
        stance = given[prompt.id].answers.get(question.id, "")
        found.setdefault(stance, []).append(Said(prompt.person_id, lines))
    return {stance: people for stance, people in found.items() if people}
