"""App Home: one person's page."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from domain.actions import ActionItem
from domain.decisions import Decision, DecisionState
from domain.digests import today_of
from domain.home import HomeCard
from domain.runs import Prompt, Run
from surface import actions, checkin, decisions, forms
from surface.kit import (
    Block,
    Json,
    button,
    buttons,
    context,
    day_text,
    escape,
    escape_cut,
    header,
    home,
    modal,
    moment,
    section,
)

ITEMS = 10
"""Of each list; more of all of them would not fit one page."""
TITLE_ROOM = 150
PLACES = 100
"""Slack shows no more in one menu."""
T = TypeVar("T")

STRANGER = "*Welcome.* Muster has not read from Slack yet who you are. It does so within minutes; then come back here."
NOTHING = "Nothing needs you right now. Check-ins come to you as a direct message, in your own working hours."
NO_ITEMS = "You have no action items. Type `/action` in a channel to add one, for you or for somebody else."
NO_DECISIONS = "No decisions that you can see yet. Type `/decision` in a channel to record the first."
PARTIAL = "Slack did not say who is in some private channels just now, so nothing of them is shown."
FOOT = "`/muster help` says what you can type. Only you see this page."


class Id(StrEnum):
    RECORD = "home.record_decision"
    ADD = "home.add_action"
    RECORD_WHERE = "home.record_where"
    ADD_WHERE = "home.add_where"


def home_page(card: HomeCard | None) -> Json:
    if card is None:
        return home([section(STRANGER), context(FOOT)])
    blocks = [
        buttons(button("Record a decision", Id.RECORD, "new"), button("Add an action item", Id.ADD, "new")),
        header("Needs you"),
        *_needs(card),
        header("Your action items"),
        *(_list(card.mine, lambda item: _mine(card, item), "`/action list` shows them") or [section(NO_ITEMS)]),
        *_waiting(card),
        header("Recent decisions"),
        *(
            _list(card.recent, lambda decision: _recent(card, decision), "`/decision list` shows them")
            or [section(NO_DECISIONS)]
        ),
    ]
    foot = f"{PARTIAL} {FOOT}" if card.is_partial else FOOT
    return home([*blocks, context(foot)])


def where_form(title: str, callback_id: Id, places: Mapping[str, str]) -> Json:
    """Which channel it belongs to; the form for it takes the place of this one."""
    options = [(channel_id, f"#{name}") for channel_id, name in places.items()]
    choice = forms.choice(options[:PLACES])
    where = forms.field("channel", "Which channel is it for?", choice, hint="Everybody there can see it.")
    return modal(title, callback_id, [where], submit="Next")


def _list(found: Sequence[T], draw: Callable[[T], list[Block]], where: str) -> list[Block]:
    blocks = [block for each in found[:ITEMS] for block in draw(each)]
    more = len(found) - ITEMS
    return [*blocks, context(f"+{more} more; {where}.")] if more > 0 else blocks


def _needs(card: HomeCard) -> list[Block]:
    asked = _list(card.prompts, lambda found: _prompt(card, *found), "`/checkin` shows them")
    waiting = _list(card.approvals, lambda decision: _approval(card, decision), "`/decision list` shows them")
    return [*asked, *waiting] or [section(NOTHING)]


def _prompt(card: HomeCard, prompt: Prompt, run: Run) -> list[Block]:
    title, deadline = run.template.title, moment(prompt.deadline, card.person.zone)
    answer = button("Answer", checkin.Id.ANSWER, prompt.id, style="primary", label=f"Answer: {title}")
    return [section(f"*{escape(title)}*: open until {deadline}", answer)]


def _approval(card: HomeCard, decision: Decision) -> list[Block]:
    title = f"*{decision.name}: {_line(decision.form.title)}*"
    approve = button("Approve", decisions.Id.APPROVE, decision.id, style="primary", label=f"Approve {decision.name}")
    if decision.state is DecisionState.CONTESTED:
        return [section(f"{title}\nYou objected. Approve it once that is settled."), buttons(approve)]
    text = f"{title}\n{_name(card, decision.recorded_by)} asks you to approve: {_line(decision.form.choice)}"
    object_to = button("Object", decisions.Id.OBJECT, decision.id, label=f"Object to {decision.name}")
    return [section(text), buttons(approve, object_to)]


def _mine(card: HomeCard, item: ActionItem) -> list[Block]:
    asked = "" if item.asked_by == card.person.id else f", asked for by {_name(card, item.asked_by)}"
    text = f"*{item.name}* {_line(item.what)}\n{_due(card, item)}{asked}"
    name = item.name
    return [
        section(text),
        buttons(
            button("Done", actions.Id.DONE, item.id, style="primary", label=f"Done: {name}"),
            button("New date", actions.Id.NEW_DATE, item.id, label=f"New date for {name}"),
            button("Hand over", actions.Id.HAND_OVER, item.id, label=f"Hand over {name}"),
        ),
    ]


def _waiting(card: HomeCard) -> list[Block]:
    def draw(item: ActionItem) -> list[Block]:
        return [section(f"*{item.name}* {_line(item.what)}\n{_due(card, item)}, owned by {_name(card, item.owner_id)}")]

    found = _list(card.waiting, draw, "`/action list` shows them")
    return [header("You are waiting for"), *found] if found else []


def _due(card: HomeCard, item: ActionItem) -> str:
    is_late = item.is_overdue(today_of(card.people.get(item.owner_id), card.now))
    return f"*Overdue*, was due {day_text(item.due)}" if is_late else f"Due {day_text(item.due)}"


def _recent(card: HomeCard, decision: Decision) -> list[Block]:
    state = str(decision.state)
    if decision.is_open:
        is_mine = decision.form.approver_id == card.person.id
        state = f"{state}, waits for {'you' if is_mine else _name(card, decision.form.approver_id)}"
    return [section(f"*{decision.name}* {_line(decision.form.title)} · {state}")]


def _name(card: HomeCard, person_id: str) -> str:
    return _line(card.people[person_id].name) if person_id in card.people else "somebody who left"


def _line(text: str) -> str:
    """People's words on one line."""
    return escape_cut(" ".join(text.split()), TITLE_ROOM)
