"""The message of a run in its channel: a count while it is open, the summary once it is closed."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import groupby

from domain.actions import Blocker
from domain.cards import RunCard, UnpostedCard
from domain.runs import WAITING, RunState
from domain.summaries import SHOWN_BLOCKERS, SHOWN_TITLE, Line, Tally, pages, skipped_text, tally
from domain.words import function_title
from domain.zones import zone as zone_of
from surface.kit import (
    Block,
    Element,
    Message,
    button,
    context,
    cut,
    divider,
    escape,
    escape_cut,
    header,
    message,
    moment,
    name_of,
    names,
    section,
    sections,
)
from surface.refusals import because

NAME_CUT = 60
BESIDE = 200
"""A longer answer begins on a line of its own."""


class Id(StrEnum):
    MAKE_ACTION = "run.make_action"


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
    blocks = _first_page(card, found, _make_action)
    if len(pages(card)) > 1:
        blocks.append(context("The other answers are in the thread."))
    return message(_fallback(card, found), blocks)


def _first_page(card: RunCard, found: Tally, beside: Callable[[Blocker], Element | None]) -> list[Block]:
    """`beside` draws what stands beside each blocker."""
    return [
        header(_title(card)),
        context(_counts(card, found)),
        *_blockers(card, beside),
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
    blocks = [section(text), divider(), *_first_page(card.summary, found, lambda _: None)]
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


def _blockers(card: RunCard, beside: Callable[[Blocker], Element | None]) -> list[Block]:
    if not card.blockers:
        return []
    shown = [section(_blocker(card, blocker), beside(blocker)) for blocker in card.blockers[:SHOWN_BLOCKERS]]
    more = len(card.blockers) - len(shown)
    rest = [context(f"and {more} more among the answers")] if more else []
    return [header(f"Blockers ({len(card.blockers)})"), *shown, *rest]


def _blocker(card: RunCard, blocker: Blocker) -> str:
    raised = name_of(card.people, blocker.raised_by, NAME_CUT, says_left=False)
    text = f"{escape_cut(blocker.title, SHOWN_TITLE)}\n_{raised}_"
    if blocker.owner_id in card.people:
        text += f" · can be cleared by {name_of(card.people, blocker.owner_id, NAME_CUT, says_left=False)}"
    return f"{text} · now *A-{blocker.action_number}*" if blocker.action_number else text


def _make_action(blocker: Blocker) -> Element | None:
    if blocker.action_number:
        return None
    label = f"Make action item: {cut(blocker.title, 40)}"
    return button("Make action item", Id.MAKE_ACTION, blocker.id, label=label)


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
    blockers = "; ".join(escape(blocker.title) for blocker in card.blockers)
    text = f"{escape(_title(card))}: {_counts(card, found)}."
    return f"{text} Blockers: {blockers}." if blockers else text
