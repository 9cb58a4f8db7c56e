"""What the sandbox saw: every Web API call of the app, and everything it delivered to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.state import Json


@dataclass(frozen=True)
class Call:
    method: str
    args: Json
    answer: Json
    at: float
    status: int = 200


@dataclass
class Delivery:
    """One payload for the app. `acked` stays None while it is on its way or waits for a retry."""

    id: str
    type: str
    envelope_type: str
    payload: Json
    at: float
    acked: bool | None = None
    attempts: int = 0
    accepts_response: bool = False
    retry_reason: str | None = None

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


@dataclass
class Log:
    entries: list[Call | Delivery] = field(default_factory=list)

    def add(self, entry: Call | Delivery) -> None:
        self.entries.append(entry)

    def calls(self, method: str) -> list[Call]:
        return [entry for entry in self.entries if isinstance(entry, Call) and entry.method == method]

    def deliveries(self) -> list[Delivery]:
        return [entry for entry in self.entries if isinstance(entry, Delivery)]

    def __iter__(self) -> Iterator[Call | Delivery]:
        return iter(list(self.entries))

    def __len__(self) -> int:
        return len(self.entries)
