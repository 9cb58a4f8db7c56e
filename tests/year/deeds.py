"""What people do in the year: they answer, name what blocks them, measure, go away and come back, and decide."""

from datetime import date, datetime, timedelta
from functools import partial

from domain.runs import Prompt, Run
from services import absences, blockers, checkins, measures
from storage import blockers as raised
from storage import measures as stored_measures
from tests.year import diary
from tests.year.deciding import Deciding
from tests.year.life import WORKSPACE, Life
from tests.year.team import HUMANS, MEASURES

SCORED = (
    "clarity_who",
    "clarity_why",
    "trust_voice",
    "trust_word",
    "satisfied_influence",
    "satisfied_worth",
    "fairness",
)


class Deeds(Deciding):
    def __init__(self, life: Life) -> None:
        super().__init__(life)
        self.open_blockers: dict[str, str] = {}
        """What is not settled, with its channel."""
        self.levels = {name: 100.0 for _channel, name, _by in MEASURES}
        self.trends = dict.fromkeys(self.levels, 1.0)
        life.asked = self.is_asked

    # The week

    def week(self, monday: datetime) -> None:
        """What people will do in it."""
        chance = self.random
        for _ in range(chance.choice((0, 1, 1, 2))):
            self.plan(monday, self.propose)
        for _ in range(chance.choice((1, 2, 3))):
            self.plan(monday, self.agree)
        for channel_id, name, by in MEASURES:
            if chance.random() < 0.93:
                self.plan(monday, partial(self.measure, channel_id, name, by))
        for title in list(self.open_blockers):
            if chance.random() < 0.4:
                self.plan(monday, partial(self.settle_blocker, title))

    # Check-ins

    def is_asked(self, run: Run, prompt: Prompt) -> None:
        checkin = self.life.checkins[run.ritual_id]
        least = 0.8 if run.day.month % 4 else 0.45
        hours = max((prompt.deadline - self.life.now) / timedelta(hours=1), 1)
        if self.random.random() < least:
            soon = min(self.random.expovariate(1 / 2.0) + 0.02, hours * 0.98)
            self.life.at(self.life.now + timedelta(hours=soon), partial(self.answer, run, prompt))
        elif self.random.random() < 0.3 and not checkin.fewest:
            late = prompt.deadline + timedelta(hours=self.random.uniform(0.1, 40))
            self.life.at(late, partial(self.answer, run, prompt))

    def answer(self, run: Run, prompt: Prompt) -> None:
        checkin, who, now = self.life.checkins[run.ritual_id], HUMANS[prompt.person_id], self.life.now
        if who.id not in self.life.members[checkin.channel] or (checkin.fewest and now > prompt.deadline):
            return
        given, title, clearer = {"moved": "The backfill."}, "", ""
        scores: tuple[tuple[str, int], ...] = ()
        if checkin.fewest:
            mood = self.random.choice((2, 3, 4))
            scores = tuple((name, min(5, max(1, mood + self.random.choice((-1, 0, 0, 1, 1))))) for name in SCORED)
            given = {name: str(score) for name, score in scores}
        else:
            given |= {"confidence": "4"} | ({"infra": "Yes"} if who.function == "mlops" else {})
            if self.random.random() < 0.1:
                title, clearer = self.named(), self.random.choice(("", self.somebody(checkin.channel)))
                given |= {"blocked": title} | ({"unblocker": clearer} if clearer else {})
        checkins.submit(
            self.life.db, workspace_id=WORKSPACE, prompt_id=prompt.id, person_id=who.id,
            draft_id=f"prompt {prompt.id}", given=given, now=now,
        )  # fmt: skip
        self.life.write(diary.Answered(now, checkin.id, run.day, who.id, scores))
        if title:
            self.life.write(diary.Blocked(now, checkin.id, run.day, who.id, title, clearer))
            self.open_blockers[title] = checkin.channel

    # Blockers

    def settle_blocker(self, title: str) -> None:
        channel_id = self.open_blockers.get(title)
        if not channel_id or not self.life.members[channel_id]:
            return
        how = self.random.random()
        with self.life.db.read() as session:
            ids = raised.unsettled(session, workspace_id=WORKSPACE, channels=[channel_id])
            found = next(
                each for each in raised.by_id(session, workspace_id=WORKSPACE, ids=ids).values() if each.title == title
            )
        if how < 0.4:
            who = self.somebody(channel_id)
            blockers.take(self.life.db, blocker_id=found.id, person_id=who, **self.place)
            self.life.write(diary.Took(self.life.now, title, who))
        elif how < 0.8:
            who = found.raised_by
            if who in self.life.members[channel_id]:
                blockers.clear(self.life.db, blocker_id=found.id, person_id=who, **self.place)
                self.life.write(diary.Cleared(self.life.now, title, who))
                del self.open_blockers[title]
        else:
            del self.open_blockers[title]
            self.agree(channel_id=channel_id, blocker=(found.id, title))

    # Measures and absences

    def measure(self, channel_id: str, name: str, by: str) -> None:
        if by not in self.life.members[channel_id]:
            return
        if self.random.random() < 0.12:
            self.trends[name] = self.random.choice((1.07, 1.0, 0.93))
        self.levels[name] *= self.trends[name] * self.random.uniform(0.98, 1.02)
        value = round(min(max(self.levels[name], 20), 900), 1)
        with self.life.db.read() as session:
            found = stored_measures.of_channel(session, workspace_id=WORKSPACE, channel_id=channel_id)
            ids = {each.name: each.id for each in found}
        sent = self.sent(by, {"value": str(value), "day": self.life.now.strftime("%Y-%m-%dT%H:%M+00:00")})
        measures.add_value(self.life.db, sent=sent, measure_id=ids[name], now=self.life.now)
        self.life.write(diary.Measured(self.life.now, channel_id, name, value))

    def begin_measures(self) -> None:
        for channel_id, name, by in MEASURES:
            measures.add(self.life.db, sent=self.sent(by, {"name": name}), channel_id=channel_id, now=self.life.now)

    def away(self, person_id: str, first: date, last: date) -> None:
        absences.away(
            self.life.db, person_id=person_id, first=str(first), last=str(last), draft_id=f"{person_id} {first}",
            **self.place,
        )  # fmt: skip
        self.life.write(diary.Away(self.life.now, person_id, first, last))
