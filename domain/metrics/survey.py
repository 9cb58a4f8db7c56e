"""What a survey says of clarity, trust and satisfaction. Nobody is told anything of fewer than five."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from domain.anonymous import safe_groups
from domain.metrics.participation import Count

CONSTRUCTS: Mapping[str, tuple[str, ...]] = {
    "clarity": ("clarity_who", "clarity_why"),
    "trust": ("trust_voice", "trust_word"),
    "satisfaction": ("satisfied_influence", "satisfied_worth"),
    "fairness": ("fairness",),
}
"""The questions of the governance pulse, by what they are about: worded alike each time, to compare months."""
LEAST = 5
FAVOURABLE = 4
"""From there on, of 5, somebody agrees."""
CHANGE = 0.5

Answers = Mapping[str, Sequence[int]]
"""What was chosen, 1 to 5, by question."""


@dataclass(frozen=True)
class Score:
    mean: float
    """1 to 5."""
    favourable: Count
    """Answers of 4 or 5 / all answers to these questions."""
    n: int
    """People: so many answered the question that the fewest answered."""


def score(answers: Answers, questions: Sequence[str]) -> Score | None:
    """The mean of all answers to the questions of one construct, and how many of them are favourable; None if fewer
    than five people answered each of them. Answers are not known to be of one person, so Cronbach's alpha, which needs
    that, is not told."""
    of_each = [answers.get(question, ()) for question in questions]
    n = min((len(each) for each in of_each), default=0)
    if n < LEAST:
        return None
    values = [value for each in of_each for value in each]
    return Score(fmean(values), Count(sum(value >= FAVOURABLE for value in values), len(values)), n)


def change(after: Score | None, before: Score | None) -> float | None:
    """By how much the mean moved since the run before; None unless it is half a point or more, of five people or more
    both times: less is chance."""
    if after is None or before is None:
        return None
    moved = after.mean - before.mean
    return moved if round(abs(moved) - CHANGE, 9) >= 0 else None


def by_function(groups: Mapping[str, Answers], questions: Sequence[str]) -> dict[str, Score]:
    """The same for each function, as far as every function that is shown and all others together have five people or
    more (complementary suppression): else what is left would tell of those few. One alone is not shown either."""
    sizes = {
        name: max((len(answers.get(each, ())) for each in questions), default=0) for name, answers in groups.items()
    }
    safe = safe_groups(sizes, LEAST)
    found = {name: score(answers, questions) for name, answers in groups.items() if name in safe}
    return {name: each for name, each in found.items() if each}


@dataclass(frozen=True)
class Voices:
    """A mean in which each function has one voice, and beside it the plain one."""

    mean: float
    plain: float

    @property
    def differ(self) -> bool:
        """Then both are shown."""
        return round(abs(self.mean - self.plain) - CHANGE, 9) >= 0


def each_function_one_voice(groups: Mapping[str, Sequence[float]]) -> Voices | None:
    """The median within each function, then the mean of the functions; None if nobody answered. A function of which
    nobody did has no voice."""
    given = [values for values in groups.values() if values]
    if not given:
        return None
    return Voices(fmean(median(values) for values in given), fmean(value for values in given for value in values))
