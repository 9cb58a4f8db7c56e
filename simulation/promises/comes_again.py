"""Of what comes again exactly one follows, once it is done or dropped for this time, due later than the one before."""

from dataclasses import dataclass
from datetime import date

from simulation.action_deeds import ENDS, Deed, of_record
from simulation.action_deeds import owner as owner_of
from simulation.action_ids import DROP_FORM, EDIT_FORM
from simulation.action_words import DUE, RHYTHM
from simulation.allowances import EFFECT, PUNCTUAL, SETTLES
from simulation.case import Case, Owed
from simulation.findings import Book
from simulation.labels import FOR_GOOD, WHICH
from simulation.messages import squeezed
from simulation.recognition import Kind, day_of

PROMISE = "Of what comes again exactly one follows"


@dataclass(frozen=True)
class Ended:
    """What comes again, and is over."""

    record: str
    done: list[Deed]
    told: Owed
    """The first message about it."""
    following: dict[str, Owed]
    """What says that it comes after it, by name."""

    @property
    def end(self) -> Deed:
        return next(each for each in self.done if each.what in ENDS)


def judge(case: Case, book: Book) -> None:
    rhythmic = _rhythmic(case)
    after: dict[str, dict[str, Owed]] = {}
    for record, (owed, before) in rhythmic.items():
        if before:
            after.setdefault(before, {})[record] = owed
    for before, following in after.items():
        if len(following) > 1:
            text = f"After {before} came {' and '.join(sorted(following))}, and only one was to."
            book.broken(PROMISE, text, *(owed.line for owed in following.values()))
    for record, done in of_record(case).items():
        if record in rhythmic and _is_over(done):
            _judge_end(case, book, Ended(record, done, rhythmic[record][0], after.get(record, {})))


def _rhythmic(case: Case) -> dict[str, tuple[Owed, str]]:
    """What comes again, the first message about each, and the one before it."""
    found: dict[str, tuple[Owed, str]] = {}
    for owed in case.of(Kind.ACTION):
        for version in owed.message.versions:
            if said := RHYTHM.search(version.words):
                found.setdefault(owed.what.record, (owed, said["before"] or ""))
                break
    return found


def _is_over(done: list[Deed]) -> bool:
    """Beyond doubt; how often it comes may have been changed with what it says."""
    return any(each.what in ENDS for each in done) and all(each.is_sure and each.what != EDIT_FORM for each in done)


def _judge_end(case: Case, book: Book, ended: Ended) -> None:
    end, following = ended.end, ended.following
    is_for_good = end.what == DROP_FORM and str(end.line["values"].get(WHICH) or "").startswith(FOR_GOOD)
    if is_for_good and following:
        text = f"{ended.record} was dropped for good, and {', '.join(following)} came after it."
        book.broken(PROMISE, text, end.line.number, *(owed.line for owed in following.values()))
    owner = owner_of(case, ended.record, ended.done)
    if is_for_good or not owner or not case.excuses.is_settled(end.at, owner):
        return
    gone = any(profile.deleted for profile in case.world.people[owner].within(end.at, end.at + SETTLES))
    if gone or case.excuses.refused(owner, end.at - EFFECT, case.trace.end):
        return
    book.count("action items that came again")
    if following:
        _judge_next(case, book, ended, next(iter(following.values())), owner)
    else:
        book.broken(PROMISE, f"{ended.record} comes again, is over, and none followed.", end.line.number)


def _judge_next(case: Case, book: Book, ended: Ended, following: Owed, owner: str) -> None:
    at, line = ended.end.at, ended.end.line.number
    if following.at > at + PUNCTUAL and not case.excuses.delay(at, following.at, owner):
        book.broken(PROMISE, f"What follows {ended.record} was told late.", line, following.line)
    was, due = _due(ended.told), _due(following)
    if was and due and due <= was:
        text = f"{following.what.record} follows {ended.record}, and is not due later."
        book.broken(PROMISE, text, line, following.line)


def _due(owed: Owed) -> date | None:
    found = DUE.search(squeezed(owed.message.first.text))
    return day_of(found[1]) if found else None
