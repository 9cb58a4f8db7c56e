"""What `/checkin history` answers, and the form that searches."""

from enum import StrEnum
from typing import Any

from domain.history import WORDS_LIMIT, History, PastRun
from domain.people import FUNCTIONS
from domain.summaries import Line, all_lines
from domain.tallies import tally
from domain.words import function_title
from surface import forms
from surface.answers import answer
from surface.exports import export_buttons
from surface.forms import field
from surface.kit import Block, Json, button, buttons, context, escape, line, message, modal, section
from surface.run_answers import title

MATCHES = 3
ROOM = 200
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


def search_form(found: History, *, said: str = "") -> Json:
    """What is looked for, and below it what was found. What stands in the fields counts when a page is turned, too.

    `said`: what came of the last click.
    """
    asked = found.asked
    ritual = [(ALL, "All"), *((str(key), name) for key, name in found.rituals.items())]
    function = [(ALL, "All"), *((each, function_title(each)) for each in FUNCTIONS)]
    chosen = str(asked.ritual_id) if asked.ritual_id in found.rituals else ALL
    blocks: list[Block] = [section(said)] if said else []
    blocks += [
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
    if found.may_export:
        blocks.append(buttons(*export_buttons(found.asked.ritual_id)))
    return [*blocks, *([context(PARTIAL)] if found.is_partial else [])]


def _run(past: PastRun) -> list[Block]:
    card = past.card
    heard = tally(card)
    what = title(card)
    forgotten = f" · {'earlier ' * bool(all_lines(card))}answers no longer kept" if card.run.forgotten_at else ""
    text = f"*{escape(what)}* · {heard.text}{forgotten}"
    found = [f"{_said_by(each)}{line(each.question, ROOM)} {line(each.answer, ROOM)}" for each in past.lines]
    more = [f"and {len(found) - MATCHES} more"] if len(found) > MATCHES else []
    said = "\n".join([text, *found[:MATCHES], *more])
    return [section(said, button("Show", Id.SHOW, card.run.id, label=f"Show: {what}"))]


def _said_by(found: Line) -> str:
    """Nobody, in an anonymous one."""
    return f"_{escape(found.person)}_ " if found.person else ""
