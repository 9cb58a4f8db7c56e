"""What not every week has: how things are decided, whether people are heeded, what came of it, and the pulse."""

from datetime import date, datetime, timedelta

from tests.year.counting import Counting, by_function
from tests.year.diary import Answered
from tests.year.numbers import evenness, inequality, nearest_rank, percent
from tests.year.records import Decision
from tests.year.runs import GRACE, Run, workdays_later
from tests.year.team import CHANNELS, DAY, HUMANS, WEEK

MONTH = 4 * WEEK
CONSTRUCTS = {
    "clarity": ("clarity_who", "clarity_why"),
    "trust": ("trust_voice", "trust_word"),
    "satisfaction": ("satisfied_influence", "satisfied_worth"),
    "fairness": ("fairness",),
}


class Seldom(Counting):
    # Once a month

    def _month(self) -> None:
        after = self.told.last + DAY
        if after.month == (after - WEEK).month:
            return
        end = self.told.end
        start = self.reader.moment(after - MONTH, datetime.min.time())
        before = self.reader.moment(after - 2 * MONTH, datetime.min.time())
        self._deciding(before, start, end, after)
        closed = self.closed(start, end)
        if not closed:
            return
        self._keeping(closed)
        named = [run for run in closed if not run.checkin.fewest]
        functions = by_function(named)
        if even := evenness([a / n for a, n in functions.values()]):
            self.add("evenness", even)
        given: dict[str, int] = {}
        for run in named:
            for person in run.invited:
                given[person] = given.get(person, 0) + (person in run.answered)
        if unequal := inequality(list(given.values())):
            self.add("persons", unequal)

    def _deciding(self, before: datetime, start: datetime, end: datetime, after: date) -> None:
        made = self.with_verdict(start, end)
        agreed = [
            each for each in self.items.values()
            if each.first and after - MONTH <= each.first < after and each.channel in self.channels and self.shows(each)
        ]  # fmt: skip
        if not made and not agreed:
            return
        waiting = [
            each
            for each in self.decisions.values()
            if each.is_open and each.channel in self.channels and self.shows(each)
        ]
        earlier = nearest_rank(_days(self.with_verdict(before, start)), len(self.with_verdict(before, start)))
        half = nearest_rank(_days(made), len(made) + len(waiting))
        if made and half is None:
            self.add("time to decide", len(made))
        elif made and half is not None:
            took = "a day or less" if half <= 1 else f"up to {half:.0f} days"
            self.add("time to decide", len(made), took, None if earlier is None else f"{earlier:.0f}")
        if made:
            self._reasons(made)
        due = [each for each in agreed if each.dropped is None]
        in_time = sum(
            each.done is not None and each.first is not None and HUMANS[each.owner].today(each.done) <= each.first
            for each in due
        )
        if due:
            moved = sum(each.moved > 0 for each in due)
            self.add("actions", in_time, len(due), str(moved or ""))

    def _reasons(self, made: list[Decision]) -> None:
        lacks = []
        for each in made:
            full = [item for item in self.items.values() if item.decision == each.number and item.due]
            lacks.append(each.missing(has_action=bool([item for item in full if item.dropped is None])))
        scores = sorted(10 - len(each) for each in lacks)
        often: dict[str, int] = {}
        for lacked in lacks:
            for name in lacked:
                often[name] = often.get(name, 0) + 1
        most = max(often.values(), default=0)
        first = next((name for name, times in often.items() if times == most), "")
        self.add("reasons", scores[(len(scores) - 1) // 2], first)

    def _keeping(self, closed: list[Run]) -> None:
        raised = [each for each in self.blockers.values() if each.run in closed]
        clock, loop = [], []
        for each in raised:
            human = HUMANS[each.clearer or each.run.checkin.facilitator]
            opened = each.run.opened
            until = human.moment(workdays_later(human.today(opened), 3), opened.astimezone(human.zone).time())
            heeded = min((at for at in (each.taken, each.cleared, each.made) if at), default=None)
            if heeded or until < self.at:
                clock.append(heeded is not None and heeded <= until)
            ended = min((at for at in (each.cleared, each.made) if at), default=None)
            if self.at - opened >= timedelta(days=14):
                loop.append(ended is not None and ended - opened <= timedelta(days=14))
        as_planned = [
            run.count[0] > 0 and run.closed is not None and run.closed <= max(run.deadlines.values()) + GRACE
            for run in closed
        ]  # fmt: skip
        for kind, found in (("taken up", clock), ("loop", loop), ("rhythm", as_planned)):
            if found:
                self.add(kind, sum(found), len(found), percent(sum(found), len(found)))

    # What came of it

    def _came_of_it(self) -> None:
        start, end = self.told.start, self.told.end
        told = [
            (each.looked[-1].at, each) for each in self.decisions.values()
            if each.looked and start <= each.looked[-1].at < end and each.channel in self.channels and self.shows(each)
        ]  # fmt: skip
        for _, each in sorted(told, key=lambda one: (one[0], one[1].number)):
            self.add("learned", each.name, each.looked[-1].result, each.looked[-1].learned)
        done = [
            (each.done, each) for each in self.items.values()
            if each.blocker and each.done and start <= each.done < end
            and each.channel in self.channels and self.shows(each)
        ]  # fmt: skip
        for _, item in sorted(done, key=lambda one: one[0]):
            self.add("done", item.name, "")
        cleared = [
            (each.cleared, each) for each in self.blockers.values()
            if each.cleared and start <= each.cleared < end and each.run.checkin.channel in self.seen
        ]  # fmt: skip
        for _, blocker in sorted(cleared, key=lambda one: one[0]):
            self.add("done", "", blocker.title)

    def _pulse(self) -> None:
        closed = [run for run in self.closed(self.told.start, self.told.end) if run.checkin.fewest]
        if not closed or not closed[-1].is_told:
            return
        run = closed[-1]
        earlier = [each for each in self.all_runs if each.checkin is run.checkin and each.day < run.day]
        now, then = self._scores(run), self._scores(earlier[-1]) if earlier else {}
        for construct, questions in CONSTRUCTS.items():
            given, before = _given(now, questions), _given(then, questions)
            mean, was = (
                sum(given) / len(given),
                sum(before) / len(before) if len(before) >= 5 * len(questions) else None,
            )
            has_changed = was is not None and abs(mean - was) >= 0.5 - 1e-9
            self.add("pulse", construct, f"{mean:.1f}", f"{was:.1f}" if has_changed else "")
            self.add("favourable", construct, percent(sum(each >= 4 for each in given), len(given)))
        self.add("pulse heard", *run.count, run.checkin.title, CHANNELS[run.checkin.channel])

    def _scores(self, run: Run) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for event in self.log.of(Answered, self.at):
            for name, score in event.scores if (event.checkin, event.day) == (run.checkin.id, run.day) else ():
                found.setdefault(name, []).append(score)
        return found


def _days(found: list[Decision]) -> list[float]:
    return [(each.over - each.at) / DAY for each in found if each.over]


def _given(scores: dict[str, list[int]], questions: tuple[str, ...]) -> list[int]:
    return [score for question in questions for score in scores.get(question, [])]
