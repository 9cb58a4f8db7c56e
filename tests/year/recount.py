"""Every number of a digest, counted again: slowly, plainly, and by the definitions of docs/numbers.md.

Nothing that counts here imports Muster.
"""

from datetime import date, datetime

from tests.year import measured
from tests.year.counting import Facts, by_function, day_text
from tests.year.listed import Listed, listed
from tests.year.numbers import against, middle, nearest_rank, percent, usual
from tests.year.records import Item, weekdays_between
from tests.year.runs import Run, next_opening
from tests.year.seldom import Seldom
from tests.year.team import BEGIN, CHANNELS, CHECKINS, DAY, HUMANS, MEASURES, WEEK

NAMES = {"mlops": "MLOps"}


class Recount(Seldom):
    def count(self) -> Facts:
        self._needs()
        self._decided()
        self._signals()
        self._next()
        self._voices()
        self._month()
        self._came_of_it()
        self._pulse()
        self._frame()
        return self.facts

    # What needs the reader, what slips, what was decided

    def _needs(self) -> None:
        own = [each for each in self.listed.late if each.owner == self.about.id and self.shows(each)]
        for each in self.listed.waiting:
            if self.shows(each):
                days = (self.at - each.at) // DAY if each.state == "proposed" and self.about is self.reader else 0
                self.add("needs", each.name, days)
        for item in own:
            over = self._over(item) if self.about is self.reader else None
            self.add("needs", item.name, day_text(item.due or date.max), over)
        for blocker in self.listed.blockers:
            if self.reads(blocker.run.checkin.channel):
                opened = self.reader.today(blocker.run.opened)
                self.add("needs", blocker.title, weekdays_between(opened, self.today))
        slipped = self._slipped(self.listed)
        for item in slipped:
            self.add("slipped", item.name, day_text(item.due or date.max), self._over(item))
        if slipped:
            self._slipping(slipped)
        self._led_to()

    def _over(self, item: Item) -> int:
        return weekdays_between(item.due or date.max, self.today)

    def _slipped(self, then: Listed) -> list[Item]:
        """Of others."""
        return [each for each in then.late if each.owner != self.about.id and self.shows(each)]

    def _slipping(self, slipped: list[Item]) -> None:
        among = [
            each for each in self.items.values()
            if each.is_open and each.owner != self.about.id and self.shows(each)
            and (each.channel in self.channels or self.about.id in each.named)
        ]  # fmt: skip
        before = [float(len(self._slipped(listed(self.log, self.about, each.at)))) for each in self.earlier[-4:]]
        known = usual(list(before))
        over = [weekdays_between(each.due or date.max, HUMANS[each.owner].today(self.at)) for each in slipped]
        half = int(middle([float(each) for each in over])) if len(slipped) > 3 else ""
        self.add("overdue", len(slipped), len(among), f"{known[0]:.12g}" if known else "", half)

    def _led_to(self) -> None:
        """What came of what needed the reader in the digest before."""
        if not self.earlier or self.about is not self.reader:
            return
        before, now = (self._needed(each) for each in (listed(self.log, self.about, self.earlier[-1].at), self.listed))
        settled = before - now
        if settled and settled == before:
            self.add("settled", "digest")
        elif settled:
            self.add("settled", len(before), len(settled))

    def _needed(self, then: Listed) -> set[str]:
        own = {each.name for each in then.late if each.owner == self.about.id}
        stuck = {each.title for each in then.blockers if self.reads(each.run.checkin.channel)}
        return {each.name for each in then.waiting} | own | stuck

    def _decided(self) -> None:
        for each in self.with_verdict(self.told.start, self.told.end):
            if each.state == "rejected":
                self.add("decided", each.name, "rejected")
                self.add("titles", each.name, "(rejected)")
                continue
            look, objections = "", {0: "", 1: "One"}.get(each.objections, str(each.objections))
            if each.look and each.state == "accepted":
                look = "It was to be looked at again" if each.look <= self.today else "Look again"
            self.add("decided", each.name, "", look, day_text(each.look) if look and each.look else "", objections)
            self.add("titles", each.name)

    # Signals and what is to come

    def _signals(self) -> None:
        titles = [each.what for each in self.items.values() if each.is_open]
        titles += [each.title for each in self.blockers.values() if each.cleared is None]
        found = measured.signals(self.log, self.reader, self.channels, end=self.told.end, at=self.at, titles=titles)
        found += measured.fewer(self.log, self.reader, self.all_runs, self.channels, end=self.told.end, at=self.at)
        if found:
            self.facts["signals"] = found

    def _next(self) -> None:
        last = self.today + 6 * DAY
        found: list[tuple[date, tuple[str, ...]]] = []
        for each in self.decisions.values():
            is_coming = each.state == "accepted" and each.channel in self.channels and self.shows(each)
            if is_coming and each.look and self.today <= each.look <= last:
                found.append((each.look, (f"look again at {each.name}", "", "")))
        pulse = CHECKINS["governance-pulse"]
        day, opens = next_opening(self.log, pulse, self.at)
        if pulse.channel in self.seen and opens < self.reader.moment(last + DAY, datetime.min.time()):
            found.append((day, (f"{pulse.title} in #{CHANNELS[pulse.channel]} asks", "", "")))
        for run in self.still_open():
            if run.closed is None and (ends := self.reader.today(max(run.deadlines.values()))) <= last:
                count = ("", "") if run.checkin.fewest else tuple(map(str, run.count))
                what = f"{run.checkin.title} in #{CHANNELS[run.checkin.channel]} closes"
                found.append((max(ends, self.today), (what, *count)))
        for day, said in sorted(found, key=lambda each: each[0]):
            self.add("next", f"{day:%a}", *said)

    # Who was heard from

    def _voices(self) -> None:
        closed = self.closed(self.told.start, self.told.end)
        weeks = [self.closed(*self._week(n)) for n in range(-4, 0)] + [closed]
        counts = [_pooled(week) for week in weeks]
        if closed:
            self._heard(closed, counts, weeks)
        self._each(closed)
        since = [run for run in self.still_open() if run.closed]
        for run in since:
            count = run.count if run.is_told else ("", "", run.checkin.fewest)
            self.add("closed since", run.checkin.title, CHANNELS[run.checkin.channel], *count)

    def _week(self, ago: int) -> tuple[datetime, datetime]:
        first = self.told.first + ago * WEEK
        return self.reader.moment(first, datetime.min.time()), self.reader.moment(first + WEEK, datetime.min.time())

    def _heard(self, closed: list[Run], counts: list[tuple[int, int]], weeks: list[list[Run]]) -> None:
        answered, asked = counts[-1]
        shares = [a / n if n >= 5 else None for a, n in counts]
        before, points = usual(shares[:-1]), percent(answered, asked)
        how = ("usual", "above the usual", "below the usual")[against(shares[-1], before, 0.1)]
        if asked:
            compared = (how, str(_points(before[0]))) if before and points else ("", "")
            self.add("heard", answered, asked, points, *compared)
        named = [run for run in closed if not run.checkin.fewest]
        invited = sum(run.count[1] for run in named)
        if not invited:
            return
        half = nearest_rank([wait for run in named for wait in run.waits()], invited)
        if half is not None:
            self.add("half", _took(half))
        late = sum(run.after_deadline for run in named)
        self.add("in time", answered - late, asked, str(late) if late else "")
        self._functions(weeks)

    def _functions(self, weeks: list[list[Run]]) -> None:
        found = [by_function([run for run in week if not run.checkin.fewest]) for week in weeks]
        silent = []
        for function, (answered, _asked) in found[-1].items():
            if not answered:
                lasts = 0
                for week in reversed(found):
                    if week.get(function, (0, 0))[0]:
                        break
                    lasts += function in week
                silent.append(f"{NAMES.get(function, function)} silent" + (f" for {lasts} weeks" if lasts > 1 else ""))
        told = " and ".join([", ".join(silent[:-1]), silent[-1]] if len(silent) > 1 else silent)
        if len(found[-1]) > 1:
            self.add("functions", len(found[-1]) - len(silent), len(found[-1]), told)
        elif told:
            self.add("functions", "", "", told)

    def _each(self, closed: list[Run]) -> None:
        """A line for each check-in."""
        for checkin in dict.fromkeys(run.checkin for run in closed):
            of = [run for run in closed if run.checkin is checkin]
            told = [run for run in of if run.is_told]
            place = (checkin.title, CHANNELS[checkin.channel])
            answered, asked = _pooled(told)
            if not told:
                self.add("each", "few", *place, checkin.fewest)
                self.add("few", checkin.fewest)
            elif not asked:
                self.add("each", "away", *place)
            else:
                unreached = sum(len(run.unreached - run.answered.keys()) for run in told)
                stopped = sum(len(run.stopped) for run in told)
                lost = (str(unreached or ""), str(stopped or "")) if not checkin.fewest else ("", "")
                self.add(
                    "each",
                    *place,
                    str(len(told)) if len(told) > 1 else "",
                    answered,
                    asked,
                    percent(answered, asked),
                    *lost,
                )

    # Its frame

    def _frame(self) -> None:
        kind = "Weekly digest" if self.told.weeks == 1 else "Digest of two weeks"
        days = _days_text(self.told.first, self.told.last)
        self.add("days", kind, days)
        if self.about is not self.reader:
            self.add("stands in", self.about.name)
        if self.told.is_late:
            self.add("late", days, "")
        for run in self.all_runs:
            is_lost = run.late and run.invited and run.unreached == run.invited
            if is_lost and run.checkin.channel in self.seen and self.told.first <= run.day <= self.told.last:
                back = self.reader.today(run.opened)
                self.add("not asked", day_text(run.day), day_text(back) if back != run.day else "", "", "", "")
                self.add("not asked", "", "", run.checkin.title, CHANNELS[run.checkin.channel], "once")
        if not self.still_open() and not self.closed(self.told.start, self.told.end):
            self.add("started", day_text(self.reader.today(BEGIN)))
        for run in self.still_open():
            if run.closed is None:
                self.add("left out", run.checkin.title, "")
        for channel, name, _by in sorted(MEASURES, key=lambda each: each[:2]):
            weeks = measured.weeks_of(self.log, self.reader, name, self.told.end, self.at)
            if channel in self.seen and weeks[-3] is not None and weeks[-2] is not None and weeks[-1] is None:
                self.add("left out", "", name)


BLANK = frozenset({"needs", "slipped"})


def _pooled(found: list[Run]) -> tuple[int, int]:
    counts = [run.count for run in found if run.is_told]
    return sum(each[0] for each in counts), sum(each[1] for each in counts)


def _points(share: float) -> int:
    points = int(100 * share + 0.5)
    return min(max(points, 1), 99) if 0 < share < 1 else points


def _took(seconds: float) -> str:
    for unit, name in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * unit:
            return f"{round(seconds / unit)} {name}"
    return "a minute"


def _days_text(first: date, last: date) -> str:
    month = "" if first.month == last.month else f" {first:%b}"
    return f"{first:%a} {first.day}{month} to {day_text(last)}"
