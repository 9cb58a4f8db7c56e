"""Who is to be asked what and when: worked out from the plan, the ritual files and the people alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from simulation.absences import Absences
from simulation.dues import Due, Run, closes
from simulation.rituals import ME
from simulation.switching import On
from simulation.team import Team
from simulation.turns import Turns
from simulation.working import Calendar, wall
from simulation.world import Channel, World

DAY = timedelta(days=1)
LAST = datetime.max.replace(tzinfo=UTC)
LEARNS = timedelta(minutes=20)
"""Within this time of a change Muster may not know of it yet: membership counts if confirmed within 15 minutes."""


def runs(world: World, team: Team, switched_on: Iterable[On], until: datetime) -> list[Run]:
    """Every occurrence that opens before `until`, the oldest first."""
    of_ritual: dict[tuple[str, str], list[Run]] = {}
    for on in switched_on:
        of_ritual.setdefault((on.template.id, on.channel), []).extend(_occurrences(world, team, on, until))
    found = [run for each in of_ritual.values() for run in _that_open(world, team, each, until)]
    return sorted(found, key=lambda run: (run.opens, run.on.template.id, run.on.channel))


def _that_open(world: World, team: Team, occurrences: list[Run], until: datetime) -> list[Run]:
    """Of one ritual, with those whose turn it is."""
    turns, found = Turns(world, team), list[Run]()
    for occurrence in sorted(occurrences, key=lambda run: run.on.started or min(due.at for due in run.dues)):
        everybody = _checked(world, occurrence, until)
        turned = turns.of(everybody) if everybody else None
        run = _checked(world, turned, until) if turned else None
        if run and not _was_asked_before_its_change(run, found):
            turns.note(run)
            found.append(run)
    return [_with_recalled(team, _without_met(run, found)) for run in found]


def _was_asked_before_its_change(run: Run, runs: list[Run]) -> bool:
    """Nobody is asked twice on a day because a ritual was moved to another hour of it."""
    return run.on.follows and any(
        each.on.goes_on
        and (each.on.template.id, each.on.channel, each.on.until) == (run.on.template.id, run.on.channel, run.on.since)
        and each.day >= run.day
        for each in runs
    )


def _without_met(run: Run, of_ritual: list[Run]) -> Run:
    """Whoever has not been asked when another run of the ritual begins may only be asked for the newer one."""
    newer = [other for other in of_ritual if run.opens < other.opens]
    if not any(other.on.started for other in (run, *newer)):
        return run  # Of planned ones `_without_older` has said so.
    first = {due.person: due.at - LEARNS for other in reversed(newer) for due in other.dues}
    return replace(
        run, dues=tuple(replace(due, certain=due.certain and due.at < first.get(due.person, LAST)) for due in run.dues)
    )


def _with_recalled(team: Team, run: Run) -> Run:
    """Whoever was away when it began, and is not when they are due, has been called back to it."""
    began, title = min(due.at for due in run.dues), run.on.template.title

    def was_away(due: Due) -> bool:
        known = () if due.away else team.absences_within(due.person, began, due.at, title)
        return any(replace(due.calendar, absences=absences).is_away(due.at) for absences in known)

    return replace(run, dues=tuple(replace(due, recalled=due.recalled or was_away(due)) for due in run.dues))


def _occurrences(world: World, team: Team, on: On, until: datetime) -> list[Run]:
    """With everybody it may ask, on whatever day that is theirs."""
    asked: dict[str, list[Due]] = {}
    for user in _ever_in(world, on):
        if _is_meant(team, on, user):
            asked[user] = _without_older(_dues(world, team, on, user, until))
    days = sorted({due.day for dues in asked.values() for due in dues})
    return [Run(on, day, tuple(due for dues in asked.values() for due in dues if due.day == day)) for day in days]


def _is_meant(team: Team, on: On, user: str) -> bool:
    words = [whom for _count, whom in on.template.selectors]
    is_meant = any(team.means(whom, user) for whom in words) or (ME in words and user == on.starter)
    return (is_meant or user in on.template.people) and user not in on.template.observers


def _ever_in(world: World, on: On) -> list[str]:
    members = world.channels[on.channel].members
    everyone = members.first.union(*(value for _, value in members.changes()))
    return sorted(user for user in everyone if user in world.people and not world.people[user].last.is_bot)


def _dues(world: World, team: Team, on: On, user: str, until: datetime) -> Iterator[Due]:
    if on.started:
        due = _due(world, team, on, user, on.counted_from)
        yield from [due] if due else []
        return
    first = on.since.date() - DAY
    for n in range((until.date() - first).days + 2):
        day = first + n * DAY
        if (
            on.template.when
            and on.template.when.falls_on(day, on.counted_from)
            and (due := _due(world, team, on, user, day))
        ):
            yield due


def _due(world: World, team: Team, on: On, user: str, day: date) -> Due | None:
    """For somebody in the channel when they are due; who else is left out is said by `_checked`."""
    calendar = team.calendar(user, on.since, with_absences=False)
    if on.started and ME in on.template.who and user == on.starter:  # They are there, whatever the hour.
        return Due(on, day, user, calendar, on.started, on.started, closes(calendar, on.started, on.template.closes))
    at = until = moment_of(on, calendar, day)
    for moved, changed in team.calendars(user):
        if moved <= on.since or changed == calendar or at < moved - LEARNS:
            continue
        calendar = changed
        elsewhere = max(moment_of(on, calendar, day), calendar.next_working(moved))
        at, until = (min(at, elsewhere), max(at, elsewhere)) if at <= moved + LEARNS else (elsewhere, elsewhere)
    title = on.template.title
    calendar = replace(calendar, absences=team.absences_at(user, at, title))
    if _is_skipped(on, calendar, day):
        return None
    due = Due(on, day, user, calendar, at, until, closes(calendar, at, on.template.closes))
    if not (world.is_here(user, at) or world.is_here(user, at - LEARNS)):
        return replace(due, certain=False, gone=True)
    found = _unless_doubted(_unless_taken_back(_unless_away(due), due, team.absences_changed(user, at, title)))
    return replace(found, would_be=due.at)


def moment_of(on: On, calendar: Calendar, day: date) -> datetime:
    return calendar.next_working(on.started or _nominal(on, calendar, day))


def _nominal(on: On, calendar: Calendar, day: date) -> datetime:
    """By the clock of each, or by that of the sentence."""
    when = on.template.when
    if when is None:
        raise ValueError(f"{on.template.id} has no date of its own.")
    return wall(day, when.at, ZoneInfo(when.zone) if when.zone else calendar.zone)


def _is_skipped(on: On, calendar: Calendar, day: date) -> bool:
    """What comes every day leaves out days off."""
    if on.started or on.template.when is None or not on.template.when.skips_days_off:
        return False
    return calendar.is_off(_nominal(on, calendar, day).astimezone(calendar.zone).date())


def _unless_away(due: Due) -> Due:
    """It waits for the return and is sent if at least half the window is left."""
    if not due.calendar.is_away(due.at):
        return due
    back = due.calendar.back_at_work(due.at)
    if back > due.at + (due.deadline - due.at) / 2:
        return replace(due, away=True)
    return replace(due, at=back, until=max(back, due.until))


def _unless_taken_back(found: Due, due: Due, changes: Iterable[tuple[datetime, Absences]]) -> Due:
    """As it waits, or does not, once somebody says after it has begun that they are away on other days. `due` is as it
    is of whoever is not away."""
    for changed, absences in changes:
        if found.recalled or changed >= (due.deadline if found.away else found.at):
            break
        now = replace(due, calendar=replace(due.calendar, absences=absences))
        found = _recalled(found, now, changed) if found.away else _moved(now, changed)
    return found


def _recalled(found: Due, due: Due, at: datetime) -> Due:
    """What has not waited is asked after all, until its old deadline."""
    current = _unless_away(due)
    asks = max(current.at, due.calendar.next_working(at))
    return found if current.away or asks > due.deadline else replace(current, at=asks, until=asks, recalled=True)


def _moved(due: Due, at: datetime) -> Due:
    """What has waited begins anew when its moment has passed."""
    current = _unless_away(due)
    if current.away or current.at >= at:
        return current
    asks = due.calendar.next_working(at)
    return _unless_away(replace(due, at=asks, until=asks, deadline=closes(due.calendar, asks, due.template.closes)))


def _unless_doubted(due: Due) -> Due:
    """Nothing is certain of somebody who may have taken back that they are away."""
    doubts = replace(due.calendar, absences=tuple(each for each in due.calendar.absences if not each.is_sure))
    return replace(due, certain=False) if doubts.is_away(due.at) or doubts.is_away(due.until) else due


def _without_older(dues: Iterable[Due]) -> list[Due]:
    """Two prompts of one ritual that would meet become the newer one, unless the older has been answered by then."""
    found = list(dues)
    older = pairwise(found)
    return [due if due.at < newer.at else replace(due, certain=False, gone=True) for due, newer in older] + found[-1:]


def _checked(world: World, run: Run, until: datetime) -> Run | None:
    """With those only who are in the channel when their turn comes; None if it opens for nobody in time."""
    channel = world.channels[run.on.channel]
    run, left = replace(run, dues=tuple(due for due in run.dues if not due.gone)), [due for due in run.dues if due.gone]
    there = [due for due in run.dues if due.person in channel.members.at(due.at) or _may_be_known(channel, due)]
    there += _joining(channel, run) if any(count for count, _whom in run.on.template.selectors) else []
    asked = [due for due in there if not due.away]
    if not asked:
        return None
    opens = run.on.started or min(due.at for due in asked)
    if opens >= until or not run.on.is_on(opens) or any(each.leaves_out(run.day, opens) for each in run.on.pauses):
        return None
    dues = (replace(due, certain=due.certain and _is_certain(world, run.on, due, opens)) for due in there)
    was_there = (due for due in left if world.is_here(due.person, opens) and due.person in channel.members.at(opens))
    return replace(run, dues=tuple(dues), gone=(*run.gone, *was_there))


def _joining(channel: Channel, run: Run) -> list[Due]:
    """Whoever comes before it is anybody's turn may be asked when the others are."""
    last = max(due.at for due in run.dues)
    late = (due for due in run.dues if due.person not in channel.members.at(due.at) and not _may_be_known(channel, due))
    come = (due for due in late if any(due.person in each for each in channel.members.within(due.at, last)))
    return [replace(due, until=max(due.until, due.calendar.next_working(last)), certain=False) for due in come]


def _may_be_known(channel: Channel, due: Due) -> bool:
    """They left so shortly before that Muster may have been on its way to ask."""
    return due.person in channel.members.at(due.at - LEARNS)


def _is_certain(world: World, on: On, due: Due, opens: datetime) -> bool:
    """Nothing changed, about them or the channel, from before the run opened until after they were due."""
    channel = world.channels[on.channel]
    since, until = opens - LEARNS, due.until + LEARNS
    is_steady = on.is_on(since) or on.started is not None
    is_steady = is_steady and on.is_on(opens + LEARNS if on.goes_on else until)
    moments = [moment for pause in on.pauses for moment in pause.moments]
    return (
        all(due.person in members and world.bot in members for members in channel.members.within(since, until))
        and not any(channel.archived.within(since, until))
        and not any(profile.deleted for profile in world.people[due.person].within(since, until))
        and on.is_sure
        and is_steady
        and not any(since <= moment <= opens + LEARNS for moment in moments)
    )
