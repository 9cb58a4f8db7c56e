"""Payloads as signed HTTP requests to the addresses in the manifest."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import urlencode

import httpx2

from sandbox import strict_json
from sandbox.clock import machine_time
from sandbox.delivery.socket_mode import NotAcknowledged
from sandbox.manifest import Manifest
from sandbox.state import Json

MOST_REDIRECTS = 2
FORM = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json"


class RequestUrls:
    """What a websocket would carry goes out as the requests Slack makes instead."""

    def __init__(self, manifest: Manifest, signing_secret: str, ack_seconds: float) -> None:
        self._manifest = manifest
        self._ack_seconds = ack_seconds
        self._secret = signing_secret.encode()
        self._http: httpx2.AsyncClient | None = None
        self._verified: set[str] = set()

    async def deliver(self, envelope: Json) -> Json:
        """Send a payload; the answer is what came with the acknowledgement. Raises NotAcknowledged."""
        kind, payload = envelope["type"], envelope["payload"]
        if kind == "events_api":
            await self._verify(self._manifest.events_url)
            return await self._post(self._manifest.events_url, JSON_TYPE, json.dumps(payload), _retry_headers(envelope))
        if kind == "slash_commands":
            url = self._manifest.commands[payload["command"]]["url"]
            return await self._post(url, FORM, urlencode(payload))
        url = self._manifest.interactivity_url
        if payload["type"] == "block_suggestion":
            url = self._manifest.options_url
        return await self._post(url, FORM, urlencode({"payload": json.dumps(payload)}))

    async def close(self) -> None:
        if self._http:
            await self._http.aclose()

    async def _verify(self, url: str) -> None:
        """Slack challenges an address when it is entered; here that is before the first event."""
        if url in self._verified:
            return
        challenge = f"challenge-{len(self._verified) + 1}-of-the-sandbox"
        body = json.dumps({"type": "url_verification", "challenge": challenge, "token": "deprecated"})
        answer = await self._send(url, JSON_TYPE, body, {})
        if challenge not in (answer.text.strip(), _parsed(answer).get("challenge")):
            raise NotAcknowledged("http_error")
        self._verified.add(url)

    async def _post(self, url: str, content_type: str, body: str, headers: Mapping[str, str] | None = None) -> Json:
        answer = await self._send(url, content_type, body, headers or {})
        return _parsed(answer)

    async def _send(self, url: str, content_type: str, body: str, headers: Mapping[str, str]) -> httpx2.Response:
        """The whole exchange has the time for an acknowledgement."""
        self._http = self._http or httpx2.AsyncClient(
            timeout=self._ack_seconds, trust_env=False, follow_redirects=True, max_redirects=MOST_REDIRECTS
        )
        signed = {**headers, **self._signature(body), "content-type": content_type}
        try:
            async with asyncio.timeout(self._ack_seconds):
                answer = await self._http.post(url, content=body, headers=signed)
        except (TimeoutError, httpx2.TimeoutException):
            raise NotAcknowledged("http_timeout") from None
        except httpx2.TooManyRedirects:
            raise NotAcknowledged("too_many_redirects") from None
        except (httpx2.HTTPError, httpx2.InvalidURL):
            raise NotAcknowledged("connection_failed") from None
        if not answer.is_success:
            raise NotAcknowledged("http_error", retry=answer.headers.get("x-slack-no-retry") != "1")
        return answer

    def _signature(self, body: str) -> dict[str, str]:
        """Slack's version 0: HMAC-SHA256 over `v0:timestamp:body`."""
        timestamp = str(machine_time())
        base = f"v0:{timestamp}:{body}".encode()
        digest = hmac.new(self._secret, base, hashlib.sha256).hexdigest()
        return {
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": f"v0={digest}",
        }


def _retry_headers(envelope: Json) -> dict[str, str]:
    if not envelope["retry_attempt"]:
        return {}
    return {"x-slack-retry-num": str(envelope["retry_attempt"]), "x-slack-retry-reason": envelope["retry_reason"]}


def _parsed(answer: httpx2.Response) -> Json:
    """The answer to a command may be plain text: what its person then reads."""
    text = answer.text.strip()
    if not text:
        return {}
    try:
        found = strict_json.parse(text)
    except ValueError:
        return {"text": text}
    return found if isinstance(found, dict) else {"text": text}
