"""The only Slack client. Every call is made once: whether and when it is tried again is decided by the caller."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from surface.kit import Json, Message

DELIVERY_SECONDS = 10
FORM_SECONDS = 1.5
"""A trigger lives three seconds, and the acknowledgement waits for the form to open."""
METADATA_TYPE = "muster_delivery"
PAGE = 200
LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})


class SlackRefused(Exception):
    """Slack said no. `permanent`: it will say so again; otherwise the call did nothing and may be made again."""

    def __init__(self, error: str, *, permanent: bool) -> None:
        self.error = error
        self.permanent = permanent
        super().__init__(error)


class SlackLimited(Exception):
    """Slack asked to wait; the call did nothing."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} s")


class SlackUnclear(Exception):
    """No answer, or a server error: the call may or may not have done its work."""


@dataclass(frozen=True)
class Posted:
    channel: str
    ts: str


class Slack:
    """Calls the Web API with one workspace's token. Raises SlackRefused, SlackLimited and SlackUnclear."""

    def __init__(self, token: str, base_url: str = WebClient.BASE_URL) -> None:
        # The SDK's own retries would post twice.
        self._client = WebClient(token, base_url, timeout=DELIVERY_SECONDS, retry_handlers=[])
        self._forms = WebClient(token, base_url, timeout=FORM_SECONDS, retry_handlers=[])  # type: ignore[arg-type] # seconds may be a fraction

    def post(self, channel: str, message: Message, delivery_id: str, thread_ts: str | None = None) -> Posted:
        found = self._call(
            "chat.postMessage",
            {
                "channel": channel,
                "text": message.text,
                "blocks": message.blocks,
                "metadata": {"event_type": METADATA_TYPE, "event_payload": {"id": delivery_id}},
                "unfurl_links": False,
                "unfurl_media": False,
                **({"thread_ts": thread_ts} if thread_ts else {}),
            },
        )
        return Posted(found["channel"], found["ts"])

    def update(self, posted: Posted, message: Message) -> None:
        arguments = {"channel": posted.channel, "ts": posted.ts, "text": message.text, "blocks": message.blocks}
        self._call("chat.update", arguments)

    def publish(self, person_id: str, view: Json) -> None:
        self._call("views.publish", {"user_id": person_id, "view": view})

    def find(self, channel: str, delivery_id: str, since: datetime, thread_ts: str | None = None) -> Posted | None:
        """Looks for the message of a delivery in everything posted to a conversation since a moment."""
        where: Json = {"channel": channel, "oldest": f"{since.timestamp():.6f}", "include_all_metadata": True}
        method = "conversations.history"
        if thread_ts:
            method, where = "conversations.replies", {**where, "ts": thread_ts}
        for found in self._pages(method, where, "messages"):
            if found.get("metadata", {}).get("event_payload", {}).get("id") == delivery_id:
                return Posted(channel, found["ts"])
        return None

    def open_direct(self, person_id: str) -> str:
        found = self._call("conversations.open", {"users": person_id})
        return str(found["channel"]["id"])

    def whoami(self) -> tuple[Json, frozenset[str]]:
        """auth.test with Slack's own time as `date`, and the scopes that the token has been granted."""
        found = self._call("auth.test", {})
        headers = {name.lower(): value for name, value in (found.headers or {}).items()}
        scopes = headers.get("x-oauth-scopes", "")
        text = scopes if isinstance(scopes, str) else ",".join(scopes)
        me: Json = {**found.data, "date": headers.get("date")}  # type: ignore[dict-item] # JSON is never bytes here
        return me, frozenset(scope.strip() for scope in text.split(",") if scope.strip())

    def check_app_token(self, token: str) -> None:
        """Asks for a Socket Mode address with the app's own token, and does not use it."""
        self._call("apps.connections.open", {}, WebClient(token, self._client.base_url, timeout=DELIVERY_SECONDS))

    def people(self) -> Iterator[Json]:
        return self._pages("users.list", {}, "members")

    def channels(self) -> Iterator[Json]:
        """The channels the bot is in."""
        return self._pages("users.conversations", {"types": "public_channel,private_channel"}, "channels")

    def channel(self, channel_id: str) -> Json:
        found: Json = self._call("conversations.info", {"channel": channel_id})["channel"]
        return found

    def members(self, channel_id: str) -> list[str]:
        return list(self._pages("conversations.members", {"channel": channel_id}, "members"))

    def open_view(self, trigger_id: str, view: Json) -> None:
        self._call("views.open", {"trigger_id": trigger_id, "view": view}, self._forms)

    def push_view(self, trigger_id: str, view: Json) -> None:
        self._call("views.push", {"trigger_id": trigger_id, "view": view}, self._forms)

    def update_view(self, view_id: str, view: Json, seen_hash: str) -> None:
        self._call("views.update", {"view_id": view_id, "view": view, "hash": seen_hash}, self._forms)

    def _pages(self, method: str, arguments: Json, key: str) -> Iterator[Any]:
        cursor = ""
        while True:
            found = self._call(method, {**arguments, "limit": PAGE, **({"cursor": cursor} if cursor else {})})
            yield from found[key]
            cursor = _next_cursor(found)
            if not cursor:
                return

    def _call(self, method: str, arguments: Json, client: WebClient | None = None) -> SlackResponse:
        try:
            return (client or self._client).api_call(method, json=arguments)
        except SlackApiError as error:
            raise _what_it_means(error) from error
        except OSError as error:
            # Refused and unreachable hosts are OSErrors as well as timeouts: unclear is the safe reading.
            raise SlackUnclear(type(error).__name__) from error


def _next_cursor(found: SlackResponse) -> str:
    metadata: Json = found.get("response_metadata") or {}
    return str(metadata.get("next_cursor", ""))


def _what_it_means(error: SlackApiError) -> Exception:
    response: Any = error.response
    status, said = response.status_code, str(response.get("error"))
    if status == HTTPStatus.TOO_MANY_REQUESTS or said in LIMITED:
        return SlackLimited(int(response.headers.get("Retry-After", 1)))
    is_code = said.replace("_", "").isalnum()  # A page of HTML from a proxy is none.
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or said in PASSING or not is_code:
        return SlackUnclear(f"{status} {said}")
    return SlackRefused(said, permanent=True)
