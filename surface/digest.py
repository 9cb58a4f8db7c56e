"""The weekly digest: one screen, what only its reader can do first, each section only when it has something."""

from collections.abc import Iterable, Sequence

from domain.decision_states import DecisionState
from domain.decisions import Decision
from domain.digest_choices import Shape
from domain.digests import DigestCard
from domain.measure_numbers import number_text
from domain.metrics.actions import overdue
from domain.words import count_text, day_text, days_text
from surface import digest_meanwhile, digest_numbers, digest_rows, digest_settings
from surface.counting import counting_button
from surface.digest_rows import NAME_ROOM, TITLE_ROOM, Row
from surface.keeping_up import keeping_up_line
from surface.kit import Block, Message, buttons, context, line, message, section, sections
from surface.measure_pairs import pair_text
from surface.pulse import pulse_line
from surface.signals import signal_row
from surface.trends import trends_button

ITEMS = 3
"""Of each section, and fewer where they would not fit; the rest is a number."""
MOST_LINES = 30
"""One screen, the foot included."""


def digest_message(card: DigestCard) -> Message:
    needs, slipped = _needs(card), _slipped(card)
    if not needs and not slipped and not card.numbers.signals:
        rows = _calm(card)
    elif card.digest.shape is Shape.EXEC:
        rows = _five(card, needs, slipped)
    else:
        shorter = [_rows(card, needs, slipped, most) for most in range(ITEMS, 0, -1)]
        # What is last is told elsewhere, too: the pulse by its summary, pairs by the measures.
        rows = next((rows for rows in shorter if len(rows) < MOST_LINES), shorter[-1])[: MOST_LINES - 1]
    foot = _foot(card)
    links = buttons(
        trends_button(card.digest.id),
        counting_button(card.digest.id),
        digest_settings.change_button(card),
        digest_settings.now_button(card),
    )
    return message("\n".join([*(row.text for row in rows), foot]), [*_blocks(rows), links, context(foot)])


def _five(card: DigestCard, needs: list[Row], slipped: list[Row]) -> list[Row]:
    """For an exec: how it stands, the one thing that needs them, what slips most, what was decided, what is next."""
    needed = [row for row in needs if not row.is_settled]
    late = [Row(f"*Slipping:* {row.text}", row.buttons) for row in slipped if not row.is_settled]
    late += [Row(f"*Signal:* {row.text}", row.buttons) for row in map(signal_row, card.numbers.signals)]
    decided = f"*Decided:* {_titles(card)}." if card.decided else ""
    where = " Below is the first; Muster's Home shows all." if len(needed) > 1 and not card.manager else ""
    first = Row(f"{_headline(card, needs, slipped)}{where}")
    return [first, *_told_first(card), *needed[:1], *late[:1], *_some(decided, _next(card))]


def _rows(card: DigestCard, needs: list[Row], slipped: list[Row], most: int) -> list[Row]:
    """In their order: what only the reader can do, what hurts if left, what was settled, what is coming, then how it
    goes. Empty sections are left out."""
    decided = [digest_rows.decided(card, decision) for decision in card.decided]
    return [
        Row(_headline(card, needs, slipped)),
        *_told_first(card),
        *_section(f"*Needs {_whom(card)}*", needs, "see Muster's Home", most),
        *_section(_slipped_title(card, slipped), slipped, "type `/action list late`", most),
        *_section("*Decided*", decided, "type `/decision list`", most),
        *_section("*Signals*", [signal_row(each) for each in card.numbers.signals], "type `/muster measures`", most),
        *_titled("*Next seven days*", [digest_numbers.coming(card.numbers.coming, most)]),
        *_titled("*Voices*", _voices(card, most)),
        *_seldom(card, most),
        *_some(_first_week(card)),
    ]


def _told_first(card: DigestCard) -> list[Row]:
    meanwhile = digest_meanwhile.first_line(card, card.manager) if card.manager else ""
    return _some(meanwhile, _late(card), _not_asked(card))


def _seldom(card: DigestCard, most: int) -> list[Row]:
    """What not every week has: each one line, led by what it is."""
    numbers = card.numbers
    learned = [digest_numbers.learned(each) for each in numbers.learned[:most]]
    deciding = digest_numbers.deciding(numbers.deciding) if numbers.deciding else ""
    keeping = keeping_up_line(numbers.keeping) if numbers.keeping else ""
    told = (
        ("How we decide", " ".join(filter(None, (deciding, keeping)))),
        *(("Learned", each) for each in learned),
        ("You said, we did", digest_numbers.said_and_done(numbers, most)),
        ("Pulse", pulse_line(numbers.pulse) if numbers.pulse else ""),
        *(("Does taking part help?", pair_text(each)) for each in numbers.together[:most]),
    )
    shown = [f"*{title}* {text}" for title, text in told if text]
    return [Row(text, is_title=at == 0) for at, text in enumerate(shown)]


def _voices(card: DigestCard, most: int) -> list[str]:
    """Of all check-ins together, then of each if there were several, or if not everybody could be asked."""
    voices = card.numbers.voices
    together = [digest_numbers.heard_from(voices), digest_numbers.in_time(voices)] if voices else []
    each = [digest_rows.heard(card, found) for found in card.closed]
    if len(each) == 1 and voices and voices.week.total == card.closed[0].total:
        together[0] = digest_numbers.heard_from(voices, digest_rows.where(card, card.closed[0]))
        each = [text for text in [digest_rows.not_heard(card.closed[0])] if text]
    shown = each[:most] + (
        [_more(len(each), most, "see the summaries in the channels").strip()] if len(each) > most else []
    )
    return [text for text in (*together, *shown, _closed_since(card)) if text]


def _some(*texts: str) -> list[Row]:
    return [Row(text) for text in texts if text]


def _titled(title: str, texts: Iterable[str]) -> list[Row]:
    rows = _some(*texts)
    return [Row(title, is_title=True), *rows] if rows else []


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
    rituals = [f"{digest_rows.where(card, each)} ({_times(each.times)})" for each in card.not_asked[:ITEMS]]
    return f"*Muster was not running* {when}. Not asked: {', '.join(rituals)}{_more(len(card.not_asked), ITEMS)}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _calm(card: DigestCard) -> list[Row]:
    """Nothing to do: three lines, the foot included."""
    first = _first_week(card)
    if first and not card.decided:
        return [Row(first), *_told_first(card)]
    made = f", {len(card.decided)} decided: {_titles(card)}" if card.decided else ""
    second = " ".join(text for text in (_next(card), first) if text)
    calm = Row(f"*Nothing needs {_whom(card)}.* Nothing late{made}.")
    return [calm, *_told_first(card), *_some(second), *_seldom(card, ITEMS)]


def _titles(card: DigestCard) -> str:
    shown = [_title(card, each) for each in card.decided[:ITEMS]]
    return "; ".join(shown) + _more(len(card.decided), ITEMS, "type `/decision list`")


def _title(card: DigestCard, decision: Decision) -> str:
    rejected = " (rejected)" if decision.state is DecisionState.REJECTED else ""
    return f"{digest_rows.named(card, decision)} {line(decision.form.title, TITLE_ROOM)}{rejected}"


def _next(card: DigestCard) -> str:
    """Who was heard, and what is coming, in a line."""
    coming = digest_numbers.coming(card.numbers.coming, ITEMS)
    told = (_heard(card), _closed_since(card), f"Next: {coming}" if coming else "")
    return " ".join(text for text in told if text)


def _heard(card: DigestCard) -> str:
    """Of all check-ins together; of a few that tell no count, that they were few."""
    voices, few = card.numbers.voices, [each for each in card.closed if each.fewer_than]
    told = [digest_numbers.share(voices)] if voices and voices.week.total.asked else []
    told += [digest_rows.heard_shortly(each) for each in few[:ITEMS]]
    return f"Heard from {'; '.join(told)}." if told else ""


def _blocks(rows: Iterable[Row]) -> list[Block]:
    """Lines without buttons share a section; one with buttons stands alone above them, or beside a single one."""
    blocks: list[Block] = []
    lines: list[str] = []
    for row in rows:
        if row.buttons or row.is_title:
            blocks += sections(lines)
            lines = []
        if len(row.buttons) == 1:
            blocks.append(section(row.text, row.buttons[0]))
        elif row.buttons:
            blocks += [section(row.text), buttons(*row.buttons, block_id=row.block_id)]
        else:
            lines.append(row.text)
    return [*blocks, *sections(lines)]


def _section(title: str, rows: Sequence[Row], where: str, most: int) -> list[Row]:
    """So many that are open and as many that are settled, in their order; `where` says how to find the others."""
    if not rows:
        return []
    left = [row for row in rows if not row.is_settled]
    kept = {id(row) for row in left[:most]} | {id(row) for row in [row for row in rows if row.is_settled][-most:]}
    shown = [row for row in rows if id(row) in kept]
    more = _more(len(left), most, where).strip()
    return [Row(title, is_title=True), *shown, *([Row(more)] if more else [])]


def _more(count: int, shown: int, where: str = "") -> str:
    if count <= shown:
        return ""
    return f" +{count - shown} more" + (f": {where}." if where else "")


def _headline(card: DigestCard, needs: Sequence[Row], slipped: Sequence[Row]) -> str:
    count, late = _left(needs), _left(slipped)
    whom = _whom(card)
    first = f"*{count} {'thing needs' if count == 1 else 'things need'} {whom}.*" if count else f"*Nothing needs {whom}"
    if not count:
        first += " any more.*" if needs else ".*"
    parts = [f"{number} {word}" for number, word in ((late, "slipping"), (len(card.decided), "decided")) if number]
    return f"{first} {', '.join(parts)}." if parts else first


def _left(rows: Iterable[Row]) -> int:
    return sum(not row.is_settled for row in rows)


def _whom(card: DigestCard) -> str:
    return digest_meanwhile.whose(card.manager) if card.manager else "you"


def _needs(card: DigestCard) -> list[Row]:
    if card.manager:
        rows = digest_meanwhile.needs(card, card.manager)
    else:
        rows = [digest_rows.approval(card, decision) for decision in card.approvals]
        rows += [digest_rows.own(card, item) for item in card.own]
    return rows + [digest_rows.blocker(card, blocker) for blocker in card.blockers]


def _slipped(card: DigestCard) -> list[Row]:
    return [digest_rows.settled(card, item) or digest_rows.late(card, item) for item in card.slipped]


def _slipped_title(card: DigestCard, rows: Sequence[Row]) -> str:
    late = _left(rows)
    if not late:
        return "*Slipped:* settled since."
    slipping = card.numbers.slipping
    among = slipping.others + sum(item.is_open for item in card.slipped)
    usual = f" (usual {number_text(slipping.usual.middle)})" if slipping.usual else ""
    found = overdue(card.slipped, card.people, card.now) if late > ITEMS else None
    half = f", half of them by {count_text(int(found.median_days), 'working day')} or more" if found else ""
    return f"*Slipped:* {late} of {count_text(among, 'action item')} overdue{usual}{half}."


def _closed_since(card: DigestCard) -> str:
    """Runs that were still open when the week ended."""
    if not card.closed_since:
        return ""
    shown = [f"{digest_rows.where(card, each)}, {digest_rows.heard_of(each)}" for each in card.closed_since[:ITEMS]]
    return f"Closed since: {'; '.join(shown)}{_more(len(card.closed_since), ITEMS)}."


def _first_week(card: DigestCard) -> str:
    """While there is nothing to count: why."""
    if card.closed or card.open or card.closed_since:
        return ""
    if card.started_on is None:
        return "No ritual is on in your team's channels yet. Type `/ritual` in a channel to see what there is."
    if card.started_on < card.digest.week:
        return ""
    return f"Your team started on {day_text(card.started_on)}. First numbers in your next digest."


def _foot(card: DigestCard) -> str:
    missing = [f"answers to {line(each.title, NAME_ROOM)} that are still to come" for each in card.open[:ITEMS]]
    missing += [f"{line(each.name, NAME_ROOM)} (not reported)" for each in card.numbers.missing[:ITEMS]]
    if card.is_partial:
        missing.append("private channels that Slack did not confirm")
    missing = [f"Not counted: {', '.join(missing)}."] if missing else []
    return " ".join([digest_settings.opening(card), *missing, digest_settings.why(card), *_led_to(card)])


def _led_to(card: DigestCard) -> list[str]:
    """What became of what needed the reader in the digest before; nothing of what still waits, which is listed."""
    since = card.numbers.settled
    if since is None or not since.answered:
        return []
    if since.answered < since.asked:
        are = "is" if since.answered == 1 else "are"
        return [f"Of {since.asked} things that needed you in the digest before, {since.answered} {are} settled."]
    return ["What needed you in the digest before is settled."]


def _week(card: DigestCard) -> str:
    return days_text(card.digest.first_day, card.digest.last_day)
