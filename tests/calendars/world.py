"""A team that may follow calendars of one server."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.calendars import REASON, CalendarSheet, Counts, Trouble
from domain.people import Absence
from sandbox.client import eventually
from schedules.calendars import Calendars
from schedules.feeds import Feeds
from services import calendars
from services.secrets import Secrets, new_key
from storage.engine import Database
from tests.calendars.ics import feed
from tests.calendars.server import CalendarServer
from tests.people.crew import person
from tests.team import BEN, NOW, WORKSPACE

OLD, NEW = new_key(), new_key()
SECRET = "/private-4f2a/basic.ics"
HOUR = timedelta(hours=1)
FEEDS = Feeds({"127.0.0.1"})
MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


@dataclass
class World:
    """A team that may follow calendars of one server, and what reads them."""

    db: Database
    server: CalendarServer
    secrets: Secrets = field(default_factory=lambda: Secrets([OLD]))

    def follow(self, *, who: str = BEN, counts: Counts = Counts.BUSY, now: datetime = NOW) -> None:
        calendars.follow(
            self.db,
            secrets=self.secrets,
            own_hosts={"127.0.0.1"},
            workspace_id=WORKSPACE,
            person_id=who,
            address=self.server.url(SECRET),
            counts=counts.value,
            now=now,
        )

    def says(self, *events: str) -> None:
        self.server.pages[SECRET] = feed(*events)

    def read(self, now: datetime = NOW) -> None:
        """All that is due, to its end."""
        reader = Calendars(self.db, lambda: now, self.secrets, FEEDS, wake=lambda: None)
        reader.read_due(now)
        assert eventually(lambda: not reader.in_flight)
        reader.close()

    def sheet(self, now: datetime = NOW, who: str = BEN) -> CalendarSheet:
        return calendars.open_sheet(self.db, secrets=self.secrets, workspace_id=WORKSPACE, person_id=who, now=now)

    def trouble(self, now: datetime = NOW) -> Trouble | None:
        calendar = self.sheet(now).calendar
        assert calendar
        return calendar.trouble


def away(world: World, who: str = BEN) -> list[Absence]:
    return sorted(person(world.db, who).absences, key=lambda each: each.first)


def on_calendar(first: date, last: date) -> Absence:
    return Absence(first, last, REASON)
