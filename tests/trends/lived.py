"""Weeks that have gone by, written as rows: runs that closed, decisions and action items."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.decision_states import DecisionState
from domain.decisions import Decision, DecisionForm
from domain.runs import Prompt, PromptState, Ritual, Run
from domain.templates import Template
from storage import actions, decisions, prompts, rituals
from storage.engine import Database
from storage.numbers import next_number
from tests.records import TEMPLATE
from tests.team import FORECAST, WORKSPACE

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def ritual(
    db: Database, *, workspace: str = WORKSPACE, channel: str = FORECAST, template: Template = TEMPLATE, by: str = ""
) -> Ritual:
    with db.write() as session:
        new = Ritual(0, workspace, channel, template, by, None, None)
        return rituals.add(session, ritual=new, at=datetime.fromisoformat("2026-01-05T09:00+00:00"))


def closed(db: Database, of: Ritual, at: datetime, asked: Mapping[str, tuple[str, bool]]) -> Run:
    """A run that closed then; `asked` is by person their function, and whether they answered."""
    with db.write() as session:
        run = rituals.open_run(
            session, ritual=of, occurrence=f"{at:%Y-%m-%dT%H:%M}", at=at - 4 * HOUR, skipped=0, skipped_since=None
        )
        assert run
        found = [
            Prompt(
                0, of.workspace_id, run.id, person_id, function,
                PromptState.ANSWERED if answered else PromptState.SENT, at - 4 * HOUR, at,
            )
            for person_id, (function, answered) in asked.items()
        ]  # fmt: skip
        prompts.add(session, prompts=found)
        rituals.close_run(session, run_id=run.id, at=at)
        return run


def decided(
    db: Database, *, by: str, at: datetime, days: float, workspace: str = WORKSPACE, channel: str = FORECAST,
    state: DecisionState = DecisionState.ACCEPTED,
) -> Decision:  # fmt: skip
    with db.write() as session:
        number = next_number(session, workspace_id=workspace, counter="decisions")
        form = DecisionForm(f"Choice {number}", "Ship it", "Cheaper", by)
        proposed = at - timedelta(days=days)
        decided_at = None if state is DecisionState.PROPOSED else at
        new = Decision(0, workspace, number, channel, form, state, by, proposed, decided_at=decided_at)
        return decisions.add(session, decision=new, next_at=None)


def promised(
    db: Database, *, by: str, at: datetime, ended: datetime | None = None, workspace: str = WORKSPACE,
    channel: str = FORECAST, state: ActionState = ActionState.DONE,
) -> ActionItem:  # fmt: skip
    with db.write() as session:
        number = next_number(session, workspace_id=workspace, counter="actions")
        due = (at + WEEK).date()
        new = ActionItem(0, workspace, number, channel, f"Task {number}", by, due, due, ActionState.OPEN, by, at)
        item = actions.add(session, item=new, next_at=None)
        if ended:
            actions.save(session, item=replace(item, state=state), next_at=None, now=ended)
        return item
