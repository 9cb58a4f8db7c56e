"""How the round of a decision stands: a count while it is open, and who stands where once it has closed."""

from collections.abc import Sequence

from domain.decision_cards import DecisionCard
from domain.rounds import RoundCard, Said
from domain.words import day_text, joined
from surface.kit import escape, fitted
from surface.objections import SHOWN as KEPT

SHOWN = 30
"""People with words, or names, under one answer."""
Lines = list[tuple[bool, str]]
"""Each with whether it is a heading."""


def round_lines(card: DecisionCard, room: int) -> list[str]:
    """In that room; empty where nobody was asked about its present text."""
    if card.round is None:
        return []
    found = _lines(card, card.round)
    shown = zip(found, fitted([text for _, text in found], room), strict=True)
    return [f"*{text}*" if is_heading else text for (is_heading, _), text in shown]


def result(found: RoundCard) -> str:
    """ "2 Consent, 1 Objection, 1 was not heard": in a sentence."""
    counts = [f"{len(people)} {escape(stance)}" for stance, people in found.stances.items()]
    silent = len(found.silent)
    counts += [f"{silent} {'was' if silent == 1 else 'were'} not heard"] if silent else []
    return joined(counts)


def _lines(card: DecisionCard, found: RoundCard) -> Lines:
    so_far = f"{found.heard} of {found.asked} {'has' if found.asked == 1 else 'have'} said where they stand."
    title = found.title.removesuffix(f" {card.decision.name}")
    if found.until:
        driver = card.people.get(card.decision.driver_id)
        last_day = day_text((found.until.astimezone(driver.zone) if driver else found.until).date())
        approver = card.name_of(card.decision.form.approver_id)
        asks = f"Asked: {_names(card, found.people)}; approver {approver}."
        return [(True, title), (False, asks), (False, f"{so_far} It is open until {last_day}.")]
    if found.unasked:
        so_far = f"It ended early: {found.heard} of {found.asked + found.unasked} had said where they stand."
    lines = [(True, title), (False, so_far)]
    for stance, people in found.stances.items():
        lines += [(True, stance), *((False, line) for line in _told(card, people) or ["In their words above."])]
    if found.silent:
        lines += [(True, "Not heard"), (False, _names(card, found.silent))]
    return lines


def _told(card: DecisionCard, people: Sequence[Said]) -> list[str]:
    """Those who wrote something first, each on a line; the words of an objection stand above already."""
    wrote = [each for each in people if each.lines and not card.decision.objection_of(each.person_id)][:SHOWN]
    above = card.decision.objection_of if len(card.decision.objections) <= KEPT else lambda _: None
    rest = [each.person_id for each in people if each not in wrote and not above(each.person_id)]
    told = [f"{card.name_of(each.person_id)}: {' → '.join(each.lines)}" for each in wrote]
    return [*told, _names(card, rest)] if rest else told


def _names(card: DecisionCard, ids: Sequence[str]) -> str:
    found = sorted(card.name_of(each) for each in ids)
    more = len(found) - SHOWN
    return joined(found if more <= 0 else [*found[:SHOWN], f"{more} more"])
