"""How long decisions take, and how much of its reasons a record says."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median_low

from domain.decision_form import MISSING
from domain.decision_states import DecisionState
from domain.decisions import Decision, DecisionForm
from domain.metrics.latency import HALF, quantile

LEFT_OUT = frozenset({DecisionState.SUPERSEDED, DecisionState.WITHDRAWN})
"""States in which a decision is not asked how long it took."""
ENOUGH = 40
"""Characters with which a sentence has said something."""
LEAST_OPTIONS = 2
DAY = timedelta(days=1)


def days_taken(decision: Decision) -> float | None:
    """Days from its proposal to its verdict, whichever way it went; None while it is open."""
    at = decision.decided_at or decision.ended_at
    return (at - decision.proposed_at) / DAY if at else None


def decision_latency(days: Iterable[float], still_open: int) -> float | None:
    """Within how many days half of the decisions of a forum had their verdict; None if half of them are open.

    The nearest-rank median of `decided_at - proposed_at`, with those that are open as infinity; a median, as an average
    hides the costly ones. Those superseded or withdrawn are not among them (`LEFT_OUT`).
    """
    found = list(days)
    return quantile(found, len(found) + still_open, HALF)


@dataclass(frozen=True)
class Completeness:
    """The ten checks of a record's reasons, a point each: shown as "8 of 10: no check date", never as a grade."""

    missing: tuple[str, ...]
    """What it lacks, as people read it after "no"."""

    @property
    def score(self) -> int:
        return len(CHECKS) - len(self.missing)


def completeness(decision: Decision, *, has_action: bool) -> Completeness:
    """What a record lacks, by checks that need no judgement (after the six elements of Decision Quality).

    `has_action` says whether an action item with an owner and a date comes of it. What today's record cannot say: which
    functions it affects (one contributor is enough), which risks are linked (what speaks against it counts), and that
    there is nothing to do (so that counts as missing). An option is rejected if the choice does not name it; with
    fewer than two options none was weighed.
    """
    found = [check(decision.form) for check in CHECKS[:-1]] + [_action(has_action=has_action)]
    return Completeness(tuple(each for each in found if each))


@dataclass(frozen=True)
class Reasons:
    """Of several decisions together."""

    score: int
    """Half of them have no more."""
    decisions: int
    most_missing: str
    """Empty if none lacks anything."""


def reasons(found: Sequence[Completeness]) -> Reasons | None:
    """The lower median of the scores, and what is most often missing, of two alike what is checked first; None of no
    decision."""
    if not found:
        return None
    often = Counter(each for one in found for each in one.missing)
    return Reasons(
        median_low([each.score for each in found]), len(found), max(often, key=often.__getitem__, default="")
    )


def _context(form: DecisionForm) -> str:
    return "" if _is_said(form.context) else MISSING["context"]


def _options(form: DecisionForm) -> str:
    return "" if len(form.options) >= LEAST_OPTIONS else MISSING["options"]


def _rejected(form: DecisionForm) -> str:
    others = [each for each in form.options if not _names(form.choice, each.title)]
    is_weighed = len(form.options) >= LEAST_OPTIONS
    against = all(each.cons or _names(form.because, each.title) for each in others)
    return "" if is_weighed and against else "word on why not the others"


def _constraints(form: DecisionForm) -> str:
    return "" if form.constraints else "constraints"


def _links(form: DecisionForm) -> str:
    return "" if form.links else "link to data"


def _because(form: DecisionForm) -> str:
    return "" if _is_said(form.because) else "full because"


def _outcome(form: DecisionForm) -> str:
    """What of it is missing first."""
    parts = {"outcome": form.outcome, "metric": form.metric, "look_again_on": form.look_again_on}
    found = next((MISSING[part] for part, value in parts.items() if not value), "")
    return found or ("" if form.target else "target")


def _downside(form: DecisionForm) -> str:
    return "" if form.bad else "downside"


def _people(form: DecisionForm) -> str:
    return "" if form.approver_id and form.contributors else "contributor"


def _action(*, has_action: bool) -> str:
    return "" if has_action else "action item with owner and date"


CHECKS: tuple[Callable[..., str], ...] = (
    _context,
    _options,
    _rejected,
    _constraints,
    _links,
    _because,
    _outcome,
    _downside,
    _people,
    _action,
)
"""In their order; the last is about what comes of the decision."""


def _is_said(text: str) -> bool:
    return len(text.strip()) >= ENOUGH


def _names(text: str, title: str) -> bool:
    return title.casefold() in text.casefold()
