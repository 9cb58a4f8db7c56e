"""Arithmetic as a person would do it on paper."""

from fractions import Fraction
from math import log, sqrt


def percent(answered: int, asked: int) -> str:
    """Of five and more; half a point is rounded up, and only all is 100."""
    if asked < 5:
        return ""
    if answered == asked:
        return "100"
    if answered == 0:
        return "0"
    points, rest = divmod(100 * answered, asked)
    points += 2 * rest >= asked
    return str(min(max(points, 1), 99))


def middle(values: list[float]) -> float:
    found = sorted(values)
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2


def nearest_rank(values: list[float], people: int) -> float | None:
    """The value within which half of the people lie; those without one are at the end."""
    place = max((people + 1) // 2, 1)
    return sorted(values)[place - 1] if people and place <= len(values) else None


def usual(before: list[float | None]) -> tuple[float, float, float] | None:
    """Median, least and most of the last four; None where fewer than three are known."""
    known = [each for each in before[-4:] if each is not None]
    return (middle(known), min(known), max(known)) if len(known) >= 3 else None


def against(value: float | None, before: tuple[float, float, float] | None, step: float) -> int:
    """1 above, -1 below, 0 as usual."""
    if value is None or before is None or abs(value - before[0]) < step - 1e-9:
        return 0
    return (value > before[2]) - (value < before[1])


def wilson(answered: int, asked: int) -> tuple[float, float]:
    z, share = 1.959963984540054, answered / asked
    centre, spread = share + z * z / (2 * asked), z * sqrt(share * (1 - share) / asked + z * z / (4 * asked**2))
    return (centre - spread) / (1 + z * z / asked), (centre + spread) / (1 + z * z / asked)


def evenness(shares: list[float]) -> str:
    """Pielou's J of shares, to two places."""
    total = sum(shares)
    if len(shares) < 2 or not total:
        return ""
    found = -sum(each / total * log(each / total) for each in shares if each) / log(len(shares))
    return f"{min(max(found, 0.0), 1.0):.2f}"


def inequality(given: list[int]) -> str:
    """Gini with the factor for small groups, by its definition: half the mean difference over the mean."""
    people, total = len(given), sum(given)
    if people < 5 or not total:
        return ""
    differences = sum(abs(one - other) for one in given for other in given)
    return f"{float(Fraction(differences, 2 * total * (people - 1))):.2f}"
