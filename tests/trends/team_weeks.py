"""Eight weeks of the sandbox's team in #forecast, so that there is something to look at."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.muster import Running
from tests.trends.lived import DAY, WEEK, closed, decided, promised, ritual

SUNDAY = datetime(2026, 11, 15, 12, tzinfo=UTC)
"""The last whole week before the sandbox's Friday ends on that day."""
WEEKS = 8


def live(muster: Running, *, legal: bool = True, weeks: int = WEEKS) -> None:
    """A check-in on five days of each week, which more and more people answer; with `legal`, one of another function,
    who falls silent. A decision in some weeks only, and action items that are done in the end."""
    db, workspace = muster.process.db, muster.workspace_id
    ids = {name: muster.people.person(name).id for name in ("Ana", "Ben", "Chloe", "Dev", "Erin", "Farid", "Grace")}
    functions = dict.fromkeys(ids.values(), "research")
    functions |= {ids["Ben"]: "ml", ids["Dev"]: "ml", **({ids["Farid"]: "legal"} if legal else {})}
    grace = muster.people.person("Grace")
    daily = ritual(db, workspace=workspace, channel=grace.channel_id("forecast"), by=grace.id)
    for back in range(weeks):
        for weekday in range(5):
            at = SUNDAY - back * WEEK - 2 * DAY - weekday * DAY
            silent = {*list(ids.values())[: back // 2], *([ids["Farid"]] if legal and back < 2 else [])}
            closed(db, daily, at, {each: (function, each not in silent) for each, function in functions.items()})
    place: dict[str, Any] = {"workspace": workspace, "channel": grace.channel_id("forecast"), "by": grace.id}
    for back in range(0, weeks, 3):
        decided(db, **place, at=SUNDAY - back * WEEK, days=3 + back)
    for back in range(weeks, 0, -1):
        for number in range(3):
            ended = SUNDAY - (back - 2 - number) * WEEK if back - 2 - number >= 0 else None
            promised(db, **place, at=SUNDAY - back * WEEK + timedelta(hours=number), ended=ended)
