"""What `/decision` answers; only the person who asked sees it."""

from collections.abc import Sequence
from typing import Any

from domain.decision_cards import DecisionCard
from domain.decision_pages import Draft
from domain.left_behind import LeftBehind
from surface import decision_drafts, left_behind
from surface.answers import answer, help_text, not_understood
from surface.decision_buttons import for_reader
from surface.decision_record import lacks, record, stands
from surface.informed import concerns
from surface.kit import context, escape, header, line, message, section, sections

TITLE_ROOM = 150
HELP = help_text(
    "`/decision` opens a form to record a decision. Its card is posted in the channel where you type it.",
    "`/decision Ship the small model first` opens the form with that title.",
    "`/decision list` shows the newest decisions you may see.",
    "`/decision D-1` shows one of them. While it waits for its approver, those who recorded or drive it can edit it.",
    "*Drafts:* closing the form keeps what you typed, for you alone; `/decision list` leads back to it.",
    "*Objecting:* its approver and contributors say what would help, and can withdraw that.",
    "*Rounds:* a consent or advice round asks those named in it first. Choose it in the form.",
    "*Superseding:* open an accepted one and press *Supersede*. It holds until the new one is accepted.",
    "*Look again on:* on that day its driver is asked whether it still holds.",
    "*Record decision* in the menu of a message, also in a thread, opens the form with what it says, and links to it.",
)
WORDS = ("help", "list")
NOTHING = "There is no decision here that you can see yet. Type `/decision` to record one."


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))


def mistyped_answer(typed: str) -> dict[str, Any]:
    return not_understood(typed, f"{HELP}\nTo record a decision with just these words, type `/decision` alone.")


def list_answer(
    cards: Sequence[DecisionCard], drafts: Sequence[Draft] = (), left: Sequence[DecisionCard] = ()
) -> dict[str, Any]:
    """`left`: what waits for somebody since its approver or driver has left."""
    begun = [section("*Your drafts*"), *decision_drafts.blocks(drafts)] if drafts else []
    if not cards:
        return answer(message(NOTHING, [section(NOTHING), *begun]))
    lines = [_line(card) for card in cards]
    more = context(
        f"Type `/decision {cards[0].decision.name}` to read that one. Older ones are found by their number, too."
    )
    waiting = [header(left_behind.HEADER), *left_behind.rows(LeftBehind(left))] if left else []
    return answer(message("\n".join(lines), [*waiting, *sections(lines), more, *begun]))


def _line(card: DecisionCard) -> str:
    decision = card.decision
    later = card.related.get(decision.superseded_by)
    state = stands(decision, card.people, by=later.decision.name if later else "")
    return f"*{decision.name}* {line(decision.form.title, TITLE_ROOM)} · {state} · {escape(card.place)}"


def one_answer(card: DecisionCard, reader_id: str) -> dict[str, Any]:
    decision = card.decision
    text = f"{decision.name} {decision.state}: {line(decision.form.title)}"
    blocks = [*record(card), *concerns(card), context(f"Recorded in {escape(card.place)}")]
    blocks += lacks(card, reader_id)
    return answer(message(text, [*blocks, *for_reader(card, reader_id)]))
