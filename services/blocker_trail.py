"""What became of blockers, in the audit trail: who moved one, when, and how it stood before and after. None of the
words, which people may take back, and no name at all where the ritual is anonymous."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.blockers import Blocker, Move
from storage import trail

MOVED = {
    Move.TAKE: "blocker taken up",
    Move.FORWARD: "blocker passed on",
    Move.CLEAR: "blocker cleared",
    Move.STILL: "blocker open again",
}
MADE_AN_ITEM = "blocker made an action item"
UNNAMED = "not named"
"""Who acts in the audit trail of an anonymous ritual."""


def note(session: Session, what: str, *, before: Blocker | None, after: Blocker | None, by: str, now: datetime) -> None:
    """`before` is None of one that has just been raised, `after` of one that was taken out of its answer."""
    blocker = after or before
    if blocker is None:
        return
    sides = (("before", before), ("after", after))
    trail.note(
        session,
        workspace_id=blocker.workspace_id,
        at=now,
        actor_id=by if blocker.raised_by else UNNAMED,
        what=what,
        subject=f"blocker {blocker.id}",
        details={"run": blocker.run_id, "channel": blocker.channel_id}
        | {name: _standing(side) for name, side in sides if side},
    )


def _standing(blocker: Blocker) -> dict[str, Any]:
    item = {"action": f"A-{blocker.action_number}"} if blocker.action_number else {}
    owner = {"owner": blocker.owner_id} if blocker.raised_by else {}
    return {"state": blocker.state.value, **owner, **item}


def note_answer(
    session: Session, before: Iterable[Blocker], after: Iterable[Blocker], *, by: str, now: datetime
) -> None:
    """What an answer raises, takes back, or says somebody else can clear."""
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    for key in sorted({*old, *new}):
        was, is_ = old.get(key), new.get(key)
        what = "blocker raised" if was is None else "blocker taken back" if is_ is None else "blocker named anew"
        if was is None or is_ is None or was.clearer_id != is_.clearer_id:
            note(session, what, before=was, after=is_, by=by, now=now)
