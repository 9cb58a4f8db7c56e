"""No message comes twice, and none comes that the judge cannot place."""

from collections.abc import Hashable
from datetime import timedelta

from simulation.action_words import AGAIN
from simulation.allowances import EFFECT
from simulation.case import Case, Owed
from simulation.decision_ids import OBJECTION_FORM
from simulation.deeds import perhaps_taken
from simulation.findings import Book
from simulation.messages import elements, ids_of, squeezed
from simulation.promises import reacted
from simulation.recognition import Kind

PROMISE = "Nothing comes twice"
KNOWN = "Every message is one that is owed"
SAME = timedelta(hours=24)
"""The same words to the same people within that time are the same message."""

PUT_OFF = timedelta(minutes=30)
"""Who puts something off again is asked again, an hour later at the earliest."""


def judge(case: Case, book: Book) -> None:
    for message in case.unknown:
        text = f"Nobody can tell what this message is: {squeezed(message.first.text)[:120]!r}"
        book.broken(KNOWN, text, message.first.line)
    _same_delivery(case, book)
    _same_purpose(case, book)


def _same_delivery(case: Case, book: Book) -> None:
    first: dict[str, Owed] = {}
    for owed in case.owed:
        delivery = owed.message.delivery
        if not delivery:
            book.broken(KNOWN, f"A {owed.what.kind} carries no id of its delivery in its metadata.", owed.line)
        elif delivery in first and first[delivery].message.ts != owed.message.ts:
            _twice(case, book, first[delivery], owed, "was posted twice")
        first[delivery] = owed


def _same_purpose(case: Case, book: Book) -> None:
    first: dict[Hashable, Owed] = {}
    for owed in case.owed:
        for key in _purposes(case, owed):
            earlier = first.get(key)
            is_other = earlier and earlier.message.delivery != owed.message.delivery
            if earlier and is_other and _is_same(key, earlier, owed) and not _is_said_again(case, earlier, owed):
                _twice(case, book, earlier, owed, "came a second time under another id")
                break
        first |= dict.fromkeys(_purposes(case, owed), owed)


def _is_same(key: Hashable, earlier: Owed, later: Owed) -> bool:
    if later.what.kind is Kind.ACTION_DUE and _was_put_off(earlier):
        return False
    within = PUT_OFF if later.what.kind is Kind.ASKED_AGAIN else SAME
    return key[0] != "words" or later.at - earlier.at <= within if isinstance(key, tuple) else True


def _is_said_again(case: Case, earlier: Owed, later: Owed) -> bool:
    """Whether somebody has objected once more in between, to the changed text and in the same words."""
    record = later.what.record
    said = (each for each in perhaps_taken(case, OBJECTION_FORM) if earlier.at < each.at <= later.at + EFFECT)
    rows = {case.records.get(("decision", str(ids_of(line).get("decision")))) for line in said}
    return later.what.kind is Kind.DECISION_NEWS and record in rows


def _was_put_off(reminder: Owed) -> bool:
    """Whether its owner wanted to hear of it again."""
    return any(AGAIN.search(squeezed(version.words)) for version in reminder.message.versions)


def _purposes(case: Case, owed: Owed) -> list[Hashable]:
    """Whatever two messages may not share. Buttons tell requests about two versions of one text apart."""
    what, to = owed.what, owed.message.channel
    is_repeated = what.kind is Kind.REMINDER and _comes_again(case, what.prompt)
    if is_repeated or what.kind in (Kind.ROUND_REMINDER, Kind.BRIEF):  # Of briefs another promise counts how many.
        return []
    first = owed.message.first
    values = tuple(str(each.get("value")) for each in elements(first.blocks))
    keys: list[Hashable] = [("words", what.kind, to, squeezed(first.text), values)]
    if what.kind in (Kind.PROMPT, Kind.REMINDER, Kind.ROUND) and what.prompt:
        keys.append((what.kind, to, what.prompt))
    if what.kind in (Kind.RUN, Kind.PART, Kind.INTERIM, Kind.SUMMED_UP, Kind.SUMMARY):
        keys.append((what.kind, to, what.title, what.day, what.number))
    if what.kind is Kind.REACTED:
        keys.append((what.kind, to, reacted.place_of(owed), squeezed(first.text)))
    if what.kind is Kind.DIGEST:
        keys.append((what.kind, to, what.day))
    if what.kind in (Kind.DECISION, Kind.INFORMED, Kind.ACTION):
        keys.append((what.kind, to, what.record))
    if what.kind is Kind.PROMPT and (due := case.due_of(owed)):
        keys.append((what.kind, to, due.on, due.day))
    return keys


def _comes_again(case: Case, prompt: str) -> bool:
    """Whether its ritual reminds more than once, in the same words."""
    _owed, due = case.by_prompt_id.get(prompt, (None, None))
    return due is not None and len(due.template.remind) > 1


def _twice(case: Case, book: Book, earlier: Owed, later: Owed, how: str) -> None:
    deleted = earlier.message.deleted_at
    if deleted and deleted <= later.at:
        return
    what = f"A {later.what.kind} for {_to(case, later)} {how}"
    # Where the history cannot be read, Muster prefers one possible copy to a loss.
    if why := case.excuses.unreadable(later.reader or later.message.channel, earlier.at, later.at):
        book.excused("messages doubled with a reason", why)
    else:
        book.count("messages duplicated")
        book.broken(PROMISE, f"{what}: {squeezed(later.message.first.text)[:100]!r}", earlier.line, later.line)


def _to(case: Case, owed: Owed) -> str:
    if owed.reader:
        return case.world.name_of(owed.reader)
    return f"#{case.world.channels[owed.message.channel].name.at(owed.at)}"
