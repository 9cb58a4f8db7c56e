"""The weekly digest: one screen, what only its reader can do first, each section only when it has something."""

from collections.abc import Iterable, Sequence

from domain.digests import DigestCard
from domain.heard import Heard
from domain.words import day_text, days_text
from surface import digest_rows, digest_settings
from surface.digest_rows import NAME_ROOM, TITLE_ROOM, Row
from surface.kit import Block, Message, buttons, context, line, message, section, sections

ITEMS = 3
"""Of each section; the rest is a number."""


def digest_message(card: DigestCard) -> Message:
    needs, slipped = _needs(card), _slipped(card)
    if not needs and not slipped:
        rows = _calm(card)
    else:
        rows = [Row(_headline(card, needs, slipped))]
        rows += _section("*Needs you*", needs, "see Muster's Home")
        rows += _section(_slipped_title(slipped), slipped, "type `/action list late`")
        decided = [digest_rows.decided(card, decision) for decision in card.decided]
        rows += _section("*Decided*", decided, "type `/decision list`")
        heard = [Row(digest_rows.heard(each)) for each in card.closed]
        rows += _section("*Heard from*", heard, "see the summaries in the channels")
        rows += [Row(text) for text in (_still_open(card), _first_week(card)) if text]
    rows[1:1] = [Row(text) for text in (_late(card), _not_asked(card)) if text]
    foot = _foot(card)
    links = buttons(digest_settings.change_button(card), digest_settings.now_button(card))
    return message("\n".join([*(row.text for row in rows), foot]), [*_blocks(rows), links, context(foot)])


def _late(card: DigestCard) -> str:
    listed = card.digest.listed
    if not listed.is_late:
        return ""
    before = {0: "", 1: " The digest before it was never sent."}.get(
        listed.missed, f" The {listed.missed} digests before it were never sent."
    )
    return f"This comes late, because Muster was not running when it was due. It is about {_week(card)}.{before}"


def _not_asked(card: DigestCard) -> str:
    """One line for all that was to be asked while Muster was not running."""
    if not card.not_asked:
        return ""
    first, last = min(each.first for each in card.not_asked), max(each.last for each in card.not_asked)
    when = f"on {day_text(first)}" if first == last else f"from {day_text(first)} to {day_text(last)}"
    rituals = [f"{digest_rows.where(each)} ({_times(each.times)})" for each in card.not_asked[:ITEMS]]
    return f"*Muster was not running* {when}. Not asked: {', '.join(rituals)}{_more(len(card.not_asked), ITEMS)}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _calm(card: DigestCard) -> list[Row]:
    """Nothing to do: three lines, the foot included."""
    first = _first_week(card)
    if first and not card.decided:
        return [Row(first)]
    made = ""
    if card.decided:
        shown = [f"{each.name} {line(each.form.title, TITLE_ROOM)}" for each in card.decided[:ITEMS]]
        rest = _more(len(card.decided), ITEMS, "type `/decision list`")
        made = f", {len(card.decided)} decided: {'; '.join(shown)}{rest}"
    heard = "; ".join(digest_rows.heard_shortly(each) for each in card.closed[:ITEMS]) + _more(len(card.closed), ITEMS)
    second = " ".join(text for text in (f"Heard from {heard}." if heard else "", _still_open(card), first) if text)
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


def _section(title: str, rows: Sequence[Row], where: str) -> list[Row]:
    """At most three that are open and three that are settled, in their order; `where` says how to find the others."""
    if not rows:
        return []
    left = [row for row in rows if not row.is_settled]
    kept = {id(row) for row in left[:ITEMS]} | {id(row) for row in [row for row in rows if row.is_settled][-ITEMS:]}
    shown = [row for row in rows if id(row) in kept]
    more = _more(len(left), ITEMS, where).strip()
    return [Row(title, is_title=True), *shown, *([Row(more)] if more else [])]


def _more(count: int, shown: int, where: str = "") -> str:
    if count <= shown:
        return ""
    return f" +{count - shown} more" + (f": {where}." if where else "")


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
    rows = [digest_rows.approval(card, decision) for decision in card.approvals]
    rows += [digest_rows.own(card, item) for item in card.own]
    return rows + [digest_rows.blocker(card, blocker) for blocker in card.blockers]


def _slipped(card: DigestCard) -> list[Row]:
    return [digest_rows.settled(card, item) or digest_rows.late(card, item) for item in card.slipped]


def _slipped_title(rows: Sequence[Row]) -> str:
    late = _left(rows)
    if not late:
        return "*Slipped:* settled since."
    return f"*Slipped:* {late} {'action item' if late == 1 else 'action items'} overdue."


def _still_open(card: DigestCard) -> str:
    parts = [("Still open", card.open, " so far"), ("Closed since", card.closed_since, "")]
    return " ".join(f"{label}: {_some(found, so_far)}." for label, found, so_far in parts if found)


def _some(found: Sequence[Heard], so_far: str) -> str:
    shown = [f"{digest_rows.where(each)}, {digest_rows.counted(each.total)}{so_far}" for each in found[:ITEMS]]
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
    missing = [f"answers to {line(each.title, NAME_ROOM)} that are still to come" for each in card.open[:ITEMS]]
    if card.is_partial:
        missing.append("private channels that Slack did not confirm")
    missing = [f"Not counted: {', '.join(missing)}."] if missing else []
    how = ["Counts are people who answered, of those asked; who was away is left out."] if card.closed else []
    return " ".join([digest_settings.opening(card), *missing, *how, digest_settings.why(card)])


def _week(card: DigestCard) -> str:
    return days_text(card.digest.first_day, card.digest.last_day)
