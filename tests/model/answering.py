"""What the stand-in answers: honestly by rules, sloppily, or whatever the thread told it to."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from tests.model.server import Exchange, Mode, Recorded, completion

Answered = dict[str, Any]
Lines = Sequence[Mapping[str, Any]]
_MOST_WORDS = 9
_MOST_SIGNS = 60
_LEAST_LETTERS = 12
_DECIDES = re.compile(
    r"\b(?:decided?|agreed|we (?:move|take|go|keep|approve|do)|let's|beschlossen|einigen)\b", re.IGNORECASE
)
_OBJECTS = re.compile(r"\b(?:worried|object|disagree|against|concern|bedenken)", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:please|will|can you|bitte|todo|action)\b", re.IGNORECASE)
_DUE = re.compile(r"\b(?:by )?(?:monday|tuesday|wednesday|thursday|friday|tomorrow)\b", re.IGNORECASE)
_PERSON = re.compile(r"\bP\d+\b")


def empty(lines: Lines) -> Answered:
    return {
        "language": "en",
        "first_id": lines[0]["id"],
        "last_id": lines[-1]["id"],
        "question": {"text": "", "sources": []},
        "context": [],
        "options": [],
        "decision": {"status": "none", "text": "", "quote": "", "sources": []},
        "rationale": [],
        "dissent": [],
        "open_questions": [],
        "action_items": [],
    }


def honest_answer(lines: Lines) -> Answered:
    """Each statement is the begin of one message; what it quotes stands there."""
    said = [each for each in lines if each["by"].startswith("P") and _says_something(each)]
    if not said:
        return empty(lines)
    asked = [each for each in said if "?" in each["text"] or "\uff1f" in each["text"]]
    question, *unanswered = asked or said[:1]
    decision = next((each for each in reversed(said) if _is_decision(each) and each is not question), None)
    left = [each for each in said if each not in (question, decision)]
    objections = [each for each in left if _OBJECTS.search(each["text"])]
    tasks = [each for each in left if _ASKS.search(each["text"]) and each not in objections]
    rest = [each for each in left if each not in [*objections, *tasks, *unanswered]]
    return empty(lines) | {
        "question": _claim(question),
        "context": [_claim(each) for each in rest[:4]],
        "options": [{**_claim(question, name="label"), "pros": [_claim(each) for each in rest[4:6]], "cons": []}],
        "decision": {"status": "decided", **_quoting(decision)} if decision else empty(lines)["decision"],
        "rationale": [_claim(each) for each in rest[6:8]],
        "dissent": [{"speaker": each["by"], **_quoting(each)} for each in objections[:8]],
        "open_questions": [_claim(each) for each in unanswered[-2:]],
        "action_items": [_task(each) for each in tasks[:8]],
    }


def _is_decision(line: Mapping[str, Any]) -> bool:
    return bool(_DECIDES.search(line["text"])) or line.get("re", {}).get("+1", 0) > 1


def _says_something(line: Mapping[str, Any]) -> bool:
    """What is shorter cannot be quoted."""
    return line["text"] != "[deleted]" and len(re.findall(r"\w", _begin(line))) > _LEAST_LETTERS


def _begin(line: Mapping[str, Any]) -> str:
    words = str(line["text"]).split()[:_MOST_WORDS]
    while len(words) > 1 and len(" ".join(words)) > _MOST_SIGNS:
        words.pop()
    return " ".join(words)[:_MOST_SIGNS]


def _claim(line: Mapping[str, Any], *, name: str = "text") -> Answered:
    return {name: _begin(line), "sources": [line["id"]]}


def _quoting(line: Mapping[str, Any]) -> Answered:
    return {**_claim(line), "quote": _begin(line)}


def _task(line: Mapping[str, Any]) -> Answered:
    owners, due = _PERSON.findall(line["text"]), _DUE.search(line["text"])
    named = {"owner": owners[0] if owners else line["by"], "due_phrase": due[0] if due else "", "due_date": ""}
    return {**_quoting(line), **named}


def content(exchange: Exchange) -> str:
    """The honest answer. To an answer that is to be repaired it is that of the request before."""
    return json.dumps(honest_answer(thread_of(exchange)), ensure_ascii=False)


def thread_of(exchange: Exchange) -> Lines:
    requests = exchange.model.requests
    before = requests[: requests.index(exchange.request) + 1]
    return next(each.lines for each in reversed(before) if each.lines)


def honest(exchange: Exchange) -> None:
    exchange.send(200, completion(content(exchange), exchange.request))


def answering(make: Callable[[Lines], Answered]) -> Mode:
    """Obedient: what the test says, given the lines that were sent; what it leaves out is empty."""

    def answer(exchange: Exchange) -> None:
        lines = thread_of(exchange)
        exchange.send(200, completion(json.dumps(empty(lines) | make(lines)), exchange.request))

    return answer


def id_of(lines: Lines, words: str) -> str:
    """Of the message that says it; an id that was never given if none does."""
    return next((str(each["id"]) for each in lines if words in each["text"]), "zzzz")


WRONG_ID, ALTERED_QUOTE, UNKNOWN_OWNER, FOREIGN_LINK, SWAPPED_SOURCE = (
    "wrong id",
    "altered quote",
    "unknown owner",
    "foreign link",
    "swapped source",
)
FOREIGN = "https://evil.example/collect"


def sloppy(seed: int, *kinds: str, share: float = 0.3) -> Mode:
    """Honest, but that share of what can be spoilt in these ways is spoilt; `model.injected` says what."""

    def answer(exchange: Exchange) -> None:
        lines = thread_of(exchange)
        spoilt = honest_answer(lines)
        chance = Random(f"{seed} {lines[0]['text']}")  # noqa: S311 - no secret hangs on it
        for claim in _claims(spoilt):
            for kind in kinds:
                if chance.random() < share and _SPOIL[kind](claim, lines, chance):
                    exchange.model.injected.append(kind)
        exchange.send(200, completion(json.dumps(spoilt), exchange.request))

    return answer


def _claims(answer: Answered) -> list[Answered]:
    options = [one for option in answer["options"] for one in (*option["pros"], *option["cons"])]
    lists = [answer[part] for part in ("context", "rationale", "dissent", "open_questions", "action_items")]
    found = [answer["question"], answer["decision"], *options, *(one for said in lists for one in said)]
    return [each for each in found if each["text"]]


def _wrong_id(claim: Answered, lines: Lines, chance: Random) -> bool:
    claim["sources"] = ["".join(chance.choices("lo01", k=4))]
    return True


def _altered_quote(claim: Answered, lines: Lines, chance: Random) -> bool:
    if not claim.get("quote"):
        return False
    place = chance.randrange(len(claim["quote"]))
    claim["quote"] = f"{claim['quote'][:place]} surely not {claim['quote'][place:]}"
    return True


def _unknown_owner(claim: Answered, lines: Lines, chance: Random) -> bool:
    if "owner" not in claim:
        return False
    claim["owner"] = chance.choice(["P99", "U0ADMIN99", "Eve"])
    return True


def _foreign_link(claim: Answered, lines: Lines, chance: Random) -> bool:
    claim["text"] += chance.choice([f" {FOREIGN}", f" [see]({FOREIGN})", f" <{FOREIGN}|here>", " evil.example/collect"])
    return True


def _swapped_source(claim: Answered, lines: Lines, chance: Random) -> bool:
    others = [each["id"] for each in lines if each["id"] not in claim["sources"] and each["text"] != "[deleted]"]
    if not others:
        return False
    claim["sources"] = [chance.choice(others)]
    return True


_SPOIL: Mapping[str, Callable[[Answered, Lines, Random], bool]] = {
    WRONG_ID: _wrong_id,
    ALTERED_QUOTE: _altered_quote,
    UNKNOWN_OWNER: _unknown_owner,
    FOREIGN_LINK: _foreign_link,
    SWAPPED_SOURCE: _swapped_source,
}


def texts(request: Recorded) -> list[str]:
    return [str(each["text"]) for each in request.lines]
