"""What was done with an action item, as its messages list it."""

from datetime import date

from domain.action_news import ActionNews
from domain.action_recurrence import WORDS, Every
from domain.action_states import Move
from domain.action_steps import Step
from domain.actions import ActionCard
from domain.items_below import WHAT_ROOM
from domain.words import day_text, joined, whole
from surface.kit import escape_cut, line, name_of

NAME_ROOM = 60
STEPS = {
    Move.ACCEPT: "accepted it",
    Move.DONE: "says that it is done",
    Move.DROP: "says that it is no longer needed",
    Move.REOPEN: "says that it is not done after all",
    Move.TAKE: "took it",
}
FIELDS = {
    "what": "what is to be done",
    "helpers": "who helps",
    "every": "how often it comes",
    "important": "how important it is",
    "message": "the message it is about",
}
STEPS_SHOWN = 4
ENDS = (Move.DONE, Move.DROP)


def steps(card: ActionCard) -> list[str]:
    """What was done with it, the latest first."""
    found = [_step(card, each) for each in reversed(card.item.steps)]
    if len(found) > STEPS_SHOWN:
        found = [*found[:STEPS_SHOWN], f"and {len(found) - STEPS_SHOWN} before that"]
    return found


def edited(card: ActionCard, news: ActionNews) -> str:
    """What of it is different, beside the name that it has now."""
    item, last = card.item, card.item.last(Move.EDIT)
    changed = news.value.split(",")
    told = [f"It said {whole(line(last.was))} before."] if last and last.was else []
    if "every" in changed:
        told.append(f"It comes again {WORDS[Every(item.every)]}." if item.every else "It does not come again any more.")
    if "important" in changed and item.is_important:
        told.append("It is important, so it comes first in lists.")
    return "".join(f"\n{each}" for each in told)


def _step(card: ActionCard, step: Step) -> str:
    by, to = (name_of(card.people, each, NAME_ROOM) for each in (step.by, step.to))
    if step.move is Move.NEW_DATE:
        was, due = (day_text(date.fromisoformat(each)) for each in (step.was, step.to))
        did = f"moved it from {was} to {due}"
    elif step.move is Move.SET_DATE:
        did = f"set it to be due on {day_text(date.fromisoformat(step.to))}"
    elif step.move is Move.HAND_OVER:
        why = f": {escape_cut(step.why, WHAT_ROOM)}" if step.why else ""
        given = f"handed it over to {to}" if step.was else f"gave it to {to}"
        did = f"took it over{why}" if step.by == step.to else f"{given}{why}"
    elif step.move is Move.EDIT:
        did = f"changed {joined([FIELDS[each] for each in step.to.split(',')])}"
    else:
        did = f"{STEPS[step.move]}{f'; {step.to} follows' if step.to and step.move in ENDS else ''}"
    return f"{day_text(step.day)}: {by} {did}"
