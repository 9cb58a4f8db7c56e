"""How a ritual fares: counts of its last runs, and of nobody in particular."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from domain.runs import Prompt, PromptState, Response, Run, RunState, counted, unreached

SECONDS_PER_HOUR = 3600


@dataclass(frozen=True)
class RunHealth:
    day: date
    is_open: bool
    asked: int
    """Of those who count: nobody who was away, say."""
    answered: int
    late: int
    skipped: int
    unreached: int
    """Missed because of Muster, or of Slack."""
    hours: float | None
    """Half of the answers took no longer; None without any."""
    least: int = 0
    """Of an anonymous ritual nothing is told about fewer answers than that, nor who was late."""


def health(run: Run, prompts: Collection[Prompt], responses: Mapping[int, Response]) -> RunHealth:
    asked = counted(run, prompts)
    answers = [responses[prompt.id] for prompt in asked if prompt.id in responses]
    took = [
        (responses[prompt.id].submitted_at - prompt.sent_at).total_seconds() / SECONDS_PER_HOUR
        for prompt in asked
        if prompt.id in responses and prompt.sent_at and responses[prompt.id].submitted_at >= prompt.sent_at
    ]
    return RunHealth(
        day=run.day,
        is_open=run.state is RunState.OPEN,
        asked=len(asked),
        answered=sum(prompt.state is PromptState.ANSWERED for prompt in asked),
        late=sum(answer.late for answer in answers),
        skipped=sum(prompt.state is PromptState.SKIPPED for prompt in asked),
        unreached=sum(unreached(prompt) is not None for prompt in asked),
        hours=median(took) if took else None,
        least=run.template.anonymous or 0,
    )
