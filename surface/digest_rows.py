"""The rows of a digest: one for each record or run, with what its reader can do about it."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.actions import ActionItem
from domain.blockers import Blocker, BlockerState
from domain.decision_states import DecisionState
from domain.decisions import Decision
from domain.digests import DigestCard, first_words
from domain.due import days_over, today_of
from domain.heard import Heard, NotAsked
from domain.metrics.participation import Count
from domain.words import day_text
from surface import action_buttons, actions, blockers, decisions
from surface.decision_record import stands
from surface.kit import Element, line, message_link, name_of
from surface.objections import object_button, objectors

TITLE_ROOM = 120
WORDS_ROOM = 160
NAME_ROOM = 80


@dataclass(frozen=True)
class Row:
    text: str
    buttons: tuple[Element, ...] = ()
    is_settled: bool = False
    """Nothing is left to do about it; it stays, struck through."""
    is_title: bool = False
    """A part of the digest begins here, set off from the one before."""
    block_id: str = ""
    """Of its buttons, where a menu is among them: in the same block Slack would show what was chosen there before."""


def approval(card: DigestCard, decision: Decision) -> Row:
    words, name = line(decision.form.title, TITLE_ROOM), named(card, decision)
    title, crossed = f"{words} ({name})", f"~{words}~ ({name})"
    if not decision.is_open:
        verdict = decision.state if decision.is_proposal else "approved"
        return Row(f"Done: {crossed}, {verdict}.", is_settled=True)
    approve, others = decisions.verdict_button(decision, card.reader.id), objectors(decision, card.people, NAME_ROOM)
    said = decision.standing[0].reason if decision.standing else ""
    reason = line(first_words(said), WORDS_ROOM).rstrip(".")
    if decision.form.approver_id != card.reader.id:
        drives = card.reader.id in decision.drivers
        if drives and decision.state is DecisionState.CONTESTED:
            objected = f"*{others} objected:* {title}: “{reason}”."
            return Row(objected, (decisions.edit_button(decision),))
        asked = f"{_name(card, decision.form.approver_id)} is asked {'again' if drives else 'instead'}"
        return Row(f"Done: {crossed}, {asked}.", is_settled=True)
    if decision.state is DecisionState.CONTESTED and not decision.objection_of(card.reader.id):
        return Row(f"*{others} objected:* {title}: “{reason}”. It waits for you.", (approve,))
    if decision.state is DecisionState.CONTESTED:
        return Row(f"*You objected:* {title}: “{reason}”. Approve it once that is settled.", (approve,))
    choice = line(first_words(decision.form.choice), WORDS_ROOM).rstrip(".")
    waiting = (card.now - decision.proposed_at) // timedelta(days=1)
    since = f" Waiting {_days(waiting)}." if waiting else ""
    return Row(
        f"*Approve or object:* {title}, recorded by {_name(card, decision.recorded_by)}: “{choice}”.{since}",
        (approve, object_button(decision)),
    )


def own(card: DigestCard, item: ActionItem) -> Row:
    if after := settled(card, item):
        return after
    title = f"{line(item.what, TITLE_ROOM)} ({item.name})"
    if item.snoozed_until and item.is_put_off(today_of(card.reader, card.now)):
        return Row(f"Not now: {title}, you hear of it again on {day_text(item.snoozed_until)}.", is_settled=True)
    return Row(
        f"*Your action item:* {title}, {actions.due_words(item)}{_over(card, item)}.",
        (
            action_buttons.done(item, style="primary"),
            action_buttons.new_date(item),
            action_buttons.hand_over(item),
            action_buttons.snooze(item),
        ),
        block_id=f"digest_own.{item.id}.{item.snoozed_until or ''}",
    )


def settled(card: DigestCard, item: ActionItem) -> Row | None:
    """What became of an item that was overdue; None while it still is, and with the same person."""
    title = f"~{line(item.what, TITLE_ROOM)}~ ({item.name})"
    if not item.is_open:
        return Row(f"{actions.STATES[item.state]}: {title}.", is_settled=True)
    if item.owner_id != (card.manager or card.reader).id and item.id in card.digest.listed.own:
        return Row(f"Handed over: {title}, to {_name(card, item.owner_id)}.", is_settled=True)
    if not item.is_overdue(today_of(card.people.get(item.owner_id), card.now)):
        return Row(f"Moved: {title}, now {actions.due_words(item)}.", is_settled=True)
    return None


def _over(card: DigestCard, item: ActionItem) -> str:
    """Counted on the reader's calendar, so that what was due earlier is never over for less."""
    over = days_over(item.due, today_of(card.reader, card.now)) if item.due else 0
    return f", {_days(over, 'working ')} over" if over else ""


def blocker(card: DigestCard, blocker: Blocker) -> Row:
    title = line(blocker.title, TITLE_ROOM)
    if blocker.action_number:
        return Row(f"Now action item A-{blocker.action_number}: ~{title}~.", is_settled=True)
    if blocker.state is BlockerState.CLEARED:
        return Row(f"Cleared: ~{title}~.", is_settled=True)
    who, is_taken = _name(card, blocker.owner_id), blocker.state is BlockerState.ACKNOWLEDGED
    clears = f", {'taken up' if is_taken else 'can be cleared'} by {who}" if blocker.owner_id else ""
    days = blocker.days_on(today_of(card.reader, card.now), card.reader)
    since = f" It has stood for {_days(days, 'working ')}." if days else ""
    raised = f", raised by {_name(card, blocker.raised_by)}" if blocker.raised_by else ", raised without a name"
    text = f"*Blocker:* “{title}”{raised}{clears}.{since}"
    return Row(text, blockers.what_to_do(blocker))


def late(card: DigestCard, item: ActionItem) -> Row:
    owner = actions.owner_of(item, card.people, NAME_ROOM)
    text = f"{item.name} {line(item.what, TITLE_ROOM)}: {owner}, {actions.due_words(item)}{_over(card, item)}."
    return Row(text, (action_buttons.hand_over(item),) if item.id in card.to_hand_over else ())


def decided(card: DigestCard, decision: Decision) -> Row:
    if decision.state is DecisionState.REJECTED:
        why = line(first_words(decision.ended_because), WORDS_ROOM).rstrip(".")
        return Row(f"{named(card, decision)} {line(decision.form.title, TITLE_ROOM)} was rejected, because “{why}”.")
    because = decision.form.because.strip()
    because = because[len("because ") :] if because.casefold().startswith("because ") else because
    reason = line(first_words(because), WORDS_ROOM).rstrip(".")
    look = _look_again(card, decision.form.look_again_on)
    if decision.is_over:
        was = "was " if decision.state is DecisionState.SUPERSEDED else ""
        look = f" It {was}{stands(decision, card.people)}."
    count = len(decision.objections)
    kept = " One objection kept." if count == 1 else f" {count} objections kept." if count else ""
    return Row(f"{named(card, decision)} {line(decision.form.title, TITLE_ROOM)}, because “{reason}”.{look}{kept}")


def _look_again(card: DigestCard, day: date | None) -> str:
    if day is None:
        return ""
    has_come = day <= today_of(card.reader, card.now)
    return f" It was to be looked at again on {day_text(day)}." if has_come else f" Look again on {day_text(day)}."


def heard(card: DigestCard, heard: Heard) -> str:
    if heard.fewer_than:
        return f"{where(card, heard)}: {_few(heard)} answered."
    if not heard.total.asked:
        return f"{where(card, heard)}: everybody was away."
    several = f" over {heard.runs} check-ins" if heard.runs > 1 else ""
    missed = not_heard(heard)
    return f"{where(card, heard)}{several}: {_share(heard.total)}.{' ' + missed if missed else ''}"


def not_heard(heard: Heard) -> str:
    """Who could not answer, and it was not for them to say; empty if all could."""
    missed = [f"Not asked in time: {heard.unreached}."] if heard.unreached else []
    missed += [f"Muster was not running until the deadline: {heard.unheard}."] if heard.unheard else []
    return " ".join(missed)


def heard_shortly(heard: Heard) -> str:
    return f"{_few(heard)} in {line(heard.title, NAME_ROOM)}"


def heard_of(heard: Heard) -> str:
    """How many; of a few that tell no count, that they were few."""
    return _few(heard) if heard.fewer_than else counted(heard.total)


def _few(heard: Heard) -> str:
    return f"fewer than {heard.fewer_than}"


def where(card: DigestCard, heard: Heard | NotAsked) -> str:
    title = line(heard.title, NAME_ROOM)
    if isinstance(heard, Heard) and (at := card.runs.get(heard.run_id)):
        title = f"<{message_link(card.workspace_url, heard.channel_id, at)}|{title}>"
    return f"{title} in #{line(heard.channel_name, NAME_ROOM)}"


def named(card: DigestCard, decision: Decision) -> str:
    """Its number, which leads to its card where the reader may see that."""
    at = card.cards.get(decision.id)
    return f"<{message_link(card.workspace_url, decision.channel_id, at)}|{decision.name}>" if at else decision.name


def counted(count: Count) -> str:
    return f"{count.answered} of {count.asked}"


def _share(count: Count) -> str:
    return counted(count) if count.percent is None else f"{counted(count)} ({count.percent} %)"


def _days(count: int, kind: str = "") -> str:
    return f"{count} {kind}{'day' if count == 1 else 'days'}"


def _name(card: DigestCard, person_id: str) -> str:
    return name_of(card.people, person_id, NAME_ROOM, says_left=False)
