"""The addresses an app may answer to: five times within thirty minutes of what they answer."""

from dataclasses import dataclass

from sandbox.ids import Ids

SECONDS = 30 * 60
TIMES = 5


@dataclass
class ResponseUrl:
    channel: str
    user: str
    expires: float
    message_ts: str | None
    thread_ts: str | None
    left: int = TIMES


class ResponseUrls:
    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._urls: dict[str, ResponseUrl] = {}

    def new(
        self, channel: str, user: str, *, now: float, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        """The id of a new address; `message_ts` is the message it may replace."""
        key = self._ids.new("R")
        self._urls[key] = ResponseUrl(channel, user, now + SECONDS, message_ts, thread_ts)
        return key

    def find(self, key: str) -> ResponseUrl | None:
        return self._urls.get(key)
