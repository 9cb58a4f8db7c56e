"""The only Slack client. Every call is made once: whether and when it is tried again is decided by the caller."""

import math
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from surface.kit import Json, Message, Picture, cut

DELIVERY_SECONDS = 10
FORM_SECONDS = 1.5
"""A trigger lives three seconds, and the acknowledgement waits for the form to open."""
POST, UPDATE, PUBLISH = "chat.postMessage", "chat.update", "views.publish"
RESPOND = "response_url"
UPLOAD, SHARE = "files.getUploadURLExternal", "files.completeUploadExternal"
"""Slack's own library calls the one, sends the file, and calls the other."""
ALT_LIMIT = 1000
METADATA_TYPE = "muster_delivery"
PEOPLE, CHANNELS, CHANNEL = "users.list", "users.conversations", "conversations.info"
MEMBERS, USER_GROUPS = "conversations.members", "usergroups.list"
PROFILE, PROFILE_FIELDS = "users.profile.get", "team.profile.get"
PAGE = 200
LARGE_PAGE = 999
"""Of short rows: Slack takes few such calls a minute, and fewer than 1,000 rows at once."""
UNSAID_SECONDS = 5
"""How long to wait when Slack does not say."""
LONGEST_SECONDS = 3600
"""Waits no longer at a time, whatever stands between here and Slack says."""
LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})


class SlackRefused(Exception):
    """Slack said no, and would say so again; the call did nothing."""

    def __init__(self, error: str) -> None:
        self.error = error
        super().__init__(error)


class SlackLimited(Exception):
    """Slack asked to wait with this method; the call did nothing."""

    def __init__(self, method: str, seconds: int) -> None:
        self.method = method
        self.seconds = seconds
        super().__init__(f"wait {seconds} s")


class SlackUnclear(Exception):
    """No answer, or a server error: the call may or may not have done its work."""

    def __init__(self, method: str, why: str) -> None:
        self.method = method
        super().__init__(why)


Page = tuple[list[Any], str]
"""Part of a list, and the cursor of what follows; it is empty at the end."""


@dataclass(frozen=True)
class Posted:
    channel: str
    ts: str


@cache
def certificates() -> ssl.SSLContext:
    """Whom this machine trusts, read once: left to itself, the SDK reads it anew for each call and each connection."""
    return ssl.create_default_context()


class Slack:
    """Calls the Web API with one workspace's token. Raises SlackRefused, SlackLimited and SlackUnclear."""

    def __init__(self, token: str, base_url: str = WebClient.BASE_URL) -> None:
        # The SDK's own retries would post twice.
        tls = certificates() if base_url.startswith("https:") else None
        self._client = WebClient(token, base_url, timeout=DELIVERY_SECONDS, ssl=tls, retry_handlers=[])
        self._forms = WebClient(token, base_url, timeout=FORM_SECONDS, ssl=tls, retry_handlers=[])  # type: ignore[arg-type] # seconds may be a fraction

    def post(
        self,
        channel: str,
        message: Message,
        delivery_id: str,
        thread_ts: str | None = None,
        *,
        is_broadcast: bool = False,
    ) -> Posted:
        """`is_broadcast`: a reply that is shown in the channel as well."""
        found = self._call(
            POST,
            {
                "channel": channel,
                "text": message.text,
                "blocks": message.blocks,
                "metadata": {"event_type": METADATA_TYPE, "event_payload": {"id": delivery_id}},
                "unfurl_links": False,
                "unfurl_media": False,
                **({"thread_ts": thread_ts, "reply_broadcast": is_broadcast} if thread_ts else {}),
            },
        )
        return Posted(found["channel"], found["ts"])

    def update(self, posted: Posted, message: Message) -> Posted:
        arguments = {"channel": posted.channel, "ts": posted.ts, "text": message.text, "blocks": message.blocks}
        self._call(UPDATE, arguments)
        return posted

    def publish(self, person_id: str, view: Json) -> None:
        self._call(PUBLISH, {"user_id": person_id, "view": view})

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

    def message(self, channel: str, ts: str) -> Json | None:
        """One message, in a thread or not; None if it is no longer there. As quick as a form: somebody waits."""
        where = {"channel": channel, "ts": ts, "oldest": ts, "latest": ts, "inclusive": True, "limit": PAGE}
        found = _made(self._forms, "conversations.replies", data=where)["messages"]
        return next((each for each in found if each["ts"] == ts), None)

    def thread(self, channel: str, ts: str, cursor: str = "") -> Page:
        """Some of its messages, the oldest first; the one it began with comes first on the first page."""
        return self._page("conversations.replies", {"channel": channel, "ts": ts}, "messages", cursor, PAGE)

    def newer(self, channel: str, thread_ts: str, since: str) -> int:
        """How many messages of people have come into a thread after that one."""
        where = {"channel": channel, "ts": thread_ts, "oldest": since}
        found = self._pages("conversations.replies", where, "messages")
        return sum(float(each["ts"]) > float(since) and "bot_id" not in each for each in found)

    def upload(self, channel: str, name: str, content: str, comment: str) -> None:
        """Shares a file in a conversation; after a SlackUnclear it may be there all the same."""
        self._upload(channel=channel, filename=name, content=content, initial_comment=comment)

    def reply_with(self, posted: Posted, picture: Picture) -> None:
        """Shares a picture in the thread of a message; after a SlackUnclear it may be there all the same."""
        place = {"channel": posted.channel, "thread_ts": posted.ts, "initial_comment": picture.alt}
        self._upload(**place, filename=picture.name, content=picture.content, alt_txt=cut(picture.alt, ALT_LIMIT))

    def keep(self, picture: Picture) -> str:
        """Uploads a picture that a message is to show, and answers its id. Nobody sees it before that."""
        alt = cut(picture.alt, ALT_LIMIT)
        return str(self._upload(filename=picture.name, content=picture.content, alt_txt=alt)["files"][0]["id"])

    def _upload(self, **arguments: Any) -> SlackResponse:
        try:
            return self._client.files_upload_v2(**arguments)
        except SlackApiError as error:
            raise _what_it_means(UPLOAD, error) from error
        except (OSError, HTTPException, UnicodeDecodeError, SlackRequestError) as error:
            raise SlackUnclear(UPLOAD, type(error).__name__) from error

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
        known = self._client
        client = WebClient(token, known.base_url, timeout=DELIVERY_SECONDS, ssl=known.ssl, retry_handlers=[])
        self._call("apps.connections.open", {}, client)

    def people(self, cursor: str = "") -> Page:
        return self._page(PEOPLE, {}, "members", cursor, LARGE_PAGE)

    def channels(self) -> Iterator[Json]:
        """The channels the bot is in."""
        return self._pages(CHANNELS, {"types": "public_channel,private_channel"}, "channels", LARGE_PAGE)

    def channel(self, channel_id: str) -> Json:
        found: Json = self._read(CHANNEL, {"channel": channel_id})["channel"]
        return found

    def members(self, channel_id: str, cursor: str = "") -> Page:
        """The ids of the people in a channel."""
        return self._page(MEMBERS, {"channel": channel_id}, "members", cursor, LARGE_PAGE)

    def user_groups(self) -> dict[str, list[str]]:
        """The ids of the people of every user group, by its id."""
        found = self._read(USER_GROUPS, {"include_users": True})
        return {each["id"]: list(each.get("users") or ()) for each in found["usergroups"]}

    def profile_fields(self) -> dict[str, str]:
        """The labels of the workspace's own fields in people's profiles, by their ids."""
        return {each["id"]: each.get("label", "") for each in self._read(PROFILE_FIELDS, {})["profile"]["fields"]}

    def profile(self, person_id: str) -> dict[str, str]:
        """What somebody has filled in there. Where that is nothing, Slack sends a list."""
        found = self._read(PROFILE, {"user": person_id})["profile"].get("fields") or {}
        return {each: str(value.get("value") or "") for each, value in found.items()}

    def respond(self, url: str, answer: Json) -> None:
        """Posts to a response_url, which takes five answers within thirty minutes of what it answers."""
        client = WebhookClient(url, timeout=DELIVERY_SECONDS, retry_handlers=[])
        try:
            said = client.send_dict(answer)
        except (OSError, HTTPException, UnicodeDecodeError) as error:
            raise SlackUnclear(RESPOND, type(error).__name__) from error
        if said.status_code != HTTPStatus.OK:
            raise _meant_by(RESPOND, said.status_code, said.body, said.headers)

    def open_view(self, trigger_id: str, view: Json) -> Json:
        """Answers the view as Slack shows it, with its id and hash."""
        found: Json = self._call("views.open", {"trigger_id": trigger_id, "view": view}, self._forms)["view"]
        return found

    def push_view(self, trigger_id: str, view: Json) -> Json:
        found: Json = self._call("views.push", {"trigger_id": trigger_id, "view": view}, self._forms)["view"]
        return found

    def update_view(self, view_id: str, view: Json, seen_hash: str) -> bool:
        """A form that has changed since it was seen stays as it is: a click that came meanwhile has been drawn; without
        a hash it changes all the same. One that has been closed needs nothing. Answers whether it has changed it."""
        seen = {"hash": seen_hash} if seen_hash else {}
        try:
            self._call("views.update", {"view_id": view_id, "view": view, **seen}, self._forms)
        except SlackRefused as refused:
            if refused.error not in ("hash_conflict", "not_found"):
                raise
            return False
        return True

    def _pages(self, method: str, arguments: Json, key: str, limit: int = PAGE) -> Iterator[Any]:
        found, cursor = self._page(method, arguments, key, "", limit)
        yield from found
        while cursor:
            found, cursor = self._page(method, arguments, key, cursor, limit)
            yield from found

    def _page(self, method: str, arguments: Json, key: str, cursor: str, limit: int) -> Page:
        found = self._read(method, {**arguments, "limit": limit, **({"cursor": cursor} if cursor else {})})
        return found[key], _next_cursor(found)

    def _call(self, method: str, arguments: Json, client: WebClient | None = None) -> SlackResponse:
        return _made(client or self._client, method, json=arguments)

    def _read(self, method: str, arguments: Json) -> SlackResponse:
        """Slack's methods that read take no JSON."""
        return _made(self._client, method, data=arguments)


def _made(client: WebClient, method: str, **arguments: Json) -> SlackResponse:
    try:
        return client.api_call(method, **arguments)  # type: ignore[arg-type] # json= or data=, both of which are objects
    except SlackApiError as error:
        raise _what_it_means(method, error) from error
    except (OSError, HTTPException, UnicodeDecodeError) as error:
        # Refused and unreachable hosts are OSErrors as well as timeouts: unclear is the safe reading.
        raise SlackUnclear(method, type(error).__name__) from error


def _next_cursor(found: SlackResponse) -> str:
    metadata: Json = found.get("response_metadata") or {}
    return str(metadata.get("next_cursor", ""))


def _what_it_means(method: str, error: SlackApiError) -> Exception:
    response: Any = error.response
    return _meant_by(method, response.status_code, str(response.get("error")), response.headers)


def _meant_by(method: str, status: int, said: str, headers: Mapping[str, str]) -> Exception:
    if status == HTTPStatus.TOO_MANY_REQUESTS or said in LIMITED:
        return SlackLimited(method, _seconds_to_wait(headers))
    is_code = said.replace("_", "").isalnum()  # A page of HTML from a proxy is none.
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or said in PASSING or not is_code:
        return SlackUnclear(method, f"{status} {said}")
    return SlackRefused(said)


def _seconds_to_wait(headers: Mapping[str, str]) -> int:
    """Slack gives whole seconds; a proxy may give a date, which is read by its own clock."""
    found = {name.lower(): value for name, value in headers.items()}
    given = found.get("retry-after", "").strip()
    if given.isdecimal():
        seconds = float(given)
    else:
        try:
            seconds = (parsedate_to_datetime(given) - parsedate_to_datetime(found.get("date", ""))).total_seconds()
        except (TypeError, ValueError):
            seconds = UNSAID_SECONDS
    return math.ceil(min(max(seconds, 1), LONGEST_SECONDS))
