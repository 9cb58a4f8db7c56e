"""Whatever is proposed in the place of what, and approved in whatever order, each decision has one successor at most,
on both databases."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from domain.decision_states import DecisionState
from domain.errors import UserError
from domain.submissions import Submission
from services import decision_endings, decisions, verdicts
from storage import decisions as stored
from storage.engine import Database
from tests.records import version
from tests.team import ANA, BEN, DEV, FORECAST, NOW, WORKSPACE

PROPOSED, ACCEPTED, REJECTED = DecisionState.PROPOSED, DecisionState.ACCEPTED, DecisionState.REJECTED
SUPERSEDED, DEPRECATED = DecisionState.SUPERSEDED, DecisionState.DEPRECATED
FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN, "driver": DEV}
DRAFTS = (f"draft {number}" for number in itertools.count())
WHICH = st.integers(0, 5)
"""Counted back from the newest."""


@dataclass
class Told:
    """What has to become of one decision."""

    state: DecisionState
    supersedes: tuple[int, ...] = ()
    superseded_by: int = 0
    is_told: bool = False
    """What came of it."""


class Superseding(RuleBasedStateMachine):
    db: ClassVar[Database]

    @initialize()
    def record(self) -> None:
        self.told: dict[int, Told] = {}
        self.first = 1 + max((number for number, _, _ in self.stored()), default=0)
        self.propose(BEN, set())
        for place in (0, 1):
            self.propose(DEV, {place})

    def stored(self) -> list[tuple[int, DecisionState, int]]:
        with self.db.read() as session:
            found = stored.visible(session, workspace_id=WORKSPACE, reader_id=ANA, now=NOW, limit=50)
        return [(each.number, each.state, each.superseded_by) for each in found]

    def tried(self, use: Callable[[], object], *, is_right: bool) -> bool:
        if is_right:
            use()
        else:
            with pytest.raises(UserError):
                use()
        return is_right

    def pick(self, which: int) -> int:
        return max(self.told) - which % len(self.told)

    def accept(self, number: int) -> None:
        self.told[number].state = ACCEPTED
        for other in self.told[number].supersedes:
            self.told[other].state, self.told[other].superseded_by = SUPERSEDED, number

    def hold(self, numbers: tuple[int, ...]) -> bool:
        return all(self.told[number].state is ACCEPTED for number in numbers)

    @rule(who=st.sampled_from([ANA, BEN, DEV]), places=st.sets(WHICH, max_size=2))
    def propose(self, who: str, places: set[int]) -> None:
        """Recorded by Ben, who approves it, it is accepted at once."""
        numbers = tuple(sorted({self.pick(each) for each in places})) if self.told else ()
        given = FORM | {"supersedes": ", ".join(f"D-{each}" for each in numbers)}
        sent = Submission(WORKSPACE, who, next(DRAFTS), given)
        use = partial(decisions.submit, self.db, sent=sent, channel_id=FORECAST, now=NOW)
        if self.tried(use, is_right=self.hold(numbers)):
            new = max(number for number, _, _ in self.stored())
            self.told[new] = Told(PROPOSED, numbers)
            if who == BEN:
                self.accept(new)

    @rule(which=WHICH)
    def approve(self, which: int) -> None:
        number = self.pick(which)
        about: dict[str, Any] = {"decision_id": number, "version": version(self.db, number)}
        it = self.told[number]
        may = it.state is PROPOSED and self.hold(it.supersedes)
        use = partial(verdicts.approve, self.db, workspace_id=WORKSPACE, **about, person_id=BEN, now=NOW)
        if self.tried(use, is_right=may or it.state is ACCEPTED) and may:
            self.accept(number)

    @rule(which=WHICH)
    def reject(self, which: int) -> None:
        number = self.pick(which)
        sent = Submission(WORKSPACE, BEN, next(DRAFTS), {"reason": "No"})
        use = partial(
            verdicts.reject, self.db, sent=sent, decision_id=number, version=version(self.db, number), now=NOW
        )
        if self.tried(use, is_right=self.told[number].state is PROPOSED):
            self.told[number].state = REJECTED

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        number = self.pick(which)
        sent = Submission(WORKSPACE, DEV, next(DRAFTS), {"reason": "Too early"})
        use = partial(decision_endings.withdraw, self.db, sent=sent, decision_id=number, now=NOW)
        if self.tried(use, is_right=self.told[number].state is PROPOSED):
            self.told[number].state = DecisionState.WITHDRAWN

    @rule(which=WHICH)
    def still_right(self, which: int) -> None:
        number = self.pick(which)
        sent = Submission(WORKSPACE, DEV, next(DRAFTS), {})
        use = partial(decision_endings.keep, self.db, sent=sent, decision_id=number, now=NOW)
        self.tried(use, is_right=self.told[number].state is ACCEPTED)

    @rule(which=WHICH)
    def no_longer_holds(self, which: int) -> None:
        number = self.pick(which)
        sent = Submission(WORKSPACE, DEV, next(DRAFTS), {"reason": "Prices rose"})
        use = partial(decision_endings.deprecate, self.db, sent=sent, decision_id=number, now=NOW)
        if self.tried(use, is_right=self.told[number].state is ACCEPTED):
            self.told[number].state = DEPRECATED

    @rule(which=WHICH)
    def tell_result(self, which: int) -> None:
        number = self.pick(which)
        sent = Submission(WORKSPACE, DEV, next(DRAFTS), {"result": "A third less"})
        use = partial(decision_endings.tell_result, self.db, sent=sent, decision_id=number, now=NOW)
        it = self.told[number]
        if self.tried(use, is_right=it.state is SUPERSEDED and not it.is_told):
            it.is_told = True

    @invariant()
    def each_is_what_was_made_of_it(self) -> None:
        found = {number: (state, by) for number, state, by in self.stored() if number >= self.first}
        assert found == {number: (each.state, each.superseded_by) for number, each in self.told.items()}


def test_each_decision_has_one_successor_at_most(db: Database) -> None:
    class Here(Superseding):
        pass

    Here.db = db
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    run_state_machine_as_test(
        Here, settings=settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=slow)
    )
