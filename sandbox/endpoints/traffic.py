"""What went between the sandbox and the app, for whoever wants to see why something did not work."""

import json
from itertools import islice
from typing import Any, TypeGuard

from sandbox.endpoints.fields import whole
from sandbox.errors import PageError
from sandbox.log import Call, Delivery, Entry
from sandbox.state import Json
from sandbox.world import World

MOST_ROWS = 500
MOST_SEARCHED = 2000
"""So many entries are looked through for one request, so that nobody else waits for it."""
EXCERPT = 90
OK = 200

KINDS = {
    "slash_commands": "command",
    "events_api": "event",
    "interactive": "interaction",
}


def traffic(world: World, fields: Json) -> Json:
    """The calls and deliveries from number `since` on, as lines of a list; `again` names lines to read once more.

    Entries have numbers from the beginning of time. `q` looks for a text anywhere in them; a long log is gone through
    a stretch at a time: `next` says where to go on.
    """
    log, words = world.log, fields.get("q", "").lower()
    first = log.count - len(log)
    start = max(first, whole(fields, "since", 0))
    rows: list[Json] = []
    number = start
    for number, entry in enumerate(islice(log.entries, start - first, start - first + MOST_SEARCHED), start):
        if len(rows) == MOST_ROWS:
            break
        if _concerns(entry, world) and (not words or words in _text(entry)):
            rows.append(_row(number, entry))
    else:
        number = min(log.count, start + MOST_SEARCHED)
    numbers = [whole({"again": n}, "again") for n in fields.get("again", "").split(",") if n]
    again = [_row(each, _entry(world, each)) for each in numbers]
    return {"rows": rows, "again": again, "next": number, "count": log.count}


def entry(world: World, fields: Json) -> Json:
    """One of them in full."""
    number = whole(fields, "n")
    found = _entry(world, number)
    about: Json = {"row": _row(number, found)}
    if isinstance(found, Call):
        return {**about, "sent": found.args, "answer": found.answer}
    attempts = [vars(attempt) for attempt in found.tries]
    answer = next((attempt.answer for attempt in reversed(found.tries) if attempt.answer), {})
    return {**about, "sent": found.payload, "answer": answer, "attempts": attempts, "id": found.id}


def _concerns(entry: Entry, world: World) -> TypeGuard[Call | Delivery]:
    return isinstance(entry, Call | Delivery) and entry.workspace in ("", world.workspace.id)


def _entry(world: World, number: int) -> Call | Delivery:
    log = world.log
    at = number - (log.count - len(log))
    found = log.entries[at] if 0 <= at < len(log) else None
    if not isinstance(found, Call | Delivery) or not _concerns(found, world):
        raise PageError("no_such_entry")
    return found


def _text(entry: Call | Delivery) -> str:
    if isinstance(entry, Call):
        whole: tuple[Any, ...] = (entry.method, entry.args, entry.answer)
    else:
        whole = (entry.type, entry.payload, [attempt.answer for attempt in entry.tries])
    return json.dumps(whole, ensure_ascii=False, default=str).lower()


def _row(number: int, entry: Call | Delivery) -> Json:
    if isinstance(entry, Call):
        return {"n": number, "at": entry.at, "kind": "call", "name": entry.method, **_call(entry)}
    kind = KINDS.get(entry.envelope_type, "interaction")
    return {"n": number, "at": entry.at, "kind": kind, "name": entry.type, **_delivery(entry)}


def _call(call: Call) -> Json:
    refused = call.status != OK or not call.answer.get("ok", False)
    return {
        "status": call.status,
        "seconds": call.seconds,
        "refused": refused,
        "error": call.answer.get("error", "") if refused else "",
        "about": _about(call.args, ("channel", "user", "user_id", "users"), ("text", "name", "ts")),
        "is_open": False,
    }


def _delivery(delivery: Delivery) -> Json:
    last = delivery.tries[-1] if delivery.tries else None
    missed = [attempt.reason or "refused" for attempt in delivery.tries if not attempt.acked]
    payload = delivery.payload.get("event") or delivery.payload
    user = payload.get("user") or payload.get("user_id")
    who = {"user": user.get("id") if isinstance(user, dict) else user, "channel": _channel(payload)}
    actions = [action.get("action_id", "") for action in payload.get("actions") or []]
    what = {**payload, "text": payload.get("text") or ", ".join(actions) or payload.get("callback_id", "")}
    return {
        "status": None,
        "seconds": last.seconds if last else None,
        "refused": bool(missed),
        "error": missed[-1] if missed else "",
        "acked": delivery.acked,
        "attempts": delivery.attempts,
        "about": _about({**what, **who}, ("channel", "user"), ("command", "text", "tab", "reaction")),
        "is_open": delivery.acked is None,
    }


def _channel(payload: Json) -> str:
    found = payload.get("channel") or payload.get("channel_id") or (payload.get("item") or {}).get("channel") or ""
    return str(found.get("id", "")) if isinstance(found, dict) else str(found)


def _about(said: Json, ids: tuple[str, ...], words: tuple[str, ...]) -> Json:
    """Who or what is meant, by id, and the beginning of what was said; the page knows the names."""
    text = " ".join(str(said[name]) for name in words if isinstance(said.get(name), str))
    named = [said[name] for name in ids if isinstance(said.get(name), str) and said[name]]
    return {"ids": named[:2], "text": text[:EXCERPT]}


READS = {"traffic": traffic, "traffic/entry": entry}
