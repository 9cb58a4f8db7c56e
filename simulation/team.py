"""Function, role and manager of each person, and when they said that they are away."""

from datetime import date, datetime

from simulation.plan import Member, Plan
from simulation.trace import Line, Trace
from simulation.working import Absence
from simulation.world import World

Change = tuple[datetime, tuple[Absence, ...]]


class Team:
    def __init__(self, plan: Plan, world: World, trace: Trace) -> None:
        self._world = world
        self._members = {world.by_name[each.name]: each for each in plan.team if each.name in world.by_name}
        self._managers = {user: world.by_name.get(each.manager or "") for user, each in self._members.items()}
        self._absences: dict[str, list[Change]] = {}
        for line in trace.diary("commanded"):
            self._note(line)

    def function(self, user: str) -> str:
        return self._member(user).function

    def role(self, user: str) -> str:
        return self._member(user).role

    def reports(self, manager: str) -> list[str]:
        return [user for user, found in self._managers.items() if found == manager]

    @property
    def managers(self) -> list[str]:
        return sorted({manager for manager in self._managers.values() if manager})

    def absences_at(self, user: str, at: datetime) -> tuple[Absence, ...]:
        """As Muster knew them then."""
        known = [absences for changed, absences in self._absences.get(user, []) if changed <= at]
        return known[-1] if known else ()

    def _member(self, user: str) -> Member:
        return self._members.get(user, Member(name=user))

    def _note(self, line: Line) -> None:
        """`/muster away 2026-12-01 2026-12-04` and `/muster back`."""
        words = str(line.get("text") or "").split()
        if line["command"] != "/muster" or not line.get("ok") or not words:
            return
        before = self.absences_at(line["person"], line.at)
        changes = self._absences.setdefault(line["person"], [])
        if words[0] == "away" and (days := _days(words[1:])):
            changes.append((line.at, (*before, Absence(days[0], days[-1]))))
        elif words == ["back"]:
            today = line.at.astimezone(self._world.profile(line["person"], line.at).zone).date()
            changes.append((line.at, tuple(each for each in before if not each.covers(today))))


def _days(words: list[str]) -> list[date]:
    try:
        return [date.fromisoformat(word) for word in words]
    except ValueError:
        return []
