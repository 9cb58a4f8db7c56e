"""The message of a run in its channel: a count while it is open, the summary once it is closed."""

from collections.abc import Iterable
from itertools import groupby

from domain.cards import RunCard, UnpostedCard
from domain.runs import WAITING, RunState
from domain.summaries import SHOWN_BLOCKERS, Line, Tally, pages, skipped_text, tally
from domain.words import function_title
from domain.zones import zone as zone_of
from surface import blockers
from surface.kit import (
    Block,
    Message,
    context,
    divider,
    escape,
    header,
    message,
    moment,
    names,
    section,
    sections,
)
from surface.refusals import because

BESIDE = 200
"""A longer answer begins on a line of its own."""


def run_message(card: RunCard) -> Message:
    return _open_message(card) if card.run.state is RunState.OPEN else _summary(card)


def _title(card: RunCard) -> str:
    day = card.run.day
    return f"{card.run.template.title}, {day:%a} {day.day} {day:%b}"


def _open_message(card: RunCard) -> Message:
    found = tally(card)
    last = max((each.deadline for each in card.prompts if each.state in WAITING), default=card.run.opened_at)
    facilitator = card.people.get(card.run.facilitator_id)
    zone = facilitator.zone if facilitator else zone_of("UTC")
    counted = f"{found.answered} of {found.asked} answered"
    return message(
        f"{escape(_title(card))}: {counted}.",
        [
            section(f"*{escape(_title(card))}*\n{counted}"),
            context(f"{escape(card.run.template.purpose)} The summary comes {moment(last, zone)} at the latest."),
        ],
    )


def _summary(card: RunCard) -> Message:
    found = tally(card)
    if not found.answered and not card.responses:
        return _nobody_answered(card, found)
    blocks = _first_page(card, found)
    if len(pages(card)) > 1:
        blocks.append(context("The other answers are in the thread."))
    return message(_fallback(card, found), blocks)


def _first_page(card: RunCard, found: Tally, *, with_buttons: bool = True) -> list[Block]:
    return [
        header(_title(card)),
        context(_counts(card, found)),
        *_blockers(card, with_buttons=with_buttons),
        *_by_function(pages(card)[0]),
    ]


def unposted_message(card: UnpostedCard, *, is_out: bool) -> Message | None:
    """To the facilitator, when the channel does not take the summary: as much of it as they may see, without buttons.
    Once the channel has taken it, only that it is there; None while that is tried."""
    title, place = escape(_title(card.summary)), escape(card.place)
    if card.is_open and card.standing.is_shown:
        text = f"The summary of *{title}* is in {place} now."
        return message(text, [context(text)]) if is_out else None
    why = "is_archived" if card.is_archived else card.standing.refusal if card.is_open else "not_in_channel"
    if not why:
        return None
    text = f"The summary of *{title}* could not be posted in {place}, {because(why)}"
    if not card.may_read:
        return message(text, [section(text), context("The answers are kept until then.")])
    found = tally(card.summary)
    blocks = [section(text), divider(), *_first_page(card.summary, found, with_buttons=False)]
    if len(pages(card.summary)) > 1:
        blocks.append(context("The other answers are kept, and come with the summary."))
    return message(f"{text} {_fallback(card.summary, found)}", blocks)


def _nobody_answered(card: RunCard, found: Tally) -> Message:
    reason = f" Away: {names(found.away)}." if found.away else ""
    text = f"{escape(_title(card))}: Closed, no answers.{reason}"
    text += "".join(f" {escape(each)}." for each in found.unreached)
    text += f" Switched off before they were asked: {names(found.spared)}." if found.spared else ""
    text += f" No longer asked: {names(found.released)}." if found.released else ""
    return message(text, [section(text)])


def part_message(card: RunCard, number: int, *, is_out: bool) -> Message | None:
    """A later page of a summary, for its thread. The summary may have become shorter: then None, or where it went."""
    found = pages(card)
    if number <= len(found):
        lines = found[number - 1]
        head = escape(f"{_title(card)}, answers continued ({number} of {len(found)})")
        said = " ".join(f"{escape(line.person)}: {escape(line.answer)}" for line in lines)
        return message(f"{head}. {said}", [context(head), *_by_function(lines)])
    gone = f"{escape(_title(card))}: these answers have moved up."
    return message(gone, [context(gone)]) if is_out else None


def _counts(card: RunCard, found: Tally) -> str:
    parts = [f"{found.answered} of {found.asked} answered"]
    late = sum(response.late for response in card.responses.values())
    labels = [("away", found.away), ("skipped", found.skipped), ("no answer", found.silent)]
    parts += [f"{label}: {names(people)}" for label, people in labels if people]
    parts += [escape(each[:1].lower() + each[1:]) for each in found.unreached]
    if found.spared:
        parts.append(f"switched off before they were asked: {names(found.spared)}")
    if found.released:
        parts.append(f"no longer asked: {names(found.released)}")
    if late:
        parts.append(f"{late} late")
    if card.run.skipped:
        parts.append(skipped_text(card.run))
    return " · ".join(parts)


def _blockers(card: RunCard, *, with_buttons: bool) -> list[Block]:
    """Those of this run first; `with_buttons` where a press does something."""
    found = [*card.blockers, *card.earlier]
    if not found:
        return []
    blocks: list[Block] = []
    for blocker in found[:SHOWN_BLOCKERS]:
        days = (card.run.day - blocker.recorded_at.date()).days if blocker.run_id != card.run.id else 0
        drawn = blockers.rows(blocker, card.people, days=days)
        blocks += drawn if with_buttons else drawn[:1]
    more = len(found) - SHOWN_BLOCKERS
    rest = [context(f"and {more} more among the answers, these and earlier ones")] if more > 0 else []
    return [header(f"Blockers ({len(found)})"), *blocks, *rest]


def _by_function(lines: Iterable[Line]) -> list[Block]:
    blocks: list[Block] = []
    for function, of_function in groupby(lines, key=lambda line: line.function):
        texts: list[str] = []
        for person, of_person in groupby(of_function, key=lambda line: line.person):
            texts += [f"*{escape(person)}*", *map(_answer, of_person)]
        blocks += [header(function_title(function)), *sections(texts)]
    return blocks


def _answer(line: Line) -> str:
    between = " " if len(line.answer) <= BESIDE and "\n" not in line.answer else "\n"
    return f"_{escape(line.question)}_{between}{escape(line.answer)}"


def _fallback(card: RunCard, found: Tally) -> str:
    titles = "; ".join(escape(blocker.title) for blocker in card.blockers)
    text = f"{escape(_title(card))}: {_counts(card, found)}."
    return f"{text} Blockers: {titles}." if titles else text
