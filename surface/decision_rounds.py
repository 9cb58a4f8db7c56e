"""How the round of a decision stands: a count while it is open, and who stands where once it has closed."""

from collections.abc import Sequence
from dataclasses import replace

from domain.decision_cards import DecisionCard
from domain.rounds import RoundCard, Said
from domain.words import day_text, joined
from surface.kit import Block, context, escape, fitted, names, section, sections

WORDS_ROOM = 6000
"""For all that people wrote with their answers."""
SHOWN = 30
"""People with words, or names, under one answer."""


def round_blocks(card: DecisionCard) -> list[Block]:
    """Empty where nobody was asked about its present text."""
    found = card.round
    if found is None:
        return []
    title = escape(found.title.removesuffix(f" {card.decision.name}"))
    if found.until:
        driver = card.people.get(card.decision.driver_id)
        last_day = (found.until.astimezone(driver.zone) if driver else found.until).date()
        return [section(f"*{title}*\n{_so_far(found)} It is open until {day_text(last_day)}.")]
    heard = f"{title}: {found.heard} of {found.asked} have said where they stand"
    lines = [line for stance, people in _with_room(found) for line in (f"*{escape(stance)}*", *_told(card, people))]
    if found.silent:
        lines += ["*Not heard*", _names(card, [Said(each) for each in found.silent])]
    return [context(heard), *sections(lines)]


def result(found: RoundCard) -> str:
    """ "2 Consent, 1 Objection, 1 was not heard": in a sentence."""
    counts = [f"{len(people)} {escape(stance)}" for stance, people in found.stances.items()]
    silent = len(found.silent)
    counts += [f"{silent} {'was' if silent == 1 else 'were'} not heard"] if silent else []
    return joined(counts)


def _so_far(found: RoundCard) -> str:
    return f"{found.heard} of {found.asked} {'has' if found.asked == 1 else 'have'} said where they stand."


def _with_room(found: RoundCard) -> list[tuple[str, list[Said]]]:
    """Their words escaped, and shorter where all together are too long."""
    wrote = [line for people in found.stances.values() for each in people for line in each.lines]
    short = iter(fitted(wrote, WORDS_ROOM))
    return [
        (stance, [replace(each, lines=tuple(next(short) for _ in each.lines)) for each in people])
        for stance, people in found.stances.items()
    ]


def _told(card: DecisionCard, people: Sequence[Said]) -> list[str]:
    """Those who wrote something first, each on a line; the words of an objection stand above already."""
    wrote = [each for each in people if each.lines and not card.decision.objection_of(each.person_id)]
    rest = [each for each in people if each not in wrote]
    told = [f"{escape(card.name_of(each.person_id))}: {' → '.join(each.lines)}" for each in wrote[:SHOWN]]
    rest += wrote[SHOWN:]
    return [*told, _names(card, rest)] if rest else told


def _names(card: DecisionCard, people: Sequence[Said]) -> str:
    found = sorted(card.name_of(each.person_id) for each in people)
    more = len(found) - SHOWN
    return names(found if more <= 0 else [*found[:SHOWN], f"{more} more"])
