"""Who lives the year, where, and what they are asked."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEGIN = datetime(2026, 1, 3, 12, tzinfo=UTC)
"""A Saturday."""
BERLIN, YORK = "Europe/Berlin", "America/New_York"
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True)
class Human:
    id: str
    name: str
    zone_name: str
    function: str
    manager: str = ""
    role: str = "contributor"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)

    def today(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def moment(self, day: date, at: time) -> datetime:
        """On their own clock."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)


HUMANS = {
    each.id: each
    for each in (
        Human("UADA", "Ada", BERLIN, "research", "UMIRA"),
        Human("UBO", "Bo", BERLIN, "mlops", "UMIRA"),
        Human("UCLEO", "Cleo", YORK, "legal", "UMIRA"),
        Human("UDINA", "Dina", BERLIN, "support", "UMIRA"),
        Human("UEMIL", "Emil", YORK, "mlops", "UTESS"),
        Human("UFAY", "Fay", YORK, "research", "UTESS"),
        Human("UGUS", "Gus", BERLIN, "support", "UTESS"),
        Human("UHANA", "Hana", BERLIN, "research", "", "lead"),
        Human("UMIRA", "Mira", BERLIN, "research", "UXENIA", "manager"),
        Human("UTESS", "Tess", YORK, "mlops", "UXENIA", "manager"),
        Human("UXENIA", "Xenia", YORK, "", "", "exec"),
        Human("UZOE", "Zoe", BERLIN, "legal", "", "lead"),
    )
}
"""Mira reads about her people, Hana about her channels, Xenia five lines, Tess of two weeks; Zoe stands in for Mira."""
FORECAST, PRICING, RETURNS = "C1", "C2", "C3"
CHANNELS = {FORECAST: "forecast", PRICING: "pricing", RETURNS: "returns"}
PRIVATE = RETURNS
MEMBERS = {
    FORECAST: ("UADA", "UBO", "UCLEO", "UDINA", "UEMIL", "UFAY", "UHANA", "UMIRA", "UTESS"),
    PRICING: ("UBO", "UDINA", "UFAY", "UGUS", "UHANA", "UZOE"),
    RETURNS: ("UADA", "UCLEO", "UEMIL", "UHANA", "UTESS"),
}


@dataclass(frozen=True)
class Checkin:
    id: str
    title: str
    channel: str
    facilitator: str
    weekday: int
    at: time
    hours: int = 0
    days: int = 0
    """Working days, where it is not hours."""
    monthly: bool = False
    fewest: int = 0
    """Of an anonymous one."""

    @property
    def when(self) -> str:
        day = ("mon", "tue", "wed", "thu", "fri")[self.weekday]
        return f"every {'month on last ' if self.monthly else ''}{day} at {self.at:%H:%M}"


CHECKINS = {
    each.id: each
    for each in (
        Checkin("sync", "Weekly sync", FORECAST, "UMIRA", 0, time(9, 30), hours=8),
        Checkin("retro", "Look back", PRICING, "UHANA", 4, time(15), days=1),
        Checkin("close", "Inner circle", RETURNS, "UTESS", 2, time(10), hours=4),
        Checkin("governance-pulse", "Governance pulse", FORECAST, "UMIRA", 2, time(11), days=3, monthly=True, fewest=5),
    )
}
MEASURES = (
    (FORECAST, "Quality", "UADA"),
    (FORECAST, "Tickets", "UADA"),
    (PRICING, "Usage", "UBO"),
    (RETURNS, "Drift", "UHANA"),
)
"""(channel, name, who brings its values)."""
STOPS = (
    (datetime(2026, 2, 14, 12, tzinfo=UTC), datetime(2026, 2, 18, 3, tzinfo=UTC)),
    (datetime(2026, 6, 9, 20, tzinfo=UTC), datetime(2026, 6, 11, 3, tzinfo=UTC)),
    (datetime(2026, 9, 20, 12, tzinfo=UTC), datetime(2026, 9, 21, 12, tzinfo=UTC)),
)
"""When Muster is not running."""
ADJECTIVES = (
    "amber brisk coral dusty early faint green hasty inner jaded keen lunar mossy noble olive plain quiet rapid"
)
NOUNS = "anchor bridge canvas dynamo engine filter garden harbor index jacket kernel ladder mirror needle outlet pocket"


def words(number: int) -> str:
    """Something without a digit that is said once."""
    adjectives, nouns = ADJECTIVES.split(), NOUNS.split()
    first, rest = number % len(adjectives), number // len(adjectives)
    more = f" of the {adjectives[rest // len(nouns)]} {nouns[first % len(nouns)]}" if rest >= len(nouns) else ""
    return f"{adjectives[first].title()} {nouns[rest % len(nouns)]}{more}"
