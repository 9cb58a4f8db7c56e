"""A channel is told which rituals are on there."""

from simulation.allowances import EFFECT, PUNCTUAL
from simulation.case import Case
from simulation.findings import Book
from simulation.recognition import Kind

PROMISE = "A channel hears of what is switched on there"


def judge(case: Case, book: Book) -> None:
    for on in case.switched:
        if on.follows or not case.excuses.is_settled(on.since, on.channel):
            continue
        book.count("messages owed")
        told = [
            owed
            for owed in case.of(Kind.RITUAL)
            if owed.message.channel == on.channel
            and owed.what.title == on.template.title
            and owed.at >= on.since - EFFECT
        ]
        named = f"{on.template.title} in #{case.world.channels[on.channel].name.at(on.since)}"
        if told:
            book.count("messages sent")
            if told[0].at > on.since + PUNCTUAL and not case.excuses.delay(on.since, told[0].at, on.channel):
                book.broken(PROMISE, f"That {named} is on was told late, and nothing stood in the way.", told[0].line)
        elif why := case.excuses.refused(on.channel, on.since, case.trace.end):
            book.excused("messages not sent with a reason", why)
        else:
            book.count("messages lost")
            book.broken(PROMISE, f"Nobody was told that {named} is on.")
