"""Whatever people press, and in whatever order, a decision only ever goes where it may, on both databases.

What others do to it by being accepted in its place: test_superseding_moves.py.
"""

import itertools
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from domain.decision_states import DecisionState
from domain.decisions import Decision
from domain.errors import UserError
from domain.submissions import Submission
from services import decision_endings, decisions, objections, verdicts
from storage import decisions as stored
from storage.engine import Database
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, WORKSPACE

PROPOSED, CONTESTED = DecisionState.PROPOSED, DecisionState.CONTESTED
ACCEPTED, REJECTED, DEPRECATED = DecisionState.ACCEPTED, DecisionState.REJECTED, DecisionState.DEPRECATED
ALLOWED = {
    PROPOSED: {PROPOSED, CONTESTED, ACCEPTED, REJECTED},
    CONTESTED: {PROPOSED, CONTESTED, ACCEPTED, REJECTED},
    ACCEPTED: {ACCEPTED, DEPRECATED},
    REJECTED: {REJECTED},
    DEPRECATED: {DEPRECATED},
}
"""Written out once more, so that the table of the product cannot vouch for itself."""
PEOPLE = st.sampled_from([ANA, BEN, CHLOE, DEV])
FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper"}
FORM |= {"approver": BEN, "driver": DEV, "contributors": CHLOE}


DRAFTS = (f"draft {number}" for number in itertools.count())


class Pressing(RuleBasedStateMachine):
    db: ClassVar[Database]

    @initialize()
    def record(self) -> None:
        self.now = NOW
        self.submit(ANA, FORM)
        with self.db.read() as session:
            self.id = stored.visible(session, workspace_id=WORKSPACE, reader_id=ANA, now=NOW, limit=1)[0].id

    def found(self) -> Decision:
        with self.db.read() as session:
            found = stored.decision(session, workspace_id=WORKSPACE, decision_id=self.id)
        assert found
        return found

    def submit(self, who: str, given: dict[str, str], **about: Any) -> None:
        sent = Submission(WORKSPACE, who, next(DRAFTS), given)
        decisions.submit(self.db, sent=sent, channel_id=FORECAST, now=self.now, **about)

    def press(self, who: str, may: set[str], what: Callable[..., object]) -> None:
        """`what` is given the decision and the version that is shown."""
        before = self.found()
        self.now += timedelta(minutes=1)
        try:
            what(decision_id=self.id, version=before.version)
        except UserError:
            assert self.found() == before
        after = self.found()
        assert after.state in ALLOWED[before.state]
        assert who in may or after == before
        assert [each.id for each in after.objections][: len(before.objections)] == [
            each.id for each in before.objections
        ]

    @rule(who=PEOPLE)
    def approve(self, who: str) -> None:
        known: dict[str, Any] = {"workspace_id": WORKSPACE, "person_id": who}
        self.press(who, {BEN}, partial(verdicts.approve, self.db, **known, now=self.now))

    @rule(who=PEOPLE, reason=st.sampled_from(["No", "Dear"]), change=st.sampled_from(["", "Half"]))
    def object_to(self, who: str, reason: str, change: str) -> None:
        sent = Submission(WORKSPACE, who, next(DRAFTS), {"reason": reason, "change": change})
        self.press(who, {BEN, CHLOE}, partial(objections.object_to, self.db, sent=sent, now=self.now))

    @rule(who=PEOPLE)
    def withdraw(self, who: str) -> None:
        known: dict[str, Any] = {"workspace_id": WORKSPACE, "person_id": who}
        self.press(who, {BEN, CHLOE}, partial(objections.withdraw, self.db, **known, now=self.now))

    @rule(who=PEOPLE, reason=st.sampled_from(["", "It must go on"]))
    def overrule(self, who: str, reason: str) -> None:
        before = self.found()
        sent = Submission(WORKSPACE, who, next(DRAFTS), {"reason": reason})
        self.press(who, {BEN}, partial(objections.overrule, self.db, sent=sent, now=self.now))
        if self.found() != before:
            assert reason
            assert {each.person_id for each in before.standing} - {BEN}

    @rule(who=PEOPLE, reason=st.sampled_from(["", "No"]))
    def reject(self, who: str, reason: str) -> None:
        sent = Submission(WORKSPACE, who, next(DRAFTS), {"reason": reason})
        self.press(who, {BEN}, partial(verdicts.reject, self.db, sent=sent, now=self.now))

    @rule(who=PEOPLE, choice=st.sampled_from(["Half of it", "All of it"]))
    def edit(self, who: str, choice: str) -> None:
        self.press(who, {ANA, DEV}, partial(self.submit, who, FORM | {"choice": choice}))

    @rule(who=PEOPLE)
    def acknowledge(self, who: str) -> None:
        known: dict[str, Any] = {"workspace_id": WORKSPACE, "person_id": who}
        self.press(who, {who}, partial(verdicts.acknowledge, self.db, **known, now=self.now))

    @rule(who=PEOPLE, day=st.sampled_from(["", "2026-12-01", "2020-01-01"]))
    def still_right(self, who: str, day: str) -> None:
        sent = Submission(WORKSPACE, who, next(DRAFTS), {"look_again_on": day})
        self.end(who, partial(decision_endings.keep, self.db, sent=sent, now=self.now))

    @rule(who=PEOPLE, reason=st.sampled_from(["", "Prices rose"]))
    def deprecate(self, who: str, reason: str) -> None:
        sent = Submission(WORKSPACE, who, next(DRAFTS), {"reason": reason})
        self.end(who, partial(decision_endings.deprecate, self.db, sent=sent, now=self.now))

    def end(self, who: str, what: Callable[..., object]) -> None:
        self.press(who, {BEN, DEV}, lambda decision_id, **_: what(decision_id=decision_id))

    @invariant()
    def its_moments_fit_its_state(self) -> None:
        found = self.found()
        assert (found.ended_at is not None) == found.is_over
        assert found.decided_at is None or not found.is_open

    @invariant()
    def it_is_contested_as_long_as_somebody_objects(self) -> None:
        found = self.found()
        assert (found.state is CONTESTED) == (found.is_open and bool(found.standing))
        assert not found.standing or found.state in (CONTESTED, REJECTED)
        assert len({each.person_id for each in found.standing}) == len(found.standing)


def test_a_decision_never_goes_where_it_may_not(db: Database) -> None:
    class Here(Pressing):
        pass

    Here.db = db
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    run_state_machine_as_test(
        Here, settings=settings(max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=slow)
    )
