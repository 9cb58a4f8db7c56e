"""A round asks those named in its decision, shows nobody's word before its end, and comes to what they said: silence is
never the approver's consent."""

from collections.abc import Iterator
from datetime import datetime

from simulation.allowances import EFFECT, PUNCTUAL, SETTLES
from simulation.case import Case, Owed
from simulation.decision_ids import HEARD, PASSED, REJECT_FORM, STATES, WITHDRAWAL_FORM
from simulation.decision_moves import moves
from simulation.decision_rounds import WAITS, Round, rounds
from simulation.findings import Book
from simulation.hearing import Told, unheard
from simulation.messages import Version, squeezed
from simulation.recognition import ANSWER_BY, Kind
from simulation.standing import is_open_to_answer
from simulation.tokens import tokens
from simulation.trace import Line

PROMISE = "A round hears those it asks before anything is shown or comes of it"
SHOWN_AS = {**STATES, WAITS: "Proposed"}


def judge(case: Case, book: Book) -> None:
    made = moves(case)
    for found in rounds(case):
        book.count("rounds of decisions")
        _judge_asked(case, book, found)
        _judge_reminded(case, book, found)
        if not any(move.what in (REJECT_FORM, WITHDRAWAL_FORM) for move in made.get(found.row, [])):
            _judge_hidden(case, book, found)
            _judge_end(case, book, found)


def _sent(case: Case, found: Round, *kinds: Kind) -> list[Owed]:
    """About its first text."""
    about = (owed for owed in case.of(*kinds) if owed.what.record == found.record)
    return [owed for owed in about if found.edited is None or owed.line < found.edited]


def _judge_asked(case: Case, book: Book, found: Round) -> None:
    sent: dict[str, Owed] = {}
    for owed in _sent(case, found, Kind.ROUND):
        sent.setdefault(owed.reader or "", owed)
    for person in sorted(sent.keys() - found.asked):
        name = case.world.name_of(person)
        book.broken(PROMISE, f"{name} is not named in {found.record}, and was asked about it.", sent[person].line)
    for person in sorted(found.asked):
        due = _due(case, found, person)
        if due and not any(each.line.at <= due for each in found.said.get(person, [])):
            book.count("people asked in rounds")
            came = sent[person].at if person in sent else case.trace.end
            if came > due + PUNCTUAL and not case.excuses.hindered(due, came, person):
                name, when = case.world.name_of(person), "late" if person in sent else "not"
                text = f"{name} was {when} asked about {found.record}, and nothing stood in the way."
                book.broken(PROMISE, text, found.form.number)


def _due(case: Case, found: Round, person: str) -> datetime | None:
    """When they were to be asked; None where that is not for certain."""
    at = found.form.at
    calendar = case.team.calendar(person, at)
    due = calendar.next_working(at)
    is_known = not (calendar.is_away(at) or calendar.is_away(due))
    is_known &= {each.next_working(at) for each in case.team.calendars_within(person, at, due)} == {due}
    is_known &= not any(changed <= due for changed, _ in case.team.absences_changed(person, at, ""))
    stays = case.world.stays(person, found.card.message.channel, at, due + SETTLES)
    is_first = found.edited is None and (found.closed is None or due < found.closed.at)
    return due if is_known and stays and is_first and case.excuses.is_settled(due, person) else None


def _judge_reminded(case: Case, book: Book, found: Round) -> None:
    """Only those who have not spoken are."""
    for owed in _sent(case, found, Kind.ROUND_REMINDER):
        book.count("reminders of rounds")
        if found.is_heard(owed.reader or "", owed.at - EFFECT):
            name = case.world.name_of(owed.reader or "")
            book.broken(PROMISE, f"{name} was reminded of {found.record} after answering.", owed.line)


def _judge_hidden(case: Case, book: Book, found: Round) -> None:
    """Nobody but whoever wrote it reads it while others are asked."""
    until = found.closed.line if found.closed else found.edited
    for person, said in found.said.items():
        marks = {mark for each in said for text in each.given.values() for mark in tokens(text)}
        for version in _seen_by_others(case, person):
            is_before = until is None or version.line < until
            # What comes of it is sent together, in any order.
            is_with_it = found.closed is not None and version.at >= found.closed.at - EFFECT
            if (
                is_before
                and not is_with_it
                and version.line > said[0].line.number
                and (told := marks & tokens(version.words))
            ):
                name = case.world.name_of(person)
                text = f"What {name} said in the round of {found.record} was shown before its end: [{min(told)}]"
                book.broken(PROMISE, text, said[0].line.number, version.line)


def _seen_by_others(case: Case, person: str) -> Iterator[Version]:
    for message in case.messages:
        reader = message.only_for or case.world.partner(message.channel)
        if message.from_app and reader != person:
            yield from message.versions
    yield from (shown.version for shown in case.views if shown.user != person)


def _judge_end(case: Case, book: Book, found: Round) -> None:
    shown = found.closed
    if shown is None:
        _judge_open(case, book, found)
        return
    book.count("rounds that closed")
    sent = [owed for owed in _sent(case, found, Kind.ROUND) if owed.at < shown.at]
    if waits := [owed for owed in sent if owed.what.by and _still_waits(case, found, owed, shown.at)]:
        name = case.world.name_of(waits[0].reader or "")
        book.broken(
            PROMISE, f"The round of {found.record} closed while {name} could answer.", waits[0].line, shown.line
        )
    elif all(
        _done(case, found, owed) <= shown.at <= _done(case, found, owed) + PUNCTUAL for owed in _last(case, found)
    ):
        _judge_outcome(case, book, found, shown)
    for owed in sent:
        if _still_invites(case, owed, shown.at):
            name = case.world.name_of(owed.reader or "")
            book.broken(PROMISE, f"{name} is still asked about {found.record}, whose round is over.", owed.line)


def _judge_outcome(case: Case, book: Book, found: Round, shown: Version) -> None:
    heard = HEARD.search(squeezed(shown.words))
    sure = sum(found.is_heard(person, shown.at) for person in found.asked)
    perhaps = sum(bool(found.perhaps(person, shown.at)) for person in found.asked)
    if heard and not sure <= int(heard[1]) <= perhaps:
        book.broken(PROMISE, f"The round of {found.record} says that {heard[1]} were heard; {sure} were.", shown.line)
    wanted = {SHOWN_AS[each] for each in found.outcome}
    if not squeezed(shown.text).startswith(tuple(wanted)):
        text = f"The round of {found.record} came to {' or '.join(sorted(wanted)).lower()}, and is shown otherwise."
        book.broken(PROMISE, text, shown.line)
    by = found.form["person"]
    if found.edited is None and PASSED not in found.outcome and found.approver not in ("", by):
        over = Line(shown.line, "round", shown.at, {"person": by})
        if text := unheard(case, over, found.approver, Told(Kind.APPROVAL, found.record)):
            book.broken(PROMISE, text, shown.line)


def _still_waits(case: Case, found: Round, owed: Owed, closed: datetime) -> bool:
    person = owed.reader or ""
    is_done = found.perhaps(person, closed) or _has_skipped(case, owed, closed) or _was_away(case, owed, closed)
    stays = case.world.stays(person, found.card.message.channel, owed.at, closed)
    return stays and not is_done and _deadline(case, owed) > closed + EFFECT


def _was_away(case: Case, owed: Owed, closed: datetime) -> bool:
    """Nobody waits for them then."""
    person, zone = owed.reader or "", case.team.zone(owed.reader or "", owed.at)
    first, last = (at.astimezone(zone).date() for at in (owed.at, _deadline(case, owed)))
    known = case.team.absences_within(person, owed.at, closed, owed.what.title)
    return any(each.first <= last and first <= each.last for absences in known for each in absences)


def _deadline(case: Case, owed: Owed) -> datetime:
    """As it was told."""
    zone = case.team.zone(owed.reader or "", owed.at)
    return datetime.strptime(owed.what.by, "%a %d %b %Y %H:%M").replace(tzinfo=zone)


def _has_skipped(case: Case, owed: Owed, until: datetime) -> bool:
    """Be it that Muster did not hear of it."""
    return any(str(line.get("value")) == owed.what.prompt and line.at <= until for line in case.skips)


def _still_invites(case: Case, owed: Owed, closed: datetime) -> bool:
    last, person = owed.message.last, owed.reader or ""
    is_over = case.excuses.is_settled(closed, person) and not owed.message.deleted_at
    is_over = is_over and not case.excuses.refused(person, closed, case.trace.end)
    return is_over and bool(ANSWER_BY.search(squeezed(last.text))) and is_open_to_answer(last.blocks)


def _judge_open(case: Case, book: Book, found: Round) -> None:
    """It ends with the last answer, or the last deadline."""
    last = _last(case, found)
    if found.edited is not None or not last or found.card.message.deleted_at:
        return
    done, channel = _done(case, found, last[0]), found.card.message.channel
    if case.excuses.is_settled(done, channel) and not case.excuses.refused(channel, done, case.trace.end):
        book.broken(PROMISE, f"The round of {found.record} is over, and its card does not say so.", found.card.line)


def _last(case: Case, found: Round) -> list[Owed]:
    """Of all who were asked, whoever it waited for longest; nobody if that is not known of some."""
    sent = {owed.reader or "": owed for owed in _sent(case, found, Kind.ROUND)}
    is_known = sent.keys() == found.asked and all(owed.what.by for owed in sent.values())
    return sorted(sent.values(), key=lambda owed: _done(case, found, owed))[-1:] if is_known else []


def _done(case: Case, found: Round, owed: Owed) -> datetime:
    heard = [each.line.at for each in found.said.get(owed.reader or "", []) if each.is_taken]
    return min([*heard, _deadline(case, owed)])
