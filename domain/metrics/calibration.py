"""Whether what people said would come came as often as they said."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.metrics.participation import Count

LEAST_FOR_BRIER = 20


@dataclass(frozen=True)
class Forecast:
    """One that is closed: one knows whether it came."""

    percent: int
    """How sure whoever made it was, 0 to 100."""
    came: bool


def brier(forecasts: Sequence[Forecast]) -> float | None:
    """mean (f - o)^2, f the forecast from 0 to 1, o 1 if it came and else 0 (Brier 1950): 0 is best, always saying 50 %
    gives 0.25, 1 is worst. None below 20 closed forecasts, of which `by_forecast` lists what was said."""
    if len(forecasts) < LEAST_FOR_BRIER:
        return None
    return sum((each.percent / 100 - each.came) ** 2 for each in forecasts) / len(forecasts)


def by_forecast(forecasts: Sequence[Forecast]) -> list[tuple[int, Count]]:
    """ "Said 70 %, 3 of 5 happened": for each percentage that was said, from the highest down."""
    said = sorted({each.percent for each in forecasts}, reverse=True)
    groups = [(percent, [each for each in forecasts if each.percent == percent]) for percent in said]
    return [(percent, Count(sum(each.came for each in group), len(group))) for percent, group in groups]
