"""The texts of a decision's record: those that stand on every card, and those that its whole record has beside."""

from collections.abc import Sequence

from domain.decision_cards import DecisionCard
from domain.decision_options import Option
from domain.decisions import DecisionForm
from domain.words import day_text

Texts = list[tuple[str, str]]
"""What each is called, and what people wrote."""


def more(form: DecisionForm) -> Texts:
    """What only the whole record shows."""
    found = [
        ("Context", form.context),
        ("Constraints", form.constraints),
        ("Options considered", _options(form.options)),
        ("What gets better", form.good),
        ("What gets worse", form.bad),
        ("Expected outcome", expected(form)),
        ("Links", "\n".join(form.links)),
    ]
    return [(label, text) for label, text in found if text]


def came(card: DecisionCard) -> Texts:
    """What came of it, to be read against what was expected."""
    said = card.decision.result
    if said is None:
        return []
    person = card.people.get(said.by)
    day = day_text((said.at.astimezone(person.zone) if person else said.at).date())
    parts = {"": said.result, "Measured: ": said.measured, "Learned: ": said.learned}
    words = "\n".join(f"{name}{text}" for name, text in parts.items() if text)
    return [(f"What came of it, said by {card.name_of(said.by)} on {day}", words)]


def _options(options: Sequence[Option]) -> str:
    return "\n".join(_option(number, option) for number, option in enumerate(options, 1))


def _option(number: int, option: Option) -> str:
    parts = {"For": option.pros, "Against": option.cons, "Cost": option.cost, "Gain": option.gain}
    return "\n".join(
        [f"{number}. {option.title}", *(f"• {name}: {_one_line(text)}" for name, text in parts.items() if text)]
    )


def _one_line(text: str) -> str:
    """So that what was written one below the other stays with what it says."""
    return "; ".join(" ".join(each.split()) for each in text.splitlines() if each.strip())


def expected(form: DecisionForm) -> str:
    sure = f"{form.confidence} % sure" if form.confidence else ""
    parts = {"": form.outcome, "Measured by: ": form.metric, "Target: ": form.target, "Recorded as ": sure}
    return "\n".join(f"{name}{text}" for name, text in parts.items() if text)
