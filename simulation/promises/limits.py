"""Nobody is reminded more often in a day than they want, over all check-ins, action items and blockers."""

from datetime import date, timedelta

from simulation.allowances import SETTLES
from simulation.case import Case, Owed
from simulation.findings import Book
from simulation.nudges import REMINDERS

PROMISE = "Nobody is reminded more often than they want"
DAY = timedelta(days=1)


def judge(case: Case, book: Book) -> None:
    for (person, day), sent in _by_day(case).items():
        first, last = min(owed.at for owed in sent), max(owed.at for owed in sent)
        most = max(case.team.nudges_at(person, first), case.team.nudges_at(person, last))
        came = {owed.message.delivery for owed in sent}
        # One that was held back may come on the next day, where it was not counted; a choice takes a moment.
        is_held_back = case.excuses.longest(first - DAY, last, person) is not None
        if len(came) > most and not is_held_back and not case.team.changed_settings(person, first - SETTLES, last):
            text = (
                f"{case.world.name_of(person)} got {len(came)} reminders on {day:%a %d %b}, and wants at most {most}."
            )
            book.broken(PROMISE, text, *sorted(owed.line for owed in sent))


def _by_day(case: Case) -> dict[tuple[str, date], list[Owed]]:
    """On each person's own calendar; what carries several is one reminder."""
    found: dict[tuple[str, date], list[Owed]] = {}
    for owed in case.of(*REMINDERS):
        if owed.reader and owed.reader in case.world.people:
            day = owed.at.astimezone(case.team.zone(owed.reader, owed.at)).date()
            found.setdefault((owed.reader, day), []).append(owed)
    return found
