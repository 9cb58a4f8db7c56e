"""What a digest lists of what needs its reader and of what slips, at a moment; and the digests that came before it."""

from dataclasses import dataclass
from datetime import datetime

from tests.year.diary import Diary
from tests.year.records import Blocker, Decision, Item, blockers, decisions, items
from tests.year.runs import members, runs
from tests.year.team import CHANNELS, HUMANS, Human


@dataclass(frozen=True)
class Listed:
    channels: set[str]
    """Of those it is about."""
    waiting: list[Decision]
    late: list[Item]
    blockers: list[Blocker]


def listed(log: Diary, about: Human, at: datetime) -> Listed:
    """Whoever reads it; what of it they may see is another question."""
    around = {about.id, *(each.id for each in HUMANS.values() if each.manager == about.id)}
    channels = {each for each in CHANNELS if members(log, each, at) & around}
    waiting = [each for each in decisions(log, at).values() if each.is_open and _waits(each, about)]
    late = [
        each for each in items(log, at).values()
        if each.is_overdue(at) and (each.channel in channels or about.id in each.named)
    ]  # fmt: skip
    stuck = [
        each for each in blockers(log, runs(log, at), at).values()
        if not each.is_settled and each.run.checkin.channel in channels
    ]  # fmt: skip
    in_order = sorted(late, key=lambda each: (each.due, each.number))
    return Listed(channels, sorted(waiting, key=lambda each: each.at), in_order, stuck)


def _waits(decision: Decision, about: Human) -> bool:
    is_theirs = decision.given["approver"] == about.id
    return is_theirs or (decision.state == "contested" and decision.by == about.id)
