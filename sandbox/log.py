"""What the sandbox saw: every Web API call of the app, everything it delivered to it, and what happened between."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from sandbox.state import Json

MOST_ENTRIES = 200_000
"""Kept in memory; a trace keeps all."""


@dataclass(frozen=True)
class Call:
    """A Web API call. `seconds` is how long the answer took, on the machine's clock; it names no token."""

    method: str
    args: Json
    answer: Json
    at: float
    status: int = 200
    workspace: str = ""
    seconds: float = 0.0

    def line(self) -> Json:
        return {"kind": "call", **asdict(self)}


@dataclass(frozen=True)
class Attempt:
    """One try to bring a payload to the app: `seconds` until it confirmed it or was given up."""

    at: float
    seconds: float
    acked: bool
    reason: str | None = None
    answer: Json = field(default_factory=dict)


@dataclass
class Delivery:
    """One payload for the app. `acked` stays None while it is on its way or waits for a retry."""

    id: str
    type: str
    envelope_type: str
    payload: Json
    at: float
    acked: bool | None = None
    tries: list[Attempt] = field(default_factory=list)
    accepts_response: bool = False
    retry_reason: str | None = None

    @property
    def attempts(self) -> int:
        return len(self.tries)

    @property
    def workspace(self) -> str:
        team = self.payload.get("team_id") or (self.payload.get("team") or {}).get("id", "")
        return str(team)

    def envelope(self, envelope_id: str) -> Json:
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": self.envelope_type,
            "payload": self.payload,
            "accepts_response_payload": self.accepts_response,
        }
        if self.envelope_type == "events_api":
            envelope |= {"retry_attempt": self.attempts, "retry_reason": self.retry_reason or ""}
        return envelope

    def to_dict(self) -> Json:
        return {"id": self.id, "type": self.type, "at": self.at, "acked": self.acked, "payload": self.payload}

    def line(self, attempt: Attempt) -> Json:
        about = {"kind": "delivery", "workspace": self.workspace, "id": self.id, "type": self.type}
        return {**about, "payload": self.payload, "attempt": len(self.tries) - 1, **asdict(attempt)}


@dataclass(frozen=True)
class Note:
    """Something that happened: a message appeared, somebody did something, time jumped."""

    kind: str
    at: float
    workspace: str
    details: Json

    def line(self) -> Json:
        where = {"workspace": self.workspace} if self.workspace else {}
        return {"kind": self.kind, "at": self.at, **where, **self.details}


Entry = Call | Delivery | Note


class Log:
    """The newest entries, and all of them in `trace`, a file with one JSON object a line, if one is given."""

    def __init__(self, trace: Path | None = None) -> None:
        self.entries: deque[Entry] = deque(maxlen=MOST_ENTRIES)
        self.count = 0
        """How many there have been."""
        self._trace: TextIO | None = trace.open("a", encoding="utf-8") if trace else None

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.count += 1
        if not isinstance(entry, Delivery):
            self._write(entry.line())

    def tried(self, delivery: Delivery, attempt: Attempt) -> None:
        delivery.tries.append(attempt)
        self._write(delivery.line(attempt))

    def calls(self, method: str) -> list[Call]:
        return [entry for entry in list(self.entries) if isinstance(entry, Call) and entry.method == method]

    def deliveries(self) -> list[Delivery]:
        return [entry for entry in list(self.entries) if isinstance(entry, Delivery)]

    def notes(self, kind: str) -> list[Note]:
        return [entry for entry in list(self.entries) if isinstance(entry, Note) and entry.kind == kind]

    def close(self) -> None:
        if self._trace:
            self._trace.close()
            self._trace = None

    def _write(self, line: Json) -> None:
        if self._trace:
            self._trace.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
            self._trace.flush()

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self.entries))

    def __len__(self) -> int:
        return len(self.entries)
