"""Answers without a name: what is kept of them, and which groups can be told of without telling of one person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Unnamed:
    """One answer to an anonymous check-in. Nothing says whose it is, when it came, or what else they answered."""

    id: str
    """By chance; answers that make one record share it, and no others do."""
    question_id: str
    value: str
    function: str = ""
    """Of whoever gave it, where results are also told by function; empty once that could tell of one person."""


def safe_groups(sizes: Mapping[str, int], least: int) -> frozenset[str]:
    """The groups that can be told of beside the whole.

    Each has at least so many, and so has what is left without them, or it is nobody: otherwise whoever takes the groups
    from the whole would read those few. A group without a name is only ever part of the rest.
    """
    shown = sorted(
        (name for name, size in sizes.items() if name and size >= least), key=lambda name: (sizes[name], name)
    )
    rest = sum(sizes.values()) - sum(sizes[name] for name in shown)
    if shown and 0 < rest < least:
        shown = shown[1:]
    return frozenset(shown)


def settled(answers: Iterable[Unnamed], least: int) -> list[Unnamed]:
    """What is kept once nobody can answer any more: without the functions that could tell of one person."""
    found = list(answers)
    sizes: dict[str, Counter[str]] = {}
    for each in found:
        sizes.setdefault(each.question_id, Counter())[each.function] += 1
    safe = {question_id: safe_groups(of_question, least) for question_id, of_question in sizes.items()}
    return [each if each.function in safe[each.question_id] else replace(each, function="") for each in found]
