"""The lower part of App Home: rituals one facilitates, what one answered lately, absences and settings."""

from domain.absences import said_once
from domain.home import Facilitated, HomeCard
from domain.words import count_text
from surface import absences, away, calendars, own_answers, people, ritual_list
from surface.kit import Block, button, buttons, context, escape, header, section, sections

FACILITATED = 4
ANSWERED = 3


def facilitated(card: HomeCard) -> list[Block]:
    found = card.facilitated
    if not found:
        return []
    rows = [header("Check-ins you facilitate"), *map(_row, found[:FACILITATED])]
    more = len(found) - FACILITATED
    return [*rows, context(f"+{more} more; `/ritual` in their channels shows them.")] if more > 0 else rows


def _row(found: Facilitated) -> Block:
    ritual, title = found.ritual, found.ritual.template.title
    counted = f", {found.answered} of {found.asked} answered" if found.asked else ""
    now = f"open now{counted} · " if found.is_open else ""
    text = f"*{escape(title)}* in {escape(found.place)}\n{now}{ritual_list.next_text(ritual)}"
    return section(text, button("Details", ritual_list.Id.DESK, ritual.id, label=f"Details of {title}"))


def answered(card: HomeCard) -> list[Block]:
    if not card.answered:
        return []
    return [header("What you answered lately"), *map(own_answers.row, card.answered[:ANSWERED])]


def absences_and_settings(card: HomeCard) -> list[Block]:
    today = card.now.astimezone(card.person.zone).date()
    known = said_once(card.person.absences_from(today))
    more = len(known) - absences.SHOWN
    lines = [f"and {count_text(more, 'more time')}"] if more > 0 else []
    lines += calendars.home_line(card.calendar)
    lines += [] if known or lines else ["You have not said that you are away."]
    choice = [button("I am away", away.Id.SAY, card.person.id)]
    if any(each.first <= today for each in known):
        choice.append(button("I am back", away.Id.BACK, card.person.id))
    choice.append(calendars.home_button(card.person.id, card.calendar))
    return [
        header("Your time"),
        *absences.rows(known[: absences.SHOWN], card.rituals),
        *sections(lines),
        buttons(*choice),
        people.settings_row(card.person),
    ]
