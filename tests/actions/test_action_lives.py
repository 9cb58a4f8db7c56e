"""Whatever people press and send in whatever order, an action item never reaches a state that it must not, on both
databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, func, select

from domain.action_recurrence import Ends
from domain.action_reminders import Snooze
from domain.action_states import ActionState, Move
from domain.action_steps import Step
from domain.actions import ActionItem
from domain.errors import UserError
from domain.submissions import Submission
from services import action_changes, action_edits, actions
from storage import actions as stored
from storage.engine import Database
from storage.tables import ActionRow
from tests.team import ANA, BEN, DEV, FORECAST, GONE, NOW, WORKSPACE, owed

TODAY = date(2026, 11, 20)
PEOPLE = st.sampled_from([ANA, BEN, DEV])
OWNERS = st.sampled_from([ANA, BEN, DEV, GONE, "UBOT"])
DAYS = st.integers(-2, 9).map(lambda ahead: TODAY + timedelta(days=ahead))
WHYS = st.sampled_from(["", "Bought", "Too late"])
LATER = {Snooze.DAY: date(2026, 11, 23), Snooze.DAYS: date(2026, 11, 25), Snooze.WEEK: date(2026, 11, 23)}
FORMS = st.integers(0, 2)
"""Few, so that many a form is sent twice, with the same values and with others."""


class Life(RuleBasedStateMachine):
    """One action item that Ana asks for, beside what is to become of it."""

    db: Database

    @initialize(
        owner=PEOPLE,
        due=st.integers(0, 9),
        every=st.sampled_from(["", "week"]),
        begins=st.sampled_from(["", "accepted", "snoozed"]),
        end=st.sampled_from([None, ActionState.DONE, ActionState.DROPPED]),
    )
    def ask(self, owner: str, due: int, every: str, begins: str, end: ActionState | None) -> None:
        """Many a life begins in the middle or at its end, so that enough is tried after that."""
        self.sent: dict[str, dict[str, str]] = {}
        self.dropped_with = 0
        with self.db.read() as session:
            last = session.exec(select(func.max(col(ActionRow.id)))).one() or 0
        self.first = {"what": "Relabel", "owner": owner, "due": f"{TODAY + timedelta(days=due)}"}
        self.first |= {"every": every} if every else {}
        self._record(last + 1, self.first)
        self.item = self._stored(last + 1)
        assert (self.item.state, self.item.dates_moved) == (ActionState.OPEN, 0)
        if begins == "accepted":
            self.accept(owner)
        elif begins == "snoozed":
            self.snooze(owner, Snooze.DAYS)
        if end is ActionState.DONE:
            self.done(ANA)
        elif end is ActionState.DROPPED:
            self.drop(ANA, 0, "Bought", Ends.ONCE)

    def _record(self, number: int, given: dict[str, str]) -> None:
        sent = Submission(WORKSPACE, ANA, f"record {number}", given)
        assert actions.submit(self.db, sent=sent, channel_id=FORECAST, now=NOW) == ()

    @rule(by=PEOPLE)
    def accept(self, by: str) -> None:
        is_new = self.item.waits_to_be_accepted
        self._try(
            lambda: action_changes.accept(self.db, **self._pressed(by)),
            is_right=self.item.is_open and by == self.item.owner_id,
            after=self._stepped(Move.ACCEPT, by, accepted_at=NOW) if is_new else self.item,
        )

    @rule(by=PEOPLE)
    def done(self, by: str) -> None:
        is_open = self.item.is_open
        accepted = self.item.accepted_at or (NOW if by == self.item.owner_id else None)
        self._try(
            lambda: action_changes.done(self.db, **self._pressed(by)),
            is_right=by in self.item.named,
            after=self._stepped(Move.DONE, by, self._next(), state=ActionState.DONE, done_at=NOW, accepted_at=accepted)
            if is_open
            else self.item,
        )

    @rule(by=PEOPLE, form=FORMS, day=DAYS)
    def new_date(self, by: str, form: int, day: date) -> None:
        to = {"was": f"{self.item.due}", "to": f"{day}"}
        changed: dict[str, Any] = {"due": day, "dates_moved": self.item.dates_moved + 1, "snoozed_until": None}
        after = self._stepped(Move.NEW_DATE, by, to, **changed)
        is_right = self._may_move(by) and day >= TODAY and day != self.item.due
        self._send(action_changes.new_date, by, f"date {form}", {"due": f"{day}"}, after, is_right=is_right)

    @rule(by=PEOPLE, form=FORMS, owner=OWNERS, why=WHYS)
    def hand_over(self, by: str, form: int, owner: str, why: str) -> None:
        to = {"was": self.item.owner_id, "to": owner, "why": why}
        after = self._stepped(Move.HAND_OVER, by, to, owner_id=owner, accepted_at=None, snoozed_until=None)
        is_right = self._may_move(by) and owner not in (GONE, "UBOT", self.item.owner_id) and why != ""
        given = {"owner": owner, "why": why}
        self._send(action_changes.hand_over, by, f"owner {form}", given, after, is_right=is_right)

    @rule(by=PEOPLE, form=FORMS, why=WHYS, how=st.sampled_from(Ends))
    def drop(self, by: str, form: int, why: str, how: Ends) -> None:
        is_edit = f"{by} drop {form}" in self.sent
        is_right = (is_edit or self._may_move(by)) and why != ""
        before = replace(self.item, steps=self.item.steps[:-1]) if is_edit else self.item
        dropped = {"state": ActionState.DROPPED, "dropped_by": by, "dropped_why": why}
        goes_on = {"to": self.item.followed_by} if is_edit else self._next() if how is Ends.ONCE else {}
        after = self._stepped(Move.DROP, by, {"why": why, **goes_on}, before, **dropped)
        given = {"why": why, "how": how.value} if why else {}
        self.dropped_with = form if is_right else self.dropped_with
        self._send(action_changes.drop, by, f"drop {form}", given, after, is_right=is_right)

    @precondition(lambda self: self.item.state is ActionState.DROPPED)
    @rule(why=st.sampled_from(["Bought", "Too late"]))
    def say_why_again(self, why: str) -> None:
        self.drop(self.item.dropped_by, self.dropped_with, why, Ends.ONCE)

    @rule(by=PEOPLE)
    def reopen(self, by: str) -> None:
        is_done = self.item.state is ActionState.DONE
        self._try(
            lambda: action_changes.reopen(self.db, **self._pressed(by)),
            is_right=(is_done or self.item.is_open) and by in self.item.named and not self.item.followed_by,
            after=self._stepped(Move.REOPEN, by, state=ActionState.OPEN, done_at=None, snoozed_until=None)
            if is_done
            else self.item,
        )

    @rule(by=PEOPLE, choice=st.sampled_from(Snooze))
    def snooze(self, by: str, choice: Snooze) -> None:
        self._try(
            lambda: action_changes.snooze(self.db, **self._pressed(by), choice=choice),
            is_right=self.item.is_open and by == self.item.owner_id,
            after=replace(self.item, snoozed_until=LATER[choice]),
        )

    @rule(by=PEOPLE, what=st.sampled_from(["Relabel", "Relabel all"]), every=st.sampled_from(["", "week"]))
    def edit(self, by: str, what: str, every: str) -> None:
        fields = {"what": what != self.item.what, "every": every != self.item.every}
        said = {
            "was": self.item.what if fields["what"] else "",
            "to": ",".join(name for name in fields if fields[name]),
        }
        begins = (self.item.due if every else None) if fields["every"] else self.item.series_from
        after = self._stepped(Move.EDIT, by, said, what=what, every=every, series_from=begins)

        def change() -> None:
            opened = action_edits.form(self.db, workspace_id=WORKSPACE, item_id=self.item.id, person_id=by, now=NOW)
            given = {"what": what, **({"every": every} if every else {})}
            sent = Submission(WORKSPACE, by, opened.draft_id, given)
            assert action_edits.send(self.db, sent=sent, shown=("what", "every"), item_id=self.item.id, now=NOW) is None

        self._try(change, is_right=self._may_move(by), after=after if said["to"] else self.item)

    def _pressed(self, by: str) -> dict[str, Any]:
        return {"workspace_id": WORKSPACE, "item_id": self.item.id, "person_id": by, "now": NOW}

    @rule(what=st.sampled_from(["Relabel", "Relabel all"]))
    def record_again(self, what: str) -> None:
        """Slack lost the answer to the form that asked for it, so it is sent again, perhaps with other words."""
        given = {**self.first, "what": what}
        is_same, self.first = given == self.first, given if self.item.is_open else self.first
        after = self.item if is_same else replace(self.item, what=what)
        self._try(lambda: self._record(self.item.id, given), is_right=is_same or self.item.is_open, after=after)

    def _next(self) -> dict[str, str]:
        """The name of what follows, if anything does."""
        with self.db.read() as session:
            last = session.exec(select(func.max(col(ActionRow.number)))).one()
        return {"to": f"A-{last + 1}"} if self.item.every else {}

    def _stepped(
        self, move: Move, by: str, said: dict[str, str] | None = None, before: ActionItem | None = None, **changed: Any
    ) -> ActionItem:
        return replace(before or self.item, **changed).after(Step(move, by, TODAY, **(said or {})))

    def _may_move(self, by: str) -> bool:
        return self.item.is_open and by in self.item.named

    def _send(
        self,
        use: Callable[..., object],
        by: str,
        form: str,
        given: dict[str, str],
        after: ActionItem,
        *,
        is_right: bool,
    ) -> None:
        draft = f"{by} {form}"
        is_again = self.sent.get(draft) == given
        sent = Submission(WORKSPACE, by, f"{self.item.id} {draft}", given)
        self._try(
            lambda: use(self.db, sent=sent, item_id=self.item.id, now=NOW),
            is_right=is_right or is_again,
            after=self.item if is_again else after,
        )
        if is_right:
            self.sent[draft] = given

    def _try(self, use: Callable[[], object], *, is_right: bool, after: ActionItem) -> None:
        if is_right:
            use()
            self.item = after
        else:
            with pytest.raises(UserError):
                use()

    def _stored(self, item_id: int) -> ActionItem:
        with self.db.read() as session:
            found = stored.item(session, workspace_id=WORKSPACE, item_id=item_id)
        assert found
        return found

    @invariant()
    def it_is_what_they_made_of_it(self) -> None:
        found = self._stored(self.item.id)
        assert found == self.item
        assert (found.done_at is not None) == (found.state is ActionState.DONE)
        assert bool(found.dropped_why) == bool(found.dropped_by) == (found.state is ActionState.DROPPED)
        assert found.dates_moved or found.due == found.first_due
        assert f"{found.first_due}" == self.first["due"]

    @invariant()
    def what_comes_again_is_followed_once_when_it_is_over(self) -> None:
        with self.db.read() as session:
            after = session.exec(select(ActionRow).where(col(ActionRow.follows) == self.item.number)).all()
        assert [f"A-{row.number}" for row in after] == [each for each in [self.item.followed_by] if each]
        for row in after:
            assert (row.owner_id, row.every, row.state) == (self.item.owner_id, "week", "open")
            assert row.due
            assert self.item.due
            assert row.due > self.item.due

    @invariant()
    def only_what_is_open_is_reminded_of(self) -> None:
        with self.db.read() as session:
            row = session.get(ActionRow, self.item.id)
            assert row
            assert row.next_at is None or self.item.is_open
            until = self.item.snoozed_until
            assert row.next_at is None or until is None or row.next_at.date() >= until

    @invariant()
    def whoever_asked_reads_of_it_in_one_message_alone(self) -> None:
        told = [row.person_id for row in owed(self.db, "action_news") if row.subject_id == self.item.id]
        assert self.item.asked_by not in set(told) - self._owners()
        asked = [row for row in owed(self.db, "action") if row.subject_id == self.item.id and row.person_id == ANA]
        assert len(asked) == 1

    def _owners(self) -> set[str]:
        return {self.first["owner"], self.item.owner_id, *(each.was for each in self.item.steps)}


def test_whatever_people_do_with_an_action_item_it_stays_one_that_may_be(db: Database) -> None:
    run = settings(max_examples=16, stateful_step_count=20)
    run_state_machine_as_test(type("LifeHere", (Life,), {"db": db}), settings=run)
