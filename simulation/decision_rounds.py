"""The rounds of decisions: whom each asks, what they said, and what that comes to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from simulation.answers import Submission, acceptable, by_prompt
from simulation.case import Case, Owed
from simulation.decision_ids import HEARD, OBJECTION_FORM, PASSED, ROUND_TITLE
from simulation.deeds import BEFORE, edits, recorded, rows_of_decisions
from simulation.labels import ADVICE, APPROVER, CONSENT, CONSENTS, CONTRIBUTORS, DRIVER, OBJECTS, ROUND, STAND
from simulation.messages import Version, squeezed
from simulation.recognition import Kind
from simulation.trace import Line

WAITS = "decision.waits"
"""For its approver."""


@dataclass(frozen=True)
class Round:
    """About the first text of a decision."""

    card: Owed
    row: str
    form: Line
    approver: str
    asked: frozenset[str]
    said: Mapping[str, list[Submission]]
    """By person, in order."""
    edited: int | None = None
    """Since which line it may be about another text."""

    @property
    def record(self) -> str:
        return self.card.what.record

    @cached_property
    def closed(self) -> Version | None:
        """When its card first showed who stands where."""
        shown = (each for each in self.card.message.versions if self.edited is None or each.line < self.edited)
        found = ((version, HEARD.search(squeezed(version.words))) for version in shown)
        return next((version for version, heard in found if heard and not heard[2]), None)

    def perhaps(self, person: str, until: datetime) -> list[Submission]:
        """What may have been heard of them by then."""
        return [each for each in self.said.get(person, []) if not each.is_refused and each.line.at <= until + BEFORE]

    def is_heard(self, person: str, until: datetime) -> bool:
        """For certain."""
        return any(each.is_taken and each.line.at <= until for each in self.said.get(person, []))

    def surely(self, stances: tuple[str, ...]) -> list[str]:
        """Whose word that was when it closed."""
        return sorted(person for person in self.asked if self._stands(person) and self._stands(person) <= {*stances})

    def _stands(self, person: str) -> set[str]:
        """Every answer that may have been their last; an empty one if they may have said nothing."""
        if self.closed is None:
            return {""}
        heard, until = self.perhaps(person, self.closed.at), self.closed.at
        last = [*acceptable(heard), *acceptable(each for each in heard if each.line.at <= until)]
        nothing = set() if self.is_heard(person, until) else {""}
        return {each.given.get(STAND, "") for each in last} | nothing

    @property
    def outcome(self) -> set[str]:
        """All that it may have come to; silence counts for nobody who has to approve it."""
        stands = {person: self._stands(person) for person in self.asked}
        if self.form["values"].get(ROUND) != CONSENT:
            return {WAITS}
        if any(said == {OBJECTS} for said in stands.values()):
            return {OBJECTION_FORM}
        approver = stands.get(self.approver, {""})
        found = {OBJECTION_FORM} if any(OBJECTS in said for said in stands.values()) else set()
        found |= {PASSED} if approver & {*CONSENTS} else set()
        return found | ({WAITS} if approver - {*CONSENTS, OBJECTS} else set())


def asks_others(form: Line) -> bool:
    """Whether a decision was recorded with a round."""
    return form["values"].get(ROUND) in (CONSENT, ADVICE)


def rounds(case: Case) -> list[Round]:
    """Of what has been recorded for certain."""
    rows = rows_of_decisions(case)
    found = (_round(case, card, rows.get(card.what.record, "")) for card in case.of(Kind.DECISION))
    return [each for each in found if each]


def _round(case: Case, card: Owed, row: str) -> Round | None:
    form = recorded(case, card)
    if form is None or not asks_others(form) or not row:
        return None
    values = form["values"]
    approver = case.world.by_name.get(values[APPROVER], "")
    named = [*str(values.get(CONTRIBUTORS) or "").split(", "), values.get(DRIVER) or case.world.name_of(form["person"])]
    asked = {case.world.by_name[name] for name in named if name in case.world.by_name}
    asked |= {approver} if values[ROUND] == CONSENT else set()
    edited = next((line.number for line in edits(case, row)), None)
    return Round(card, row, form, approver, frozenset(asked), _said(case, card.what.record), edited)


def _said(case: Case, record: str) -> dict[str, list[Submission]]:
    found: dict[str, list[Submission]] = {}
    for submissions in by_prompt(_forms(case, record), case.forms.is_final).values():
        for each in submissions:
            found.setdefault(each.person, []).append(each)
    return found


def _forms(case: Case, record: str) -> Iterator[Line]:
    for line in case.trace.diary("submitted"):
        title = ROUND_TITLE.fullmatch(line.get("title") or "")
        if title and title[1] == record:
            yield line
