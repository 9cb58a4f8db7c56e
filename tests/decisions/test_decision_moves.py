"""Whatever people press, and in whatever order, a decision only ever goes where it may, on both databases.

What others do to it by being accepted in its place: test_superseding_moves.py.
"""

import itertools
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from domain.decision_states import DecisionState, Move
from domain.decisions import Decision
from domain.errors import UserError
from domain.submissions import Submission
from services import decision_endings, decisions, informed, objections, verdicts
from storage import decisions as stored
from storage.engine import Database
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, WORKSPACE

PROPOSED, CONTESTED = DecisionState.PROPOSED, DecisionState.CONTESTED
ACCEPTED, REJECTED, DEPRECATED = DecisionState.ACCEPTED, DecisionState.REJECTED, DecisionState.DEPRECATED
WITHDRAWN = DecisionState.WITHDRAWN
ALLOWED = {
    PROPOSED: {PROPOSED, CONTESTED, ACCEPTED, REJECTED, WITHDRAWN},
    CONTESTED: {PROPOSED, CONTESTED, ACCEPTED, REJECTED, WITHDRAWN},
    ACCEPTED: {ACCEPTED, DEPRECATED},
    REJECTED: {REJECTED},
    WITHDRAWN: {WITHDRAWN},
    DEPRECATED: {DEPRECATED},
}
"""Written out once more, so that the table of the product cannot vouch for itself."""
EVERYBODY = (ANA, BEN, CHLOE, DEV)
FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper"}
FORM |= {"approver": BEN, "driver": DEV, "contributors": CHLOE}
DRAFTS = (f"draft {number}" for number in itertools.count())


def one_of(*people: str) -> Any:
    return st.sampled_from(people)


class Pressing(RuleBasedStateMachine):
    db: ClassVar[Database]

    @initialize(objectors=st.sampled_from([(), (CHLOE,), (BEN, CHLOE)]))
    def record(self, objectors: tuple[str, ...]) -> None:
        self.now = NOW
        self.against: set[str] = set()
        """Who objects to its present text, while it is open: kept here, as the product must work it out."""
        self.submit(ANA, FORM)
        with self.db.read() as session:
            self.id = stored.visible(session, workspace_id=WORKSPACE, reader_id=ANA, now=NOW, limit=1)[0].id
        for who in objectors:
            self.object_to(who, "No", "Half")

    def found(self) -> Decision:
        with self.db.read() as session:
            found = stored.decision(session, workspace_id=WORKSPACE, decision_id=self.id)
        assert found
        return found

    def submit(self, who: str, given: dict[str, str], **about: Any) -> None:
        sent = Submission(WORKSPACE, who, next(DRAFTS), given)
        decisions.submit(self.db, sent=sent, channel_id=FORECAST, now=self.now, **about)

    def press(self, who: str, others: tuple[str, ...], what: Callable[[str, str], object]) -> bool:
        """Everybody but those in `others` tries first, in vain; then `who` does. Whether that changed anything."""
        before = self.found()
        self.now += timedelta(minutes=1)
        for stranger in EVERYBODY:
            if stranger not in others:
                with suppress(UserError):
                    what(stranger, before.version)
        assert self.found() == before
        try:
            what(who, before.version)
        except UserError:
            assert self.found() == before
        after = self.found()
        assert after.state in ALLOWED[before.state]
        kept = [[(each.id, each.person_id, each.at) for each in of] for of in (before.objections, after.objections)]
        assert kept[1][: len(kept[0])] == kept[0]
        assert after.concerns[: len(before.concerns)] == before.concerns
        return after != before

    def of(self, who: str, version: str) -> dict[str, Any]:
        return {"workspace_id": WORKSPACE, "person_id": who, "decision_id": self.id, "version": version}

    def sent(self, who: str, **given: str) -> Submission:
        return Submission(WORKSPACE, who, next(DRAFTS), given)

    def about(self, version: str) -> dict[str, Any]:
        return {"decision_id": self.id, "version": version, "now": self.now}

    @rule()
    def approve(self) -> None:
        if self.press(BEN, (BEN,), lambda who, text: verdicts.approve(self.db, **self.of(who, text), now=self.now)):
            assert self.against <= {BEN}

    @rule(who=one_of(BEN, CHLOE), reason=st.sampled_from(["No", "Dear"]), change=st.sampled_from(["", "Half", "None"]))
    def object_to(self, who: str, reason: str, change: str) -> None:
        given = {"reason": reason, "change": change}
        if self.press(
            who,
            (BEN, CHLOE),
            lambda who, text: objections.object_to(self.db, sent=self.sent(who, **given), **self.about(text)),
        ):
            assert change
            self.against.add(who)

    @rule(who=one_of(BEN, CHLOE))
    def withdraw(self, who: str) -> None:
        self.press(
            who,
            (BEN, CHLOE),
            lambda who, text: objections.withdraw(self.db, **self.of(who, text), now=self.now),
        )
        if self.found().is_open:
            self.against.discard(who)

    @rule(reason=st.sampled_from(["", "It must go on"]))
    def overrule(self, reason: str) -> None:
        if self.press(
            BEN,
            (BEN,),
            lambda who, text: objections.overrule(self.db, sent=self.sent(who, reason=reason), **self.about(text)),
        ):
            assert reason
            assert self.against - {BEN}
            ruled = {each.person_id for each in self.found().objections if each.overruled_at == self.now}
            assert ruled == self.against - {BEN}

    @rule(reason=st.sampled_from(["", "", "No"]))
    def reject(self, reason: str) -> None:
        self.press(
            BEN,
            (BEN,),
            lambda who, text: verdicts.reject(self.db, sent=self.sent(who, reason=reason), **self.about(text)),
        )

    @rule(who=one_of(ANA, DEV), choice=st.sampled_from(["Half of it", "All of it"]))
    def edit(self, who: str, choice: str) -> None:
        given = FORM | {"choice": choice}
        if self.press(who, (ANA, DEV), lambda who, text: self.submit(who, given, decision_id=self.id, version=text)):
            self.against.clear()

    @rule(who=one_of(ANA, BEN, DEV), context=st.sampled_from(["", "Costs rose", "Costs fell"]))
    def complete(self, who: str, context: str) -> None:
        before, given = self.found(), FORM | {"choice": "Another one", "context": context, "informed": CHLOE}
        about = {"decision_id": self.id, "version": before.revision, "move": Move.COMPLETE}
        if self.press(who, (ANA, BEN, DEV), lambda who, _: self.submit(who, given, **about)):
            found = self.found()
            assert (found.state, found.form.choice) == (ACCEPTED, before.form.choice)
            assert (found.version, found.read_by, found.objections) == (
                before.version,
                before.read_by,
                before.objections,
            )

    @rule(who=one_of(*EVERYBODY))
    def read(self, who: str) -> None:
        self.press(who, EVERYBODY, lambda who, text: informed.read(self.db, **self.of(who, text), now=self.now))

    @rule(who=one_of(*EVERYBODY), words=st.sampled_from(["", "Who pays?"]))
    def raise_concern(self, who: str, words: str) -> None:
        before = self.found()
        if self.press(
            who,
            EVERYBODY,
            lambda who, text: informed.raise_concern(self.db, sent=self.sent(who, reason=words), **self.about(text)),
        ):
            assert (self.found().state, before.state, words) == (ACCEPTED, ACCEPTED, "Who pays?")
            assert who in self.found().read_by

    @rule(who=one_of(BEN, DEV), day=st.sampled_from(["", "2026-12-01", "2020-01-01"]))
    def still_right(self, who: str, day: str) -> None:
        self.end(who, decision_endings.keep, look_again_on=day)

    @rule(who=one_of(BEN, DEV), reason=st.sampled_from(["", "", "Prices rose"]))
    def deprecate(self, who: str, reason: str) -> None:
        self.end(who, decision_endings.deprecate, reason=reason)

    @rule(who=one_of(ANA, DEV), reason=st.sampled_from(["", "", "Too early"]))
    def withdraw_proposal(self, who: str, reason: str) -> None:
        before = self.found()
        if self.end(who, decision_endings.withdraw, by=(ANA, DEV), reason=reason):
            assert (self.found().state, before.is_open, reason) == (WITHDRAWN, True, "Too early")
            assert self.found().standing == before.standing

    def end(self, who: str, what: Callable[..., object], *, by: tuple[str, ...] = (BEN, DEV), **given: str) -> bool:
        return self.press(
            who,
            by,
            lambda who, _: what(self.db, sent=self.sent(who, **given), decision_id=self.id, now=self.now),
        )

    @invariant()
    def its_moments_fit_its_state(self) -> None:
        found = self.found()
        assert (found.ended_at is not None) == found.is_over
        assert found.decided_at is None or not found.is_open

    @invariant()
    def it_is_contested_as_long_as_somebody_objects(self) -> None:
        found = self.found()
        if found.is_open:
            assert (found.state is CONTESTED) == bool(self.against)
            assert sorted(each.person_id for each in found.standing) == sorted(self.against)
        assert not found.standing or found.state in (CONTESTED, REJECTED, WITHDRAWN)


def test_a_decision_never_goes_where_it_may_not(db: Database) -> None:
    class Here(Pressing):
        pass

    Here.db = db
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    most = 30 if db.engine.dialect.name == "sqlite" else 10
    run_state_machine_as_test(
        Here, settings=settings(max_examples=most, stateful_step_count=12, deadline=None, suppress_health_check=slow)
    )
