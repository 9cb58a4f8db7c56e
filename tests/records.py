"""Records in the database of tests.team, written as they are, without the use cases that make them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.cadence import parse
from domain.decision_states import DecisionState
from domain.decisions import FIRST_VERSION, Decision, DecisionForm
from domain.hours import Duration
from domain.objections import Objection
from domain.runs import Prompt, PromptState, Ritual, Run
from domain.submissions import Submission
from domain.templates import Post, Question, QuestionType, Template
from services import objections
from storage import actions, decisions, prompts, rituals
from storage.engine import Database
from storage.tables import BlockerRow
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, WORKSPACE

TEMPLATE = Template(
    "sync", "Sync", "Purpose.", "every fri at 09:30", parse("every fri at 09:30"), ("everyone",),
    (Question("blocked", "Blocked?", QuestionType.SHORT, into="blocker.title"),), Duration(hours=4), (),
)  # fmt: skip


def decision(
    db: Database, *, channel: str = FORECAST, number: int = 1, state: DecisionState = DecisionState.ACCEPTED,
    by: str = ANA, informed: tuple[str, ...] = (), approver: str = ANA, at: datetime = NOW,
) -> Decision:  # fmt: skip
    form = DecisionForm(f"Title {number}", "Ship it", "Cheaper", approver, informed=informed)
    decided_at = at if state is DecisionState.ACCEPTED else None
    record = Decision(0, WORKSPACE, number, channel, form, state, by, at, decided_at=decided_at)
    with db.write() as session:
        return decisions.add(session, decision=record, next_at=None)


def objection(
    person_id: str = BEN, reason: str = "Too early", *, change: str = "Half of it", version: str = FIRST_VERSION
) -> Objection:
    return Objection(1, person_id, version, reason, change, NOW)


def object_to(
    db: Database, *, by: str = BEN, reason: str = "Too early", change: str = "Half of it", draft: str = "o1",
    about: str = "", decision_id: int = 1, at: datetime = NOW,
) -> None:  # fmt: skip
    """To the text it has now, unless `about` is another version."""
    sent = Submission(WORKSPACE, by, draft, {"reason": reason, "change": change})
    about = about or version(db, decision_id)
    objections.object_to(db, sent=sent, decision_id=decision_id, version=about, now=at)


def version(db: Database, decision_id: int = 1) -> str:
    """Of the text that a decision has now."""
    with db.read() as session:
        found = decisions.decision(session, workspace_id=WORKSPACE, decision_id=decision_id)
        assert found
        return found.version


def action(
    db: Database, *, channel: str = FORECAST, number: int = 1, owner: str = ANA, due: date = date(2026, 11, 12)
) -> ActionItem:
    item = ActionItem(0, WORKSPACE, number, channel, f"What {number}", owner, due, due, ActionState.OPEN, CHLOE, NOW)
    with db.write() as session:
        return actions.add(session, item=item, next_at=None)


def run(
    db: Database, *, channel: str = FORECAST, closed_at: datetime | None = NOW, answered: int = 2, blocker: str = "",
    to: str = "channel", facilitator: str = BEN,
) -> Run:  # fmt: skip
    """A run that asked Ana, Chloe and Dev."""
    opened = (closed_at or NOW) - timedelta(hours=4)
    with db.write() as session:
        template = replace(TEMPLATE, post=Post((to,)))
        ritual = Ritual(0, WORKSPACE, channel, template, facilitator, None, None)
        ritual = rituals.add(session, ritual=ritual, at=NOW - timedelta(days=30))
        found = rituals.open_run(
            session, ritual=ritual, occurrence=f"{opened.date()}T09:30", at=opened, skipped=0, skipped_since=None
        )
        assert found
        asked = [
            Prompt(
                0, WORKSPACE, found.id, each, "research" if each == ANA else "ml",
                PromptState.ANSWERED if place < answered else PromptState.SENT, opened, opened,
            )
            for place, each in enumerate((ANA, CHLOE, DEV))
        ]  # fmt: skip
        prompts.add(session, prompts=asked)
        if closed_at:
            rituals.close_run(session, run_id=found.id, at=closed_at)
        if blocker:
            prompt_id = prompts.of_run(session, run_id=found.id)[0].id
            row = BlockerRow(workspace_id=WORKSPACE, run_id=found.id, prompt_id=prompt_id, question_id="blocked",
                             channel_id=channel, title=blocker, raised_by=ANA)  # fmt: skip
            session.add(row)
        return found
