"""What `/checkin history` answers, the form that searches, and a past run as a whole."""

from enum import StrEnum
from typing import Any

from domain.cards import RunCard
from domain.history import WORDS_LIMIT, History, PastRun
from domain.people import FUNCTIONS
from domain.summaries import Line, all_lines, tally
from domain.words import function_title
from surface import forms, runs
from surface.answers import answer
from surface.forms import field
from surface.kit import Block, Json, button, buttons, context, escape, line, message, modal, section

MATCHES = 3
READ = "history"
"""A modal for reading only: nothing is sent from it."""
ROOM = 200
MOST_BLOCKS = 98
ALL = "all"
PARTIAL = "Slack has not said lately what you may see here. Muster is asking; press Search in a moment."


class Id(StrEnum):
    SHOW = "history.show"
    SEARCH = "history.search"
    """The button that opens the form, with the channel."""
    OF_RITUAL = "history.of_ritual"
    FORM = "history.form"
    OLDER = "history.older"
    NEWER = "history.newer"


def history_answer(found: History) -> dict[str, Any]:
    words = found.asked.words
    asked = f" with “{line(words, ROOM)}”" if words else ""
    search = buttons(button("Search", Id.SEARCH, found.asked.channel_id))
    if not found.runs:
        text = f"No past check-ins{asked} in this channel that you can see. Type `/checkin history words` to search."
        return answer(message(text, [section(text), search]))
    text = f"Past check-ins of this channel{asked}, newest first."
    blocks = [section(f"*{text}*"), *(block for past in found.runs for block in _run(past)), search]
    more = " There are more: press Search to go through them." if found.has_more else ""
    return answer(message(text, [*blocks, context(f"Only you see this.{more}")]))


def search_form(found: History) -> Json:
    """What is looked for, and below it what was found. What stands in the fields counts when a page is turned, too."""
    asked = found.asked
    ritual = [(ALL, "All"), *((str(key), title) for key, title in found.rituals.items())]
    function = [(ALL, "All"), *((each, function_title(each)) for each in FUNCTIONS)]
    chosen = str(asked.ritual_id) if asked.ritual_id in found.rituals else ALL
    blocks: list[Block] = [
        field("words", "Words", forms.text(asked.words, limit=WORDS_LIMIT), optional=True),
        field("ritual", "Check-in", forms.menu(ritual, chosen), optional=True),
        field("person", "Who answered", forms.person(asked.person_id), optional=True),
        field("function", "Function", forms.menu(function, asked.function or ALL), optional=True),
        field("first", "From", forms.day(asked.first), optional=True),
        field("last", "To", forms.day(asked.last), optional=True),
        *_found(found),
    ]
    ids = {"channel": asked.channel_id, "page": str(asked.page)}
    return modal("Past check-ins", Id.FORM, blocks, submit="Search", ids=ids)


def _found(found: History) -> list[Block]:
    blocks = [block for past in found.runs for block in _run(past)]
    if not blocks:
        blocks = [section("Nothing found that you can see. Leave some of the fields empty to find more.")]
    turns = [("Newer", Id.NEWER)] if found.asked.page else []
    turns += [("Older", Id.OLDER)] if found.has_more else []
    if turns:
        blocks.append(buttons(*(button(text, action, found.asked.channel_id) for text, action in turns)))
    return [*blocks, *([context(PARTIAL)] if found.is_partial else [])]


def _run(past: PastRun) -> list[Block]:
    card = past.card
    heard = tally(card)
    title = runs.title(card)
    text = f"*{escape(title)}* · {heard.text}"
    found = [f"{_said_by(each)}{line(each.question, ROOM)} {line(each.answer, ROOM)}" for each in past.lines]
    more = [f"and {len(found) - MATCHES} more"] if len(found) > MATCHES else []
    said = "\n".join([text, *found[:MATCHES], *more])
    return [section(said, button("Show", Id.SHOW, card.run.id, label=f"Show: {title}"))]


def _said_by(found: Line) -> str:
    """Nobody, in an anonymous one."""
    return f"_{escape(found.person)}_ " if found.person else ""


def run_view(card: RunCard) -> Json:
    """The whole of a past run, for reading."""
    heard = tally(card)
    few = [] if heard.is_told else [context(f"It was anonymous, and {heard.text}.")]
    blocks = [
        section(f"*{escape(runs.title(card))}*"),
        *few,
        *runs.numbered(card),
        *runs.answers(card, all_lines(card)),
    ]
    if len(blocks) > MOST_BLOCKS:
        blocks = [*blocks[:MOST_BLOCKS], context("The rest stands in the thread of its summary.")]
    return modal(card.run.template.title, READ, blocks)
