"""What became of action items, in the audit trail: who moved one, when, and how it stood before and after."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.actions import ActionItem
from storage import trail


def note(
    session: Session,
    what: str,
    *,
    before: ActionItem | None,
    after: ActionItem,
    by: str,
    now: datetime,
    why: str = "",
) -> None:
    """`before` is None of one that has just been recorded; of another only what has changed is kept."""
    was, is_ = _standing(before) if before else {}, _standing(after)
    changed = {name for name in is_ if was.get(name) != is_[name]}
    details: dict[str, Any] = {"after": {name: is_[name] for name in sorted(changed)}}
    if before:
        details["before"] = {name: was[name] for name in sorted(changed)}
    if why:
        details["why"] = why
    trail.note(
        session,
        workspace_id=after.workspace_id,
        at=now,
        actor_id=by,
        what=f"action item {what}",
        subject=after.name,
        details=details,
    )


def _standing(item: ActionItem) -> dict[str, Any]:
    return {
        "state": item.state.value,
        "what": item.what,
        "owner": item.owner_id,
        "due": f"{item.due}",
        "helpers": list(item.helpers),
        "every": item.every,
        "important": item.is_important,
        "accepted": item.accepted_at is not None,
        "snoozed until": f"{item.snoozed_until}" if item.snoozed_until else "",
        "channel": item.channel_id,
        "message": item.message.ts if item.message else "",
        **({"brief": str(item.drafted)} if item.drafted else {}),
    }
