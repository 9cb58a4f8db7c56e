"""What a draft leaves out that its reviewer should see; no model has a say in it."""

from dataclasses import replace

from briefs.addressed import addressed
from briefs.dissent import Objections
from briefs.marks import MarkKind
from briefs.reading import Reading
from domain.briefs import Brief, Hints
from domain.threads import Thread

_SUPPORT = 3
"""People for a message that a draft should not leave out."""


def hints(thread: Thread, brief: Brief) -> Hints:
    """What the brief does not cite, and which messages speak to a machine."""
    return replace(missed(thread, brief), addressed=addressed(thread))


def missed(thread: Thread, brief: Brief) -> Hints:
    """What stands in the thread and no statement of the brief cites."""
    reading, cited = Reading(thread), {ts for statement in brief.statements for ts in statement.sources}
    open_ = [each for each in reading.messages if each.ts not in cited]
    against = {each.ts for each in Objections(reading).standing}
    writers = dict.fromkeys(each.by for each in reading.messages)
    heard = {each.by for each in reading.messages if each.ts in cited}
    return Hints(
        objections=tuple(each.ts for each in open_ if each.ts in against),
        supported=tuple(each.ts for each in open_ if len(reading.votes[each.ts].agree) >= _SUPPORT),
        marked=tuple(each.ts for each in open_ if reading.marked(each.ts, MarkKind.DECISION)),
        people=tuple(who for who in writers if who not in heard),
    )


def vetoes(thread: Thread, ts: str) -> tuple[str, ...]:
    """The ids of messages that stand against this one: votes against it, and vetoes after it that were not taken
    back. The message itself stands for reactions to it."""
    reading = Reading(thread)
    return Objections(reading).against(ts) if ts in reading.places else ()
