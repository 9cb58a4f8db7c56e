"""How evenly functions, and people, take part. Never the headline, and never a ranking of people."""

from collections.abc import Sequence
from math import log

from domain.metrics.participation import LEAST_FOR_PERCENT, OTHER, Functions

LEAST_FOR_TWO = 2
"""Of a single one there is nothing to compare."""


def pielou(functions: Functions) -> float | None:
    """Evenness of functions, 0 (one alone was heard) to 1 (all to the same share).

    Pielou's J = H / ln K, H = -sum q ln q, q = r / sum r over the K functions that were asked, with r = R/I of each:
    shares, not heads, so that 16 of 20 beside 4 of 5 is even. One silent function of five still gives 0.86, two give
    0.68. None if fewer than two were asked, or nobody answered; people without a function are left out.
    """
    shares = [count.answered / count.asked for name, count in functions if name != OTHER and count.asked]
    total = sum(shares)
    if len(shares) < LEAST_FOR_TWO or not total:
        return None
    parts = [share / total for share in shares if share]
    entropy = -sum(part * log(part) for part in parts)
    return min(max(entropy / log(len(shares)), 0.0), 1.0)


def gini(contributions: Sequence[int]) -> float | None:
    """Evenness of people, 0 (all contributed alike) to 1 (one did everything): the Gini coefficient with the factor
    n/(n-1) for small groups, over what each invited person contributed in four weeks.

    G* = (2 sum(i x_i) / sum x - (n + 1)) / (n - 1), x sorted upwards and i from 1: (1, 2, 3, 4, 10) gives 0.5. None
    without any contribution, and below five people, of whom it would tell one by one.
    """
    n, total = len(contributions), sum(contributions)
    if n < LEAST_FOR_PERCENT or not total:
        return None
    weighted = sum(place * each for place, each in enumerate(sorted(contributions), start=1))
    return min(max((2 * weighted / total - (n + 1)) / (n - 1), 0.0), 1.0)
