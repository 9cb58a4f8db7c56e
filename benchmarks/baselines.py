"""The simple ways to find what matters in a thread: what a brief has to beat. Each ranks all it may rest on."""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping

from domain.threads import Message, Thread

Ranking = Callable[[Thread], list[str]]
DAMPING = 0.85
ROUNDS = 40
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def candidates(thread: Thread) -> list[Message]:
    return [message for message in thread.messages if not message.is_deleted and not message.is_bot]


def lead(thread: Thread) -> list[str]:
    return [message.ts for message in candidates(thread)]


def tail(thread: Thread) -> list[str]:
    return lead(thread)[::-1]


def longest(thread: Thread) -> list[str]:
    return _ranked(thread, [len(message.text) for message in candidates(thread)])


def centroid(thread: Thread) -> list[str]:
    """Those nearest to the mean of all, by TF-IDF."""
    counts = [Counter(words(message.text)) for message in candidates(thread)]
    found_in = Counter(word for count in counts for word in count)
    vectors = [{w: n * math.log(len(counts) / found_in[w]) for w, n in count.items()} for count in counts]
    middle: dict[str, float] = {}
    for vector in vectors:
        for word, weight in vector.items():
            middle[word] = middle.get(word, 0) + weight
    return _ranked(thread, [_cosine(vector, middle) for vector in vectors])


def textrank(thread: Thread) -> list[str]:
    """PageRank over messages that share words (Mihalcea and Tarau, 2004)."""
    texts = [set(words(message.text)) for message in candidates(thread)]
    links = [[0.0 if one is other else _overlap(one, other) for other in texts] for one in texts]
    totals = [sum(row) for row in links]
    scores = [1.0] * len(texts)
    for _ in range(ROUNDS):
        shares = [score / total if total else 0.0 for score, total in zip(scores, totals, strict=True)]
        scores = [1 - DAMPING + DAMPING * sum(s * w for s, w in zip(shares, row, strict=True)) for row in links]
    return _ranked(thread, scores)


def words(text: str) -> list[str]:
    """In lower case; where no spaces stand between them, each pair of signs."""
    found: list[str] = []
    for word in re.findall(r"\w+", text.lower()):
        pairs = [word[place : place + 2] for place in range(len(word) - 1)]
        found += pairs if CJK.search(word) and pairs else [word]
    return found


def _ranked(thread: Thread, scores: list[float] | list[int]) -> list[str]:
    """The highest first, of equals the earliest."""
    found = lead(thread)
    return [found[place] for place in sorted(range(len(found)), key=lambda place: -scores[place])]


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return sum(weight * other.get(word, 0) for word, weight in one.items()) / lengths if lengths else 0.0


def _overlap(one: set[str], other: set[str]) -> float:
    lengths = math.log(len(one) or 1) + math.log(len(other) or 1)
    return len(one & other) / lengths if lengths else 0.0


BASELINES: Mapping[str, Ranking] = {
    "lead": lead,
    "tail": tail,
    "longest": longest,
    "centroid": centroid,
    "TextRank": textrank,
}
"""Random is not among them: what it finds is worked out, not drawn."""
