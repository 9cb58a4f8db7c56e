"""Whether those concerned heard in time of what somebody did with a decision or an action item."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from simulation.allowances import EFFECT, PUNCTUAL, SETTLES
from simulation.case import Case, Owed
from simulation.messages import squeezed
from simulation.recognition import Kind
from simulation.trace import Line


@dataclass(frozen=True)
class Told:
    """A message that somebody is to get."""

    kind: Kind
    record: str
    says: str = ""
    """A pattern of what stands in it, in one of its versions."""


def unheard(case: Case, deed: Line, person: str, wanted: Told) -> str:
    """Who was not told of what; empty if they were, or need not be: whoever leaves meanwhile, or whom Slack refused."""
    gone = any(profile.deleted for profile in case.world.people[person].within(deed.at, deed.at + SETTLES))
    if gone or not case.excuses.is_settled(deed.at, person):
        return ""
    told = [owed for owed in _to(case, person, wanted) if owed.at >= deed.at - EFFECT]
    on_time = told and (told[0].at <= deed.at + PUNCTUAL or case.excuses.delay(deed.at, told[0].at, person))
    if on_time or case.excuses.refused(person, deed.at, case.trace.end):
        return ""
    who, did = case.world.name_of(person), case.world.name_of(deed["person"])
    return f"{who} was not told in time what {did} did with {wanted.record}."


def _to(case: Case, person: str, wanted: Told) -> Iterable[Owed]:
    found = (owed for owed in case.of(wanted.kind) if owed.what.record == wanted.record and owed.reader == person)
    return (
        owed
        for owed in found
        if any(re.search(wanted.says, squeezed(version.words)) for version in owed.message.versions)
    )
