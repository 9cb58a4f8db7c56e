"""Function, role and manager of each person, when they work, how often they want to be reminded, when they are away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from simulation.absences import Absences, Away, meant_for
from simulation.plan import Member, Plan
from simulation.rituals import means
from simulation.settings import days_off, settings_of, workspace_region
from simulation.trace import Trace
from simulation.working import Calendar
from simulation.world import World


class Team:
    def __init__(self, plan: Plan, world: World, trace: Trace) -> None:
        self._world = world
        self._members = {world.by_name[each.name]: each for each in plan.team if each.name in world.by_name}
        self._managers = {user: world.by_name.get(each.manager or "") for user, each in self._members.items()}
        self._settings = settings_of(plan, world, trace)
        self._days_off = days_off(trace)
        self._region = workspace_region(trace)
        self._away = Away(world, trace, self._plain)

    def function(self, user: str) -> str:
        return self._member(user).function

    def role(self, user: str) -> str:
        return self._member(user).role

    def means(self, whom: str, user: str) -> bool:
        return means(whom, self.function(user), self.role(user))

    def zone(self, user: str, at: datetime) -> ZoneInfo:
        return self._plain(user, at).zone

    def calendar(self, user: str, at: datetime, *, with_absences: bool = True) -> Calendar:
        """As Muster knew it then; with the absences that are for everything."""
        return replace(self._plain(user, at), absences=self.absences_at(user, at) if with_absences else ())

    def calendars(self, user: str) -> Iterator[tuple[datetime, Calendar]]:
        """When it may have changed, and what it was then; absences left out."""
        profile, settings = self._world.people[user], self._settings[user]
        moments = sorted(
            {at for found in (profile, settings, self._days_off, self._region) for at, _ in found.changes()}
        )
        return ((at, self._plain(user, at)) for at in moments)

    def calendars_within(self, user: str, since: datetime, until: datetime) -> list[Calendar]:
        """Every one they had in between, both moments included, absences left out."""
        moments = [since, *(at for at, _ in self.calendars(user) if since < at <= until)]
        return [self._plain(user, at) for at in moments]

    def nudges_at(self, user: str, at: datetime) -> int:
        """How many reminders a day they want at most."""
        return self._settings[user].at(at).nudges

    def changed_settings(self, user: str, since: datetime, until: datetime) -> bool:
        return any(since <= at <= until for at, _ in self._settings[user].changes())

    def reports(self, manager: str) -> list[str]:
        return [user for user, found in self._managers.items() if found == manager]

    @property
    def managers(self) -> list[str]:
        return sorted({manager for manager in self._managers.values() if manager})

    def absences_at(self, user: str, at: datetime, title: str = "") -> Absences:
        """As Muster knew them then: those that count for a ritual, or without one those that are for everything."""
        return meant_for(self._away.at(user, at), title)

    def absences_changed(self, user: str, since: datetime, title: str) -> Iterator[tuple[datetime, Absences]]:
        """Those that count for a ritual, each time they may have become others after a moment."""
        return ((at, meant_for(found, title)) for at, found in self._away.of(user).changes() if at > since)

    def absences_within(self, user: str, since: datetime, until: datetime, title: str) -> list[Absences]:
        """All that they were in between, both moments included; without what may have been taken back by then."""
        known = (meant_for(found, title) for found in self._away.of(user).within(since, until))
        return [tuple(each for each in found if each.is_sure) for found in known]

    def _plain(self, user: str, at: datetime) -> Calendar:
        settings = self._settings[user].at(at)
        zone = ZoneInfo(settings.zone) if settings.zone else self._world.profile(user, at).zone
        return Calendar(zone, (), settings.region or self._region.at(at), settings.hours, self._days_off.at(at))

    def _member(self, user: str) -> Member:
        return self._members.get(user, Member(name=user))
