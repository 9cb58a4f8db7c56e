"""Who was asked in which runs of a ritual, for those whose turn comes round."""

from sqlmodel import Session, col, func, select

from storage.tables import PromptRow, RunRow

MOST_RUNS = 40
"""So many runs tell apart those whose newest one is the same."""


def asked_in(session: Session, *, ritual_id: int) -> dict[str, tuple[int, ...]]:
    """The runs that each person was to be asked in, newest first: always the newest, and those among the last few.
    Whoever only joined a run had no turn in it."""
    had_it = col(PromptRow.joined).is_(False)
    runs = select(RunRow.id).where(RunRow.ritual_id == ritual_id).order_by(col(RunRow.id).desc()).limit(MOST_RUNS)
    ids = [run_id or 0 for run_id in session.exec(runs)]
    lately = select(PromptRow.person_id, PromptRow.run_id).where(col(PromptRow.run_id).in_(ids), had_it)
    found: dict[str, tuple[int, ...]] = {}
    for person_id, run_id in session.exec(lately.order_by(col(PromptRow.run_id).desc())):
        found[person_id] = (*found.get(person_id, ()), run_id)
    newest = (
        select(PromptRow.person_id, func.max(col(PromptRow.run_id)))
        .join(RunRow, col(RunRow.id) == PromptRow.run_id)
        .where(RunRow.ritual_id == ritual_id, had_it)
        .group_by(PromptRow.person_id)
    )
    for person_id, run_id in session.exec(newest):
        found.setdefault(person_id, (run_id,))
    return found
