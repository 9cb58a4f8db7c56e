"""What a form has made already: sent again it changes nothing, with other values it edits what it made."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from domain.submissions import Submission
from storage import drafts


def is_repeat(session: Session, sent: Submission) -> bool:
    return given_before(session, sent) == sent.given


def given_before(session: Session, sent: Submission) -> Mapping[str, Any] | None:
    """What the same form was last sent with; None if it has not been sent yet."""
    return drafts.given_to(session, workspace_id=sent.workspace_id, draft_id=sent.draft_id)


def made(session: Session, sent: Submission) -> int | None:
    return drafts.result_of(session, workspace_id=sent.workspace_id, draft_id=sent.draft_id)


def keep(session: Session, sent: Submission, *, result_id: int) -> None:
    drafts.keep_result(
        session, workspace_id=sent.workspace_id, draft_id=sent.draft_id, result_id=result_id, given=sent.given
    )
