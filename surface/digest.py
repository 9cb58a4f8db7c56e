"""The weekly digest: one screen, what only its reader can do first, each section only when it has something."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.actions import ActionItem, Blocker
from domain.decisions import Decision, DecisionState
from domain.digests import Count, DigestCard, Heard, days_over, first_words, today_of
from domain.words import function_name
from surface import actions, decisions, runs
from surface.kit import (
    Block,
    Element,
    Message,
    button,
    buttons,
    context,
    day_text,
    escape_cut,
    message,
    section,
    sections,
)

ITEMS = 3
"""Of each section; the rest is a number."""
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


def digest_message(card: DigestCard) -> Message:
    needs, slipped = _needs(card), _slipped(card)
    if not needs and not slipped:
        rows = _calm(card)
    else:
        rows = [Row(_headline(card, needs, slipped))]
        rows += _section("*Needs you*", needs)
        rows += _section(_slipped_title(card, slipped), slipped)
        rows += _section("*Decided*", [_decided(decision) for decision in card.decided])
        rows += _section("*Heard from*", [Row(_heard(each)) for each in card.closed])
        rows += [Row(line) for line in (_still_open(card), _first_week(card)) if line]
    if card.digest.listed.is_late:
        rows.insert(
            1, Row(f"This comes late, because Muster was not running when it was due. It is about {_week(card)}.")
        )
    foot = _foot(card)
    return message("\n".join([*(row.text for row in rows), foot]), [*_blocks(rows), context(foot)])


def _calm(card: DigestCard) -> list[Row]:
    """Nothing to do: three lines, the foot included."""
    first = _first_week(card)
    if first and not card.decided:
        return [Row(first)]
    made = ""
    if card.decided:
        shown = [f"{each.name} {_line(each.form.title, TITLE_ROOM)}" for each in card.decided[:ITEMS]]
        made = f", {len(card.decided)} decided: {'; '.join(shown)}{_more(len(card.decided), ITEMS)}"
    heard = "; ".join(_heard_shortly(each) for each in card.closed[:ITEMS]) + _more(len(card.closed), ITEMS)
    lines = [f"Heard from {heard}." if heard else "", _still_open(card), first]
    second = " ".join(line for line in lines if line)
    return [Row(f"*Nothing needs you.* Nothing late{made}."), *([Row(second)] if second else [])]


def _blocks(rows: Iterable[Row]) -> list[Block]:
    """Lines without buttons share a section; one with buttons stands alone above them."""
    blocks: list[Block] = []
    lines: list[str] = []
    for row in rows:
        if row.buttons or row.is_title:
            blocks += sections(lines)
            lines = []
        if row.buttons:
            blocks += [section(row.text), buttons(*row.buttons)]
        else:
            lines.append(row.text)
    return [*blocks, *sections(lines)]


def _section(title: str, rows: Sequence[Row]) -> list[Row]:
    """At most three that are open and three that are settled, in their order."""
    if not rows:
        return []
    left = [row for row in rows if not row.is_settled]
    kept = {id(row) for row in left[:ITEMS]} | {id(row) for row in [row for row in rows if row.is_settled][-ITEMS:]}
    shown = [row for row in rows if id(row) in kept]
    more = _more(len(left), ITEMS).strip()
    return [Row(title, is_title=True), *shown, *([Row(more)] if more else [])]


def _more(count: int, shown: int) -> str:
    return f" +{count - shown} more" if count > shown else ""


def _headline(card: DigestCard, needs: Sequence[Row], slipped: Sequence[Row]) -> str:
    count, late = _left(needs), _left(slipped)
    first = f"*{count} {'thing needs' if count == 1 else 'things need'} you.*" if count else "*Nothing needs you"
    if not count:
        first += " any more.*" if needs else ".*"
    parts = [f"{number} {word}" for number, word in ((late, "slipping"), (len(card.decided), "decided")) if number]
    return f"{first} {', '.join(parts)}." if parts else first


def _left(rows: Iterable[Row]) -> int:
    return sum(not row.is_settled for row in rows)


def _needs(card: DigestCard) -> list[Row]:
    rows = [_approval(card, decision) for decision in card.approvals]
    rows += [_own(card, item) for item in card.own]
    return rows + [_blocker(card, blocker) for blocker in card.blockers]


def _approval(card: DigestCard, decision: Decision) -> Row:
    title = f"{_line(decision.form.title, TITLE_ROOM)} ({decision.name})"
    if decision.form.approver_id != card.reader.id:
        return Row(f"Done: ~{title}~, {_name(card, decision.form.approver_id)} is asked instead.", is_settled=True)
    if decision.state is DecisionState.ACCEPTED:
        return Row(f"Done: ~{title}~, approved.", is_settled=True)
    approve = button("Approve", decisions.Id.APPROVE, decision.id, style="primary", label=f"Approve {decision.name}")
    if decision.state is DecisionState.CONTESTED:
        reason = _line(first_words(decision.objection), WORDS_ROOM)
        return Row(f"*You objected:* {title}: “{reason}”. Approve it once that is settled.", (approve,))
    choice = _line(first_words(decision.form.choice), WORDS_ROOM)
    waiting = (card.now - decision.proposed_at) // timedelta(days=1)
    since = f" Waiting {_days(waiting)}." if waiting else ""
    return Row(
        f"*Approve or object:* {title}, recorded by {_name(card, decision.recorded_by)}: “{choice}”.{since}",
        (approve, button("Object", decisions.Id.OBJECT, decision.id, label=f"Object to {decision.name}")),
    )


def _own(card: DigestCard, item: ActionItem) -> Row:
    settled = _settled(card, item)
    if settled:
        return settled
    title = f"{_line(item.what, TITLE_ROOM)} ({item.name})"
    return Row(
        f"*Your action item:* {title}, due {day_text(item.due)}{_over(card, item)}.",
        (
            button("Done", actions.Id.DONE, item.id, style="primary", label=f"Done: {item.name}"),
            button("New date", actions.Id.NEW_DATE, item.id, label=f"New date for {item.name}"),
        ),
    )


def _settled(card: DigestCard, item: ActionItem) -> Row | None:
    """What became of an item that was overdue; None while it still is, and with the same person."""
    title = f"~{_line(item.what, TITLE_ROOM)}~ ({item.name})"
    if not item.is_open:
        return Row(f"Done: {title}.", is_settled=True)
    if item.owner_id != card.reader.id and item.id in card.digest.listed.own:
        return Row(f"Handed over: {title}, to {_name(card, item.owner_id)}.", is_settled=True)
    if not item.is_overdue(today_of(card.people.get(item.owner_id), card.now)):
        return Row(f"Moved: {title}, now due {day_text(item.due)}.", is_settled=True)
    return None


def _over(card: DigestCard, item: ActionItem) -> str:
    over = days_over(item, card.people.get(item.owner_id), card.now)
    return f", {_days(over, 'working ')} over" if over else ""


def _blocker(card: DigestCard, blocker: Blocker) -> Row:
    title = _line(blocker.title, TITLE_ROOM)
    if blocker.action_number:
        return Row(f"Done: ~{title}~, now A-{blocker.action_number}.", is_settled=True)
    clears = f", can be cleared by {_name(card, blocker.owner_id)}" if blocker.owner_id else ""
    make = button("Make action item", runs.Id.MAKE_ACTION, blocker.id, label=f"Make action item: {blocker.title}")
    return Row(f"*Blocker:* “{title}”, raised by {_name(card, blocker.raised_by)}{clears}.", (make,))


def _slipped(card: DigestCard) -> list[Row]:
    return [_settled(card, item) or _late(card, item) for item in card.slipped]


def _late(card: DigestCard, item: ActionItem) -> Row:
    owner = _name(card, item.owner_id)
    return Row(f"{item.name} {_line(item.what, TITLE_ROOM)}: {owner}, due {day_text(item.due)}{_over(card, item)}.")


def _slipped_title(card: DigestCard, rows: Sequence[Row]) -> str:
    late = [item for item, row in zip(card.slipped, rows, strict=True) if not row.is_settled]
    if not late:
        return "*Slipped:* settled since."
    oldest = min(late, key=lambda item: item.due)
    what = "action item" if len(late) == 1 else "action items"
    age = f", oldest due {day_text(oldest.due)} ({_name(card, oldest.owner_id)})" if len(late) > 1 else ""
    return f"*Slipped:* {len(late)} {what} overdue{age}."


def _decided(decision: Decision) -> Row:
    because = decision.form.because.strip()
    because = because[len("because ") :] if because.casefold().startswith("because ") else because
    reason = _line(first_words(because), WORDS_ROOM).rstrip(".")
    look = f" Look again on {day_text(decision.form.look_again_on)}." if decision.form.look_again_on else ""
    kept = " One objection kept." if decision.objection else ""
    return Row(f"{decision.name} {_line(decision.form.title, TITLE_ROOM)}, because “{reason}”.{look}{kept}")


def _heard(heard: Heard) -> str:
    if not heard.total.asked:
        return f"{_where(heard)}: everybody was away."
    functions = [f"{function_name(name)} {_count(count)}" for name, count in heard.functions]
    several = f" over {heard.runs} check-ins" if heard.runs > 1 else ""
    missed = f" Not asked in time: {heard.unreached}." if heard.unreached else ""
    return f"{_where(heard)}{several}: {', '.join([_share(heard.total), *functions])}.{missed}"


def _heard_shortly(heard: Heard) -> str:
    who = _share(heard.total) if heard.total.asked else "nobody"
    return f"{who} in {_line(heard.title, NAME_ROOM)}"


def _where(heard: Heard) -> str:
    return f"{_line(heard.title, NAME_ROOM)} in #{_line(heard.channel_name, NAME_ROOM)}"


def _count(count: Count) -> str:
    return f"{count.answered} of {count.asked}"


def _share(count: Count) -> str:
    return _count(count) if count.percent is None else f"{_count(count)} ({count.percent} %)"


def _still_open(card: DigestCard) -> str:
    parts = [("Still open", card.open, " so far"), ("Closed since", card.closed_since, "")]
    return " ".join(f"{label}: {_some(found, so_far)}." for label, found, so_far in parts if found)


def _some(found: Sequence[Heard], so_far: str) -> str:
    shown = [f"{_where(each)}, {_count(each.total)}{so_far}" for each in found[:ITEMS]]
    return "; ".join(shown) + _more(len(found), ITEMS)


def _first_week(card: DigestCard) -> str:
    """While there is nothing to count: why."""
    if card.closed or card.open or card.closed_since:
        return ""
    if card.started_on is None:
        return "No ritual is on in your team's channels yet. Type `/ritual` in a channel to see what there is."
    if card.started_on < card.digest.week:
        return ""
    return f"Your team started on {day_text(card.started_on)}. First numbers next Monday."


def _foot(card: DigestCard) -> str:
    missing = [_line(each.title, NAME_ROOM) for each in card.open]
    if card.is_partial:
        missing.append("private channels that Slack did not confirm")
    missing = [f"Missing: {', '.join(missing)}."] if missing else []
    how = ["Counts are people who answered, of those asked; who was away is left out."] if card.closed else []
    return " ".join([f"{_week(card)}.", *missing, *how, "You get this because people are assigned to you."])


def _week(card: DigestCard) -> str:
    first, last = card.digest.week, card.digest.week + timedelta(days=6)
    month = "" if first.month == last.month else f" {first:%b}"
    return f"{first:%a} {first.day}{month} to {day_text(last)}"


def _days(count: int, kind: str = "") -> str:
    return f"{count} {kind}{'day' if count == 1 else 'days'}"


def _name(card: DigestCard, person_id: str) -> str:
    return _line(card.people[person_id].name, NAME_ROOM) if person_id in card.people else "somebody who left"


def _line(text: str, room: int) -> str:
    """People's words on one line."""
    return escape_cut(" ".join(text.split()), room)
