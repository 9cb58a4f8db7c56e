"""The message to whoever's turn it is to facilitate a run."""

from domain.cards import TurnCard
from domain.runs import RunState
from domain.words import day_text
from surface import ritual_list, rituals
from surface.kit import Message, button, buttons, context, escape, message, section


def turn_message(card: TurnCard, *, is_out: bool) -> Message | None:
    """None when the run is over, or somebody else's, before it went out."""
    run, ritual = card.run, card.ritual.ritual
    what = f"*{escape(run.template.title)}* in {escape(card.ritual.place)}, {day_text(run.day)}"
    if ritual.ended_at or run.facilitator_id != card.reader.id or run.state is RunState.CLOSED:
        gone = f"It was your turn to facilitate {what}."
        return message(gone, [context(gone)]) if is_out else None
    before = card.ritual.predecessor
    comes = f"you come after {escape(before.name)}" if before else "you come next"
    why = f"It is your turn to facilitate {what}: its facilitators take turns, and {comes}."
    means = (
        "Muster asks and sums up by itself. Please read the summary, and see that somebody takes up what blocks "
        "people; you hear when nobody answers."
    )
    elements = [button("Details", ritual_list.Id.DESK, ritual.id)]
    if ritual.facilitator_id == card.reader.id:
        means += " No time for it? Hand it over."
        elements += rituals.hand_over(card.ritual)
    return message(f"{why} {means}", [section(f"{why}\n{means}"), buttons(*elements)])
