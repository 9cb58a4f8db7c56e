"""How near each message is to what the whole thread is about."""

from collections import Counter
from collections.abc import Mapping
from math import log, sqrt


def centrality(stems: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """0 to 1 for each id: the cosine of its rare words with those of all."""
    spread = Counter(stem for found in stems.values() for stem in sorted(found))
    weight = {stem: log(1 + len(stems) / count) for stem, count in spread.items()}
    centre = {stem: weight[stem] * count for stem, count in spread.items()}
    near = {ts: _near(sorted(found), weight, centre) for ts, found in stems.items()}
    most = max(near.values(), default=0.0) or 1.0
    return {ts: value / most for ts, value in near.items()}


def _near(stems: list[str], weight: Mapping[str, float], centre: Mapping[str, float]) -> float:
    size = sqrt(sum(weight[stem] ** 2 for stem in stems))
    return sum(weight[stem] * centre[stem] for stem in stems) / size if size else 0.0
