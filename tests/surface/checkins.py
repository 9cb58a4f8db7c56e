"""A weekly sync and what was answered to it, for the tests of what people see of it."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.library import shipped_library
from domain.blockers import Blocker
from domain.cards import RunCard
from domain.people import FUNCTIONS, Person
from domain.runs import Missed, Prompt, PromptState, Response, Run, RunState
from domain.templates import Question, QuestionType, Template

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEEKLY = shipped_library()["weekly-sync"]
BERLINER = Person("T1", "U1", "Ana", "Europe/Berlin")
PATIENT = Question("why", "Why?", QuestionType.LONG, optional=True)
TEAMS = Question("teams", "Whose?", QuestionType.MANY, options=("Legal", "Support"), optional=True)
DAYS = Question("days", "How many days?", QuestionType.NUMBER, condition=(("teams", ("Legal",)),))
TEMPLATE = replace(WEEKLY, ask=(*WEEKLY.ask, PATIENT, TEAMS, DAYS))


def a_run(template: Template = TEMPLATE, **changes: object) -> Run:
    fields = {"state": RunState.CLOSED, "opened_at": NOW} | changes
    return Run(1, "T1", 1, "C1", "2026-11-23T09:30", template, "U0", **fields)  # type: ignore[arg-type] # by name


def a_prompt(number: int = 0, state: PromptState = PromptState.SENT, missed: Missed | None = None) -> Prompt:
    function = FUNCTIONS[number % len(FUNCTIONS)]
    return Prompt(number, "T1", 1, f"U{number}", function, state, NOW, NOW, missed=missed)


def a_response(text: str, number: int = 0) -> Response:
    answers = {"moved": text, "blocked": text, "why": text, "unblocker": "U0", "confidence": "5"}
    return Response(number, answers, NOW, edited_at=NOW, late=True)


def run_card(text: str, size: int, *, blockers: int = 0, **changes: object) -> RunCard:
    people = {f"U{number}": Person("T1", f"U{number}", f"{text[:70]} {number}") for number in range(max(size, 1))}
    prompts = [a_prompt(number, PromptState.ANSWERED) for number in range(size)]
    responses = {number: a_response(text, number) for number in range(size)}
    found = [Blocker(number, "T1", 1, "C1", text[:300] or "x", "U0", NOW, "U0") for number in range(blockers)]
    run = a_run(replace(TEMPLATE, title=text[:24] or "x", purpose=text[:150] or "x"), **changes)
    return RunCard(run, prompts, responses, people, found)
