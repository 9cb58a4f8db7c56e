"""The brief of a run: what its answers come to, which stands above them in the summary."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from domain.briefs import Brief, Hints, Statement

COLLECTS = timedelta(minutes=5)
"""Late answers and edits within so long are read together."""
LEAST = 3
"""People who answered in their own words; of fewer, the answers themselves are as short."""


@dataclass(frozen=True)
class DueBrief:
    """One that is to be drawn up."""

    workspace_id: str
    run_id: int
    turn: int
    """Raised with each change of the answers: what was read before it is kept no more."""
    tries: int = 0
    """That have failed, one after another."""


@dataclass(frozen=True)
class RunBrief:
    brief: Brief
    read: Mapping[str, str] = field(default_factory=dict)
    """The stamp of each answer that it rests on, by its id in the thread."""

    def standing(self, texts: Mapping[str, str]) -> Brief:
        """Of it, what rests on answers that are still the same: no answer that was changed or deleted lives on here."""
        stands = {ts for ts, stamp in self.read.items() if ts in texts and stamp_of(texts[ts]) == stamp}
        return _kept(self.brief, lambda each: bool(each.sources) and stands.issuperset(each.sources))


def kept_of(brief: Brief, texts: Mapping[str, str]) -> RunBrief:
    """As it is kept: with the stamps of all answers that it rests on."""
    cited = {ts for statement in brief.statements for ts in statement.sources}
    read = {ts: stamp_of(texts[ts]) for ts in sorted(cited & texts.keys())}
    return RunBrief(replace(brief, left_out=(), hints=Hints()), read)


def stamp_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _kept(brief: Brief, stands: Callable[[Statement], bool]) -> Brief:
    return replace(
        brief,
        question=brief.question if brief.question and stands(brief.question) else None,
        context=tuple(filter(stands, brief.context)),
        options=tuple(each for each in brief.options if stands(each.label)),
        decision=tuple(filter(stands, brief.decision)),
        rationale=tuple(filter(stands, brief.rationale)),
        dissent=tuple(each for each in brief.dissent if stands(each.statement)),
        open_questions=tuple(filter(stands, brief.open_questions)),
        tasks=tuple(each for each in brief.tasks if stands(each.statement)),
    )
