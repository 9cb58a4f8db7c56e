"""App Home: one person's page."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.cards import LateCheckin
from domain.decision_states import DecisionState
from domain.decisions import Decision
from domain.due import today_of
from domain.home import HomeCard
from domain.people import has_left
from domain.runs import Prompt, Run
from domain.words import day_text
from surface import (
    action_list,
    blockers,
    checkin,
    checkin_list,
    decision_drafts,
    decisions,
    forms,
    home_self,
    left_behind,
)
from surface.action_buttons import accept, done, drop, edit, hand_over, new_date
from surface.decision_record import stands
from surface.kit import (
    Block,
    Json,
    button,
    buttons,
    context,
    escape,
    header,
    home,
    line,
    modal,
    moment,
    name_of,
    section,
)
from surface.objections import object_button, objectors

ITEMS = 6
"""Of each list; more of all of them would not fit one page."""
JOINED = 2
"""Of what was open already when they came."""
ORPHANS = 3
"""Of what nobody has yet."""
LATE = 2
"""Of what can still be answered late."""
TITLE_ROOM = 150
PLACES = 100
"""Slack shows no more in one menu."""
T = TypeVar("T")

STRANGER = "*Welcome.* Muster has not read from Slack yet who you are. It does so within minutes; then come back here."
NOTHING_ELSE = "Nothing else needs you right now."
NO_OTHER_ITEMS = "You have no other action items. Those above are overdue."
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
        buttons(
            button("Record a decision", Id.RECORD, "new"),
            button("Add an action item", Id.ADD, "new"),
            *action_list.of_others(leads=card.has_team, is_led=bool(card.person.manager_id)),
        ),
        *_checkins(card),
        *_still_open(card),
        *_needs(card),
        *_left(card),
        header("Your action items"),
        *_own(card),
        *_waiting(card),
        *_orphans(card),
        *_drafts(card),
        header("Recent decisions"),
        *(
            _list(card.recent, lambda decision: _recent(card, decision), "`/decision list` shows them")
            or [section(NO_DECISIONS)]
        ),
        *home_self.facilitated(card),
        *home_self.answered(card),
        *home_self.absences_and_settings(card),
    ]
    foot = f"{PARTIAL} {FOOT}" if card.is_partial else FOOT
    return home([*blocks, context(foot)])


def where_form(title: str, callback_id: Id, places: Mapping[str, str]) -> Json:
    """Which channel it belongs to; the form for it takes the place of this one."""
    options = [(channel_id, f"#{name}") for channel_id, name in places.items()]
    choice = forms.choice(options[:PLACES])
    where = forms.field("channel", "Which channel is it for?", choice, hint="Everybody there can see it.")
    return modal(title, callback_id, [where], submit="Next")


def _list(found: Sequence[T], draw: Callable[[T], list[Block]], where: str, most: int = ITEMS) -> list[Block]:
    blocks = [block for each in found[:most] for block in draw(each)]
    more = len(found) - most
    return [*blocks, context(f"+{more} more; {where}.")] if more > 0 else blocks


def _checkins(card: HomeCard) -> list[Block]:
    name = _name_of_run(card)
    asked = _list(card.prompts, lambda found: _prompt(card, *found, name), "`/checkin` shows them")
    asked += _list(card.joined, lambda found: _joined(card, *found, name), "`/checkin` shows them", JOINED)
    return [header("Check-ins"), *asked] if asked else []


def _name_of_run(card: HomeCard) -> checkin_list.Name:
    open_ = (run for _, run in (*card.prompts, *card.joined))
    return checkin_list.told_apart([*open_, *(each.run for each in card.late)])


def _joined(card: HomeCard, prompt: Prompt, run: Run, name: checkin_list.Name) -> list[Block]:
    text = checkin_list.joined_text(prompt, name(run), card.person.zone)
    return [section(text, checkin_list.join_button(run, name(run)))]


def _still_open(card: HomeCard) -> list[Block]:
    """What nobody waits for any longer, and is still welcome."""

    name = _name_of_run(card)

    def draw(found: LateCheckin) -> list[Block]:
        title, closed = name(found.run), moment(found.prompt.deadline, card.person.zone)
        return [section(f"*{escape(title)}*: closed {closed}", checkin_list.late_button(found, title))]

    late = _list(card.late, draw, "`/checkin` shows them", LATE)
    return [header("You can still answer"), *late] if late else []


def _needs(card: HomeCard) -> list[Block]:
    """The same things as in the weekly digest, and as many."""
    count = len(card.approvals) + len(card.overdue) + len(card.blockers)
    if not count and card.left.count:
        return []
    if not count:
        is_offered = card.prompts or card.joined or card.late
        return [header("Needs you"), section(NOTHING_ELSE if is_offered else NOTHING)]
    return [
        header(f"Needs you ({count})"),
        *_list(card.approvals, lambda decision: _approval(card, decision), "`/decision list` shows them"),
        *_list(card.overdue, lambda item: _mine(card, item), "`/action list` shows them"),
        *_list(card.blockers, lambda blocker: _blocker(card, blocker), "their channels show them"),
    ]


def _left(card: HomeCard) -> list[Block]:
    return [header(left_behind.HEADER), *left_behind.rows(card.left)] if card.left.count else []


def _blocker(card: HomeCard, blocker: Blocker) -> list[Block]:
    today = card.now.astimezone(card.person.zone).date()
    how = blockers.standing(blocker, card.people, days=blocker.days_on(today, card.person), reader_id=card.person.id)
    return [section(f"*Blocker:* “{_line(blocker.title)}”\n{how}"), buttons(*blockers.what_to_do(blocker))]


def _prompt(card: HomeCard, prompt: Prompt, run: Run, name: checkin_list.Name) -> list[Block]:
    title, deadline = name(run), moment(prompt.deadline, card.person.zone)
    answer = button("Answer", checkin.Id.ANSWER, prompt.id, style="primary", label=f"Answer: {title}")
    return [section(f"*{escape(title)}*: open until {deadline}", answer)]


def _approval(card: HomeCard, decision: Decision) -> list[Block]:
    title, view = f"*{decision.name}: {_line(decision.form.title)}*", decisions.view_button(decision)
    if decision.form.approver_id != card.person.id:
        return [section(f"{title}\n{_objected(card, decision)}"), buttons(decisions.edit_button(decision), view)]
    approve = decisions.verdict_button(decision, card.person.id)
    if objectors(decision, card.people, but=card.person.id):
        return [section(f"{title}\n{_objected(card, decision)}"), buttons(approve, view)]
    if decision.state is DecisionState.CONTESTED:
        return [section(f"{title}\nYou objected. Approve it once that is settled."), buttons(approve, view)]
    text = f"{title}\n{_name(card, decision.recorded_by)} asks you to approve: {_line(decision.form.choice)}"
    return [section(text), buttons(approve, object_button(decision), view)]


def _objected(card: HomeCard, decision: Decision) -> str:
    who = objectors(decision, card.people, TITLE_ROOM)
    return f"{who} objected: {_line(' '.join(each.reason for each in decision.standing))}"


def _mine(card: HomeCard, item: ActionItem) -> list[Block]:
    asked = "" if item.asked_by == card.person.id else f", asked for by {_name(card, item.asked_by)}"
    is_first = "*important* · " if item.is_important else ""
    text = f"*{item.name}* {_line(item.what)}\n{is_first}{_due(card, item)}{asked}"
    first = [accept(item), done(item)] if item.waits_to_be_accepted else [done(item, style="primary")]
    return [section(text), buttons(*first, new_date(item), hand_over(item), drop(item), edit(item))]


def _own(card: HomeCard) -> list[Block]:
    found = _list(card.mine, lambda item: _mine(card, item), "`/action list` shows them")
    return found or [section(NO_OTHER_ITEMS if card.overdue else NO_ITEMS)]


def _drafts(card: HomeCard) -> list[Block]:
    found = decision_drafts.blocks(card.drafts)
    return [header("Your drafts"), *found] if found else []


def _waiting(card: HomeCard) -> list[Block]:
    def draw(item: ActionItem) -> list[Block]:
        owner = name_of(card.people, item.owner_id, TITLE_ROOM)
        text = f"*{item.name}* {_line(item.what)}\n{_due(card, item)}, owned by {owner}"
        is_orphan = has_left(card.people, item.owner_id)
        return [section(text, hand_over(item, style="primary") if is_orphan else None)]

    found = _list(card.waiting, draw, "`/action list` shows them")
    return [header("You are waiting for"), *found] if found else []


def _orphans(card: HomeCard) -> list[Block]:
    """In one block, as a full page has room for no more."""
    if not card.orphans:
        return []
    shown = [f"*{item.name}* {_line(item.what)}" for item in card.orphans[:ORPHANS]]
    more = len(card.orphans) - len(shown)
    of_all = f"and {more} more; " if more > 0 else ""
    return [section("\n".join(["*Nobody has these yet*", *shown, f"{of_all}`/action list orphans` shows them."]))]


def _due(card: HomeCard, item: ActionItem) -> str:
    if item.due is None:
        return "No date yet"
    is_late = item.is_overdue(today_of(card.people.get(item.owner_id), card.now))
    return f"*Overdue*, was due {day_text(item.due)}" if is_late else f"Due {day_text(item.due)}"


def _recent(card: HomeCard, decision: Decision) -> list[Block]:
    state = stands(decision, card.people, reader_id=card.person.id)
    return [section(f"*{decision.name}* {_line(decision.form.title)} · {state}", decisions.view_button(decision))]


def _name(card: HomeCard, person_id: str) -> str:
    return name_of(card.people, person_id, TITLE_ROOM, says_left=False)


def _line(text: str) -> str:
    return line(text, TITLE_ROOM)
