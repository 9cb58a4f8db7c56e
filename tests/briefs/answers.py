"""Answers of a model for tests: an honest one, of which each test spoils a part."""

from collections.abc import Callable
from random import Random
from typing import Any

from briefs.checks.drafts import Check
from briefs.checks.outcome import Checked, check
from briefs.preparing import Request, prepare
from briefs.schema import Answer
from domain.threads import Message, Thread
from tests.briefs.talk import BEGUN, said, talk

LINK = "https://docs.example/plan?a=1"
THREAD = (
    "ana: Shall we move the launch to 14 December? The plan is at https://docs.example/plan?a=1",
    "ben: The tests need two more weeks, so I would move it",
    "cleo: I am worried about the customers who wait since 3 October",
    said("ana", "Ok, we move the launch to 14 December.", reactions={"+1": ["ben", "dan"]}),
    said("dan", "Ben Okafor please write to the customers by Friday", mentions=["ben"]),
    said("ci", "Build 4711 is green", is_bot=True),
    "ben: Who tells the press?",
)

Answered = dict[str, Any]
Spoil = Callable[[Answered, list[str]], object]
"""Takes the answer and the ids of the messages in their order."""


def request_of(*messages: Message | str, seed: int = 1) -> Request:
    return request_for(talk(*messages), seed)


def request_for(thread: Thread, seed: int = 1) -> Request:
    (request,) = prepare(thread, chance=chance(seed), room=100_000)
    return request


def chance(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311 - no secret hangs on it


def claim(text: str, *cited: str) -> Answered:
    return {"text": text, "sources": list(cited)}


def task(text: str, *cited: str, owner: str = "", phrase: str = "", day: str = "", quote: str = "") -> Answered:
    return {**claim(text, *cited), "owner": owner, "due_phrase": phrase, "due_date": day, "quote": quote}


def dissent(speaker: str, text: str, *cited: str, quote: str = "") -> Answered:
    return {**claim(text, *cited), "speaker": speaker, "quote": quote}


def decision(status: str, text: str, *cited: str, quote: str = "") -> Answered:
    return {**claim(text, *cited), "status": status, "quote": quote}


def empty(request: Request) -> Answered:
    return {
        "language": "en",
        "first_id": request.first_id,
        "last_id": request.last_id,
        "question": claim(""),
        "context": [],
        "options": [],
        "decision": decision("none", ""),
        "rationale": [],
        "dissent": [],
        "open_questions": [],
        "action_items": [],
    }


def honest(request: Request) -> Answered:
    """Of THREAD: P1 is Ana, P2 Ben, P3 Cleo, P4 Dan."""
    ids = [each.id for each in request.all_lines]
    option = {
        "label": "Move the launch to 14 December",
        "sources": [ids[0]],
        "pros": [claim("The tests need more weeks", ids[1])],
        "cons": [claim("The customers wait since 3 October", ids[2])],
    }
    return empty(request) | {
        "question": claim("Shall the launch be moved to 14 December?", ids[0]),
        "context": [claim(f"The plan of the launch is at {LINK}", ids[0])],
        "options": [option],
        "decision": decision(
            "decided", "The launch moves to 14 December", ids[3], quote="we move the launch to 14 December"
        ),
        "rationale": [claim("The tests need two more weeks", ids[1])],
        "dissent": [
            dissent("P3", "P3 is worried about the customers", ids[2], quote="I am worried about the customers")
        ],
        "open_questions": [claim("Who tells the press?", ids[6])],
        "action_items": [
            task(
                "Write to the customers",
                ids[4],
                owner="P2",
                phrase="by Friday",
                day="2026-11-27",
                quote="please write to the customers",
            )
        ],
    }


def checked(spoil: Spoil | None = None, *, without: Check | None = None) -> Checked:
    """The honest answer after something was done to it."""
    request = request_of(*THREAD)
    answer = honest(request)
    if spoil:
        spoil(answer, [each.id for each in request.all_lines])
    return check(Answer.model_validate(answer), request, without=without)


def decided(text: str = "The launch moves", place: int = 3, *, status: str = "decided", quote: str) -> Spoil:
    return lambda answer, ids: answer.update(decision=decision(status, text, ids[place], quote=quote))


def context(text: str, *places: int, also: tuple[str, ...] = ()) -> Spoil:
    return lambda answer, ids: answer.update(context=[claim(text, *(ids[place] for place in places), *also)])


def tasks(*places: int, **said: str) -> Spoil:
    quoted = {"quote": "please write to the customers", **said}
    return lambda answer, ids: answer.update(
        action_items=[task("Write to the customers", *(ids[place] for place in places), **quoted)]
    )


def ts(place: int) -> str:
    return f"{BEGUN.timestamp() + 60 * place:.6f}"


def first_context(spoil: Spoil) -> Any:
    return checked(spoil).brief.context[0]
