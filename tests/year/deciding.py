"""What people decide and agree in the year."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from domain.submissions import Submission
from services import action_changes, actions, decision_endings, decisions, objections, verdicts
from storage import decisions as stored_decisions
from tests.year import diary
from tests.year.life import WORKSPACE, Life
from tests.year.team import words

NOON = time(12, 7)
"""Not on the hour, when digests come."""
LONG = "so that whoever reads this a year later knows what we knew"
"""More than forty characters."""


class Deciding:
    def __init__(self, life: Life) -> None:
        self.life, self.random = life, life.random
        self._number = self._decision = self._item = 0

    def plan(self, monday: datetime, act: Callable[[], None]) -> None:
        moment = monday + timedelta(days=self.random.randrange(7), minutes=self.random.randrange(24 * 60))
        self.life.at(moment, act)

    def later(self, least: float, most: float, act: Callable[[], None]) -> None:
        self.life.at(self.life.now + timedelta(days=self.random.uniform(least, most)), act)

    def somebody(self, channel_id: str, *, but: tuple[str, ...] = ()) -> str:
        return self.random.choice(sorted(self.life.members[channel_id] - {*but}))

    def somewhere(self) -> str:
        return self.random.choice(sorted(self.life.members))

    def sent(self, person_id: str, given: dict[str, str], *, confirmed: tuple[str, ...] = ()) -> Submission:
        self._number += 1
        return Submission(WORKSPACE, person_id, f"form {self._number}", given, confirmed)

    def named(self) -> str:
        self._number += 1
        return words(self._number)

    @property
    def place(self) -> dict[str, Any]:
        return {"workspace_id": WORKSPACE, "now": self.life.now}

    # Decisions

    def propose(self) -> None:
        channel_id = self.somewhere()
        by = self.somebody(channel_id)
        approver = self.random.choice((by, self.somebody(channel_id), self.somebody(channel_id, but=("UGUS",))))
        approver = by if approver == "UGUS" else approver
        outside = self.random.choice(("", "", "", "UXENIA"))
        look = self.life.now.date() + timedelta(days=self.random.randrange(10, 60))
        parts = {
            "context": LONG, "constraints": "None", "links": "https://example.com/data", "outcome": "Fewer of them",
            "metric": "misroutes", "target": "a third less", "bad": "It takes longer", "look_again_on": str(look),
            "contributors": self.somebody(channel_id, but=(by,)),
            "options": json.dumps([{"title": "Wait", "cons": "Too slow"}, {"title": "Ship it", "pros": "Soon"}]),
        }  # fmt: skip
        given = {name: text for name, text in parts.items() if self.random.random() < 0.6}
        given |= {"title": self.named(), "choice": "Ship it", "approver": approver}
        given |= {"because": self.random.choice(("it is cheap", LONG))} | ({"informed": outside} if outside else {})
        decisions.submit(
            self.life.db, sent=self.sent(by, given, confirmed=(outside,)), channel_id=channel_id, now=self.life.now
        )
        self._decision += 1
        number = self._decision
        self.life.write(diary.Proposed(self.life.now, number, channel_id, by, tuple(sorted(given.items()))))
        if self.random.random() < 0.3:
            self.later(0.1, 3, partial(self.agree, channel_id=channel_id, decision=number))
        if approver != by:
            self._await(number, by, approver, given)
        elif "look_again_on" in given:
            self._look(number, by, date.fromisoformat(given["look_again_on"]))

    def _await(self, number: int, by: str, approver: str, given: dict[str, str]) -> None:
        fate = self.random.random()
        if fate < 0.2:
            objector = given.get("contributors") or approver
            self.later(0.2, 3, partial(self.object_to, number, objector))
            self.later(4, 9, partial(self.drop_objection, number, objector))
        if fate < 0.65:
            self.later(
                9 if fate < 0.2 else 0.2, 20, partial(self.approve, number, approver, given.get("look_again_on", ""))
            )
        elif fate < 0.8:
            self.later(0.2, 15, partial(self.reject, number, approver))
        elif fate < 0.92:
            self.later(0.2, 25, partial(self.withdraw, number, by))

    def version(self, number: int) -> str:
        with self.life.db.read() as session:
            found = stored_decisions.decision(session, workspace_id=WORKSPACE, decision_id=number)
            assert found
            assert found.number == number
            return found.version

    def approve(self, number: int, approver: str, look: str) -> None:
        verdicts.approve(
            self.life.db, decision_id=number, version=self.version(number), person_id=approver, **self.place
        )
        self.life.write(diary.Approved(self.life.now, number))
        if look:
            self._look(number, approver, date.fromisoformat(look))

    def reject(self, number: int, approver: str) -> None:
        sent = self.sent(approver, {"reason": "Too dear"})
        verdicts.reject(self.life.db, sent=sent, decision_id=number, version=self.version(number), now=self.life.now)
        self.life.write(diary.Rejected(self.life.now, number))

    def withdraw(self, number: int, by: str) -> None:
        sent = self.sent(by, {"reason": "Not now"})
        decision_endings.withdraw(self.life.db, sent=sent, decision_id=number, now=self.life.now)
        self.life.write(diary.Withdrawn(self.life.now, number))

    def object_to(self, number: int, objector: str) -> None:
        sent = self.sent(objector, {"reason": "Nobody has asked legal", "change": "Ask them"})
        version = self.version(number)
        objections.object_to(self.life.db, sent=sent, decision_id=number, version=version, now=self.life.now)
        self.life.write(diary.Objected(self.life.now, number, objector))

    def drop_objection(self, number: int, objector: str) -> None:
        version = self.version(number)
        objections.withdraw(self.life.db, decision_id=number, version=version, person_id=objector, **self.place)
        self.life.write(diary.Settled(self.life.now, number, objector))

    def _look(self, number: int, driver: str, day: date) -> None:
        if self.random.random() < 0.8:
            moment = datetime.combine(day, NOON, self.life.now.tzinfo)
            self.life.at(max(moment, self.life.now + timedelta(hours=1)), partial(self.look_again, number, driver))

    def look_again(self, number: int, driver: str) -> None:
        again = self.life.now.date() + timedelta(days=30) if self.random.random() < 0.5 else None
        given = {"result": "fewer misroutes", "learned": "Ask sooner", "look_again_on": str(again or "")}
        decision_endings.keep(self.life.db, sent=self.sent(driver, given), decision_id=number, now=self.life.now)
        self.life.write(diary.Looked(self.life.now, number, given["result"], given["learned"], again))

    # Action items

    def agree(self, channel_id: str = "", *, decision: int = 0, blocker: tuple[int, str] = (0, "")) -> None:
        channel_id = channel_id or self.somewhere()
        by, owner = self.somebody(channel_id), self.somebody(channel_id)
        if self.random.random() < 0.1:
            owner = "UZOE"
        due = self.life.now.date() + timedelta(days=self.random.randrange(3, 21))
        due = None if self.random.random() < 0.1 else due  # type: ignore[assignment] # some have no day
        what = self.named()
        given = {"what": what, "owner": owner, "due": str(due or "")}
        actions.submit(
            self.life.db, sent=self.sent(by, given, confirmed=(owner,)), channel_id=channel_id,
            blocker_id=blocker[0] or None, decision_id=decision or None, now=self.life.now,
        )  # fmt: skip
        self._item += 1
        number = self._item
        self.life.write(diary.Agreed(self.life.now, number, channel_id, what, owner, due, by, decision, blocker[1]))
        self._work(number, owner, due)

    def _work(self, number: int, owner: str, due: date | None) -> None:
        fate, left = self.random.random(), (due - self.life.now.date()).days if due else 9
        if fate < 0.12 and due:
            moved = due + timedelta(days=self.random.randrange(2, 9))
            self.later(0.5, left, partial(self.move, number, owner, moved))
            self.later(left, left + 12, partial(self.finish, number, owner))
        elif fate < 0.6:
            self.later(0.5, left, partial(self.finish, number, owner))
        elif fate < 0.85:
            self.later(left, left + 15, partial(self.finish, number, owner))
        elif fate < 0.93:
            self.later(1, left + 5, partial(self.drop, number, owner))

    def _is_here(self, person_id: str) -> bool:
        return any(person_id in ids for ids in self.life.members.values())

    def finish(self, number: int, owner: str) -> None:
        if self._is_here(owner):
            action_changes.done(self.life.db, item_id=number, person_id=owner, **self.place)
            self.life.write(diary.Done(self.life.now, number))

    def move(self, number: int, owner: str, day: date) -> None:
        if self._is_here(owner):
            sent = self.sent(owner, {"due": str(day)})
            action_changes.new_date(self.life.db, sent=sent, item_id=number, now=self.life.now)
            self.life.write(diary.Moved(self.life.now, number, day))

    def drop(self, number: int, owner: str) -> None:
        if self._is_here(owner):
            sent = self.sent(owner, {"why": "Nobody needs it"})
            action_changes.drop(self.life.db, sent=sent, item_id=number, now=self.life.now)
            self.life.write(diary.Dropped(self.life.now, number))
