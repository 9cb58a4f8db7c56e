"""What those who relied on a decision read once another has taken its place."""

from collections.abc import Sequence

from domain.actions import ActionCard
from domain.decision_cards import DecisionCard, Related
from surface import action_buttons, actions, decision_texts
from surface.decision_record import standing, title_of
from surface.decisions import Id, result_button
from surface.informed import read_button
from surface.kit import (
    Block,
    Element,
    Message,
    button,
    buttons,
    context,
    escape,
    fitted,
    line,
    message,
    section,
    sections,
)
from surface.lineage import titled

SHOWN = 8
"""Each action item takes two blocks."""
WHAT_ROOM = 200


def superseded_message(
    card: DecisionCard, items: Sequence[ActionCard], reader_id: str, *, is_out: bool
) -> Message | None:
    """Whoever has read it is asked again; `items` are its open action items, for whoever is to settle them.

    Once the new one no longer stands either it says how things are; None before it is out.
    """
    decision = card.decision
    new = card.related.get(decision.superseded_by)
    if not decision.superseded_by or (new and new.decision.is_over):
        return message(standing(card), [context(standing(card))]) if is_out else None
    has_read = reader_id in decision.read_by
    which = f"{title_of(card)}, which you have read," if has_read else title_of(card)
    rest = [*_result(card, reader_id), *_items(decision.name, items, reader_id)]
    if new is None:
        return message(standing(card), [section(standing(card)), *rest])
    told, form = f"{which} is superseded by", new.decision.form
    heading: Block = section(f"{told} *{titled(card, new.decision.number)}*.")
    if not has_read and reader_id in (new.decision.recorded_by, new.decision.driver_id, form.approver_id):
        view = buttons(_view(new))
        return message(f"{told} {new.decision.name}: {line(form.title)}.", [heading, view, *rest])
    chosen, because = fitted([form.choice, form.because])
    blocks: list[Block] = [
        heading,
        *sections([f"*Decided*\n{chosen}", f"*Why*\n{because}"]),
        *_asks(new, reader_id, asks=has_read),
        *rest,
    ]
    return message(f"{told} {new.decision.name}: {line(form.title)}. Decided: {chosen} Why: {because}", blocks)


def _result(card: DecisionCard, reader_id: str) -> list[Block]:
    """Asks whoever drives it what came of it, beside what was expected; and thanks whoever has said so."""
    decision = card.decision
    if decision.result and decision.is_result_told and decision.result.by == reader_id:
        return [context(f"You have said what came of {decision.name}, thank you. It stands in its record.")]
    if reader_id != decision.driver_id or not card.may_tell_result(reader_id):
        return []
    asks = f"*What came of {decision.name}?*\nA few words help whoever decides something like it next time."
    expected = decision_texts.expected(decision.form)
    said = sections([f"*Expected*\n{escape(expected)}"]) if expected else []
    return [section(asks), *said, buttons(result_button(decision))]


def _view(new: Related) -> Element:
    return button("View", Id.VIEW, new.decision.id, label=f"View {new.decision.name}")


def _asks(new: Related, reader_id: str, *, asks: bool) -> list[Block]:
    decision, view = new.decision, _view(new)
    if reader_id in decision.read_by:
        return [context(f"You have read {decision.name}, thank you."), buttons(view)]
    if asks:
        why = f"Please read {decision.name} too: what you have read before no longer holds."
        return [context(why), buttons(read_button(decision), view)]
    return [context("You are told because you are named in it."), buttons(view)]


def _items(name: str, items: Sequence[ActionCard], reader_id: str) -> list[Block]:
    if not items:
        return []
    found = [section(f"*Still open from {name}*\nPlease say which of these action items are no longer needed.")]
    for card in items[:SHOWN]:
        item = card.item
        found.append(
            section(f"*{item.name}* {line(item.what, WHAT_ROOM)} · {actions.owner_name(card)} · {actions.when(item)}")
        )
        if card.may_move(reader_id):
            found.append(buttons(action_buttons.done(item), action_buttons.drop(item)))
    if len(items) > SHOWN:
        found.append(context(f"and {len(items) - SHOWN} more: type `/action {items[SHOWN].item.name}` to see the next"))
    return found
