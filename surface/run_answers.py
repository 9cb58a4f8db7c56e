"""The answers of a run as people read them, in the order its ritual asks for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from itertools import groupby
from typing import TypeAlias

from domain import items_below
from domain.cards import RunCard
from domain.runs import Response
from domain.selectors import asks_starter
from domain.summaries import Line, all_lines, asked_by_option, given_and_asked, numbers, order_of
from domain.summary_pages import pages
from domain.templates import chosen
from domain.words import day_text, function_title
from surface import actions, anonymous
from surface.kit import Block, Element, button, buttons, context, cut, escape, header, sections

BESIDE = 200
"""A longer answer begins on a line of its own."""
NO_LONGER_KEPT = "What was answered is no longer kept: whoever runs Muster has it deleted after a while."
EARLIER_NO_LONGER_KEPT = "Earlier answers are no longer kept: whoever runs Muster has them deleted after a while."
BETWEEN = " \N{MIDDLE DOT} "
BLOCKERS = "Blockers"
QUESTION_ROOM = 120
"""For a question that heads what it raised, with the count after it."""


LABEL_ROOM = 40
SHOWN_ITEMS = 3
"""Below one answer."""

Said: TypeAlias = tuple[str, Line | None]
"""A text, and the answer it is; None of what stands above answers."""


class Id(StrEnum):
    READ_ALL = "run.read_all"
    READ_ANSWER = "run.read_answer"
    """At an action item that was made of one."""
    ADD_ITEM = "run.add_item"
    """At an answer: something to do because of it."""


def title(card: RunCard) -> str:
    return f"{card.run.template.title}, {day_text(card.run.day)}"


def page_of_answers(card: RunCard, number: int) -> list[Block]:
    """Of a message, long ones folded, with one button below them."""
    lines = pages(card)[number - 1]
    head = gone(card) if number == 1 else []
    return [*head, *answers(card, lines), *_read_whole(card, number, lines)]


def _read_whole(card: RunCard, number: int, lines: Sequence[Line]) -> list[Block]:
    """The view of whole answers, for those that are folded; else for the buttons that stand beside them there."""
    is_folded = any(line.is_folded for line in lines)
    if not is_folded and not any(line.source for line in lines):
        return []
    text, said = ("Read all", "Read all") if is_folded else ("Add action item", "Add an action item to an answer")
    return [buttons(button(text, Id.READ_ALL, f"{card.run.id}:{number}", label=f"{said}: {title(card)}"))]


def gone(card: RunCard) -> list[Block]:
    """A late answer may have come since the others were deleted."""
    if not card.run.forgotten_at:
        return []
    return [context(EARLIER_NO_LONGER_KEPT if all_lines(card) else NO_LONGER_KEPT)]


def run_and_place(value: str) -> tuple[int, int]:
    """What a button of these answers is about: a run, and a page of its summary or the place of an answer."""
    run_id, _, place = value.partition(":")
    return int(run_id), int(place)


def numbered(card: RunCard) -> list[Block]:
    found, by = numbers(card), order_of(card.run.template)
    if card.run.template.anonymous:
        return anonymous.in_numbers(card)
    heads = asked_by_option(card.run.template) if by == "answer" else None
    found = [pair for pair in found if not heads or pair[0] != heads.text]
    if not found or by == "question":
        return []
    below = [header("Answers")] if by == "person" else []
    return [header("In numbers"), *sections(f"_{escape(question)}_ {escape(text)}" for question, text in found), *below]


def answers(card: RunCard, lines: Sequence[Line]) -> list[Block]:
    return _drawn(card, lines, _packed, one_by_one=False)


def _packed(said: Iterable[Said]) -> list[Block]:
    return sections(text for text, _line in said)


def with_buttons(card: RunCard, lines: Sequence[Line]) -> list[Block]:
    """Each answer that action items can be made of with a button, and with what was made of it."""
    return _drawn(card, lines, partial(_apart, card), one_by_one=card.run.takes_items)


def _drawn(
    card: RunCard, lines: Sequence[Line], draw: Callable[[Iterable[Said]], list[Block]], *, one_by_one: bool
) -> list[Block]:
    by = order_of(card.run.template)
    if card.run.template.anonymous:
        return anonymous.by_question(lines)
    if by == "question":
        return draw(_by_question(card, lines, one_by_one=one_by_one))
    if by == "person":
        return draw(_by_person(lines))
    blocks: list[Block] = []
    for group, of_group in groupby(lines, key=lambda line: line.group):
        blocks += [
            header(function_title(group) if by == "function" else _option(card, group)),
            *draw(_by_person(of_group)),
        ]
    return blocks


def _apart(card: RunCard, said: Iterable[Said]) -> list[Block]:
    """What heads an answer stays with it."""
    blocks: list[Block] = []
    above: list[str] = []
    for text, line in said:
        if line is None or line.source is None:
            above.append(text)
            continue
        head = [above.pop()] if above and above[-1].startswith("\n") else []
        first, *rest = sections([*head, text, *_made_of(card, line)])
        blocks += [*sections(above), {**first, "accessory": _add_item(line)}, *rest]
        above = []
    return [*blocks, *sections(above)]


def _made_of(card: RunCard, line: Line) -> list[str]:
    made = [each for each in card.added if line.source and items_below.is_of(each, line.source)]
    found = [actions.of_answer(each, card.people) for each in made]
    more = [f"and {len(found) - SHOWN_ITEMS} more"] if len(found) > SHOWN_ITEMS else []
    return [*found[-SHOWN_ITEMS:], *more]


def _add_item(line: Line) -> Element:
    said = cut(" ".join(line.answer.split()), LABEL_ROOM)
    return button("Add action item", Id.ADD_ITEM, line.source, label=f"Add an action item: {said}")


def _option(card: RunCard, option: str) -> str:
    given = [_chosen(card, response) for response in card.responses.values()]
    return f"{option or 'Not answered'} ({sum(option in (each or ['']) for each in given)} of {len(given)})"


def _chosen(card: RunCard, response: Response) -> list[str]:
    first = asked_by_option(card.run.template)
    return chosen(response.answers.get(first.id, "")) if first else []


def _by_person(lines: Iterable[Line]) -> Iterator[Said]:
    for person, of_person in groupby(lines, key=lambda line: line.person):
        yield f"\n*{escape(person)}*", None
        yield from ((_answer(line), line) for line in of_person)


def _by_question(card: RunCard, lines: Sequence[Line], *, one_by_one: bool) -> list[Said]:
    """With what its answers come to; a question that most left empty is one line, and says how many answered it."""
    told = dict(numbers(card))
    texts: list[Said] = []
    for question, of_question in groupby(lines, key=lambda line: line.question):
        head, found = f"\n*{escape(question)}*", list(of_question)
        given, asked = given_and_asked(card, question)
        said = [f"_{escape(line.person)}_{_beside(line.answer)}{escape(line.answer)}" for line in found]
        is_short = all(len(line.answer) <= BESIDE and "\n" not in line.answer for line in found)
        if question in told:
            texts += [(f"{head} {escape(told[question])}", None), (BETWEEN.join(said), None)]
        elif is_short and not one_by_one and (given == 1 or 2 * given < asked):
            texts.append((f"{head}{_few(given, asked)} {BETWEEN.join(said)}", None))
        else:
            texts += [(head + _few(given, asked), None), *zip(said, found, strict=True)]
    return texts


def _few(given: int, asked: int) -> str:
    return f" {given} of {asked} answered:" if 2 * given < asked else ""


def _answer(line: Line) -> str:
    return f"_{escape(line.question)}_{_beside(line.answer)}{escape(line.answer)}"


def _beside(answer: str) -> str:
    return " " if len(answer) <= BESIDE and "\n" not in answer else "\n"


def what_was_raised(card: RunCard) -> str:
    """What somebody starts to raise one thing is headed by its question: a worry blocks nobody."""
    template = card.run.template
    asked = [each.text for each in template.ask if each.into == "blocker.title"]
    return cut(asked[0], QUESTION_ROOM) if asks_starter(template.who) and len(asked) == 1 else BLOCKERS
