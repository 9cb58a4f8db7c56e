"""How many of those asked have answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from domain.people import FUNCTIONS
from domain.runs import Missed, Prompt, PromptState, counts, unreached

LEAST_FOR_PERCENT = 5
"""With fewer asked, a percentage says more than is known."""
OTHER = "other"
"""Those whose function nobody has set."""


@dataclass(frozen=True)
class Count:
    answered: int
    asked: int

    @property
    def percent(self) -> int | None:
        """100 * answered / asked, None below 5 asked; 100 only when all answered, 0 only when nobody did."""
        if self.asked < LEAST_FOR_PERCENT:
            return None
        if self.answered in (0, self.asked):
            return 100 * self.answered // self.asked
        half_up = (200 * self.answered + self.asked) // (2 * self.asked)
        return min(max(half_up, 1), 99)


def participation(prompts: Iterable[Prompt]) -> Count:
    """R / I, pooled over runs: sum of those who answered over sum of those asked.

    I leaves out who was away, who left, and who was asked by the next run instead; R counts late answers too, as the
    summary in the channel does, so that the two never differ.
    """
    return count_of([prompt for prompt in prompts if counts(prompt)])


def count_of(asked: Collection[Prompt]) -> Count:
    return Count(sum(prompt.state is PromptState.ANSWERED for prompt in asked), len(asked))


def by_function(prompts: Iterable[Prompt]) -> tuple[tuple[str, Count], ...]:
    """The same for each function that was asked, in the order of FUNCTIONS; the counts add up to the whole."""
    groups: dict[str, list[Prompt]] = {}
    for prompt in prompts:
        groups.setdefault(prompt.function if prompt.function in FUNCTIONS else OTHER, []).append(prompt)
    found = ((name, participation(groups[name])) for name in (*FUNCTIONS, OTHER) if name in groups)
    return tuple((name, count) for name, count in found if count.asked)


def not_reached(prompts: Iterable[Prompt]) -> int:
    """How many of those to be asked never got the message in time."""
    return sum(unreached(prompt) not in (None, Missed.STOPPED) for prompt in prompts)
