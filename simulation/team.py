"""Function, role, manager and region of each person, how often they want to be reminded, and when they are away."""

import re
from datetime import date, datetime

from simulation.plan import Member, Plan
from simulation.trace import Line, Trace
from simulation.working import Absence, Calendar
from simulation.world import World

MENTION = re.compile(r"<?@([^|>]+?)(?:\|[^>]*)?>?\s+(?=\d)")
NUDGES = {"Standard": 3, "Light": 1, "None": 0}
"""Reminders a day, by how the choice begins."""
REMINDERS = "Reminders"
SETTINGS_FORM = "people.form"
Change = tuple[datetime, tuple[Absence, ...]]


class Team:
    def __init__(self, plan: Plan, world: World, trace: Trace) -> None:
        self._world = world
        self._members = {world.by_name[each.name]: each for each in plan.team if each.name in world.by_name}
        self._managers = {user: world.by_name.get(each.manager or "") for user, each in self._members.items()}
        self._absences: dict[str, list[Change]] = {}
        self._nudges: dict[str, list[tuple[datetime, int]]] = {}
        for line in trace.diary("commanded"):
            self._note(line)
        for line in trace.diary("submitted"):
            self._note_choice(line)

    def function(self, user: str) -> str:
        return self._member(user).function

    def role(self, user: str) -> str:
        return self._member(user).role

    def region(self, user: str) -> str:
        return self._member(user).region

    def calendar(self, user: str, at: datetime, *, with_absences: bool = True) -> Calendar:
        """As Muster knew it then."""
        absences = self.absences_at(user, at) if with_absences else ()
        return Calendar(self._world.profile(user, at).zone, absences, self.region(user))

    def nudges_at(self, user: str, at: datetime) -> int:
        """How many reminders a day they want at most."""
        return next((most for since, most in reversed(self._nudges.get(user, [])) if since <= at), NUDGES["Standard"])

    def chose_nudges(self, user: str, since: datetime, until: datetime) -> bool:
        return any(since <= at <= until for at, _ in self._nudges.get(user, []))

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
        """`/muster away 2026-12-01 2026-12-04 Training`, perhaps with somebody before it, and `/muster back`."""
        verb, _, rest = str(line.get("text") or "").strip().partition(" ")
        if line["command"] != "/muster" or not line.get("ok"):
            return
        whom = MENTION.match(rest)
        person = self._named(whom[1]) if whom else line["person"]
        before = self.absences_at(person, line.at)
        changes = self._absences.setdefault(person, [])
        if verb == "away" and (days := _days(rest[whom.end() :] if whom else rest)):
            changes.append((line.at, (*before, Absence(days[0], days[-1]))))
        elif (verb, rest) == ("back", ""):
            today = line.at.astimezone(self._world.profile(person, line.at).zone).date()
            changes.append((line.at, tuple(each for each in before if not each.covers(today))))

    def _named(self, said: str) -> str:
        return self._world.by_name.get(said.strip(), said)

    def _note_choice(self, line: Line) -> None:
        chosen = str((line.get("values") or {}).get(REMINDERS) or "")
        most = next((count for word, count in NUDGES.items() if chosen.startswith(word)), None)
        if line["callback_id"] == SETTINGS_FORM and line.get("ok") and most is not None:
            self._nudges.setdefault(line["person"], []).append((line.at, most))


def _days(text: str) -> list[date]:
    """At most two, before the reason."""
    found: list[date] = []
    for word in text.split()[:2]:
        try:
            found.append(date.fromisoformat(word))
        except ValueError:
            break
    return found
