"""What the answers of a run say of measures."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from statistics import median

from domain.measures import Value
from domain.runs import Run
from domain.templates import Template, split_label

KIND = "measure"


def labels(template: Template) -> dict[str, list[str]]:
    """By measure the questions that fill it. An anonymous ritual fills none, nor one whose answers not everybody in the
    channel may read."""
    if template.anonymous or not template.post.is_in_channel:
        return {}
    found: dict[str, list[str]] = {}
    for question in template.ask:
        label, into = split_label(question.into)
        if into.startswith(f"{KIND}."):
            found.setdefault(label, []).append(question.id)
    return found


def name_of(label: str) -> str:
    """As it is listed: "Drift"."""
    words = label.replace("_", " ")
    return words[:1].upper() + words[1:]


def measured(run: Run, questions: Iterable[str], given: Iterable[Mapping[str, str]]) -> Value | None:
    """Of several answers the median, which says so; None if nobody answered."""
    asked = list(questions)
    numbers = [Decimal(answers[each]) for answers in given for each in asked if answers.get(each)]
    if not numbers or run.closed_at is None:
        return None
    many = f", median of {len(numbers)} answers" if len(numbers) > 1 else ""
    return Value(run.closed_at, float(median(numbers)), f"{run.template.title}{many}", run_id=run.id)
