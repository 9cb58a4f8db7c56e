"""What is held against a decision, as its record says it; and the buttons by which people say so."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from domain.decision_cards import DecisionCard
from domain.decisions import Decision
from domain.objections import Objection
from domain.people import Person
from domain.words import count_text, day_text, joined
from surface.kit import Element, button, name_of

NAME_ROOM = 150
NAMED = 3
SHOWN = 20
"""The newest; what everybody who objected has said must leave room for the rest of the record."""


class Id(StrEnum):
    OBJECT = "decision.object"
    WITHDRAW = "decision.withdraw"
    OVERRULE = "decision.overrule"


def asked(decision: Decision) -> str:
    """Which text of which decision somebody looks at when they press."""
    return f"{decision.id}.{decision.version}"


def object_button(decision: Decision, text: str = "Object") -> Element:
    return button(text, Id.OBJECT, asked(decision), label=f"{text}: {decision.name}")


def withdraw_button(decision: Decision, text: str = "Withdraw objection") -> Element:
    return button(text, Id.WITHDRAW, asked(decision), label=f"{text}: {decision.name}")


def overrule_button(decision: Decision) -> Element:
    return button("Accept anyway", Id.OVERRULE, asked(decision), label=f"Accept anyway: {decision.name}")


def objectors(decision: Decision, people: Mapping[str, Person], room: int = NAME_ROOM, *, but: str = "") -> str:
    """Whose objections stand, escaped."""
    ids = list(dict.fromkeys(each.person_id for each in decision.standing if each.person_id != but))
    found = [name_of(people, each, room, says_left=False) for each in ids[:NAMED]]
    more = len(ids) - NAMED
    return joined([*found, f"{more} more"] if more > 0 else found)


def kept(card: DecisionCard) -> list[tuple[str, str]]:
    """(label, words) of each, the oldest first; neither is escaped."""
    found = [(_label(card, each), _words(card, each)) for each in card.decision.objections]
    before = len(found) - SHOWN
    return [("Objections", f"{count_text(before, 'earlier one')} kept."), *found[-SHOWN:]] if before > 0 else found


def _label(card: DecisionCard, objection: Objection) -> str:
    name = card.name_of(objection.person_id)
    if objection.overruled_at:
        return f"Earlier objection of {name}, overruled"
    if objection.withdrawn_at:
        day = _day(objection.withdrawn_at, card.people, objection.person_id)
        return f"Earlier objection of {name}, withdrawn on {day}"
    if objection.version != card.decision.version:
        return f"Earlier objection of {name}, to a text that was changed since"
    return f"Objection of {name}"


def _words(card: DecisionCard, objection: Objection) -> str:
    said = f"{objection.reason}\nWhat would help: {objection.change}"
    if objection.overruled_at is None:
        return said
    day = _day(objection.overruled_at, card.people, objection.overruled_by)
    because = objection.overruled_because
    return f"{said}\nOverruled by {card.name_of(objection.overruled_by)} on {day}: “{because}”"


def _day(at: datetime, people: Mapping[str, Person], person_id: str) -> str:
    person = people.get(person_id)
    return day_text((at.astimezone(person.zone) if person else at).date())
