"""One chat completion, with no more in it and around it than is said here.

The SDK would send what it knows of this machine and what the environment says, follow a redirect with the whole thread
and read an answer of any size: none of that happens here.
"""

import json
import logging
import ssl
from collections.abc import Mapping, Sequence
from typing import Any

import anyio
import httpx2
import openai
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as PydanticField

from briefs.endpoint import failures
from briefs.endpoint.contract import EndpointSettings
from briefs.endpoint.messages import Said
from briefs.endpoint.replies import Failed, Reply
from domain.briefs import WhyNot
from domain.clock import Clock

MOST_BYTES = 262_144
"""Of an answer, decompressed, and what comes with the last of them; without what is not read it is no JSON."""
CONNECT_SECONDS = 5.0
NO_KEY = "none"
"""Servers that need none take any."""
_QUIET = ("openai", "httpx2", "httpcore2")
_PACKED = {"content-encoding", "content-length", "transfer-encoding"}


class _Bounded(httpx2.AsyncClient):
    """Whatever is to be sent, these headers go out; whatever comes back, so much is read."""

    def __init__(self, settings: EndpointSettings) -> None:
        super().__init__(
            verify=_verification(settings),
            trust_env=settings.trust_env,
            follow_redirects=False,
            timeout=httpx2.Timeout(settings.deadline, connect=CONNECT_SECONDS),
        )
        self._sent = httpx2.Headers(
            {
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "Authorization": f"Bearer {settings.api_key or NO_KEY}",
                "Content-Type": "application/json",
                "User-Agent": "Muster",
            }
        )

    async def send(self, request: httpx2.Request, **_options: Any) -> httpx2.Response:
        bare = httpx2.Request(request.method, request.url, headers=self._sent, content=request.content)
        response = await super().send(bare, stream=True)
        try:
            content = await _beginning(response)
        finally:
            await response.aclose()
        headers = [(name, value) for name, value in response.headers.multi_items() if name.lower() not in _PACKED]
        return httpx2.Response(response.status_code, headers=headers, content=content, request=request)


def _verification(settings: EndpointSettings) -> ssl.SSLContext | bool:
    """Where nothing is encrypted, no certificates need to be loaded."""
    if settings.ca_file:
        return ssl.create_default_context(cafile=settings.ca_file)
    return not settings.base_url.startswith("http:")


async def _beginning(response: httpx2.Response) -> bytes:
    content = bytearray()
    async for part in response.aiter_bytes():
        content += part
        if len(content) > MOST_BYTES:
            break
    return bytes(content)


class Client:
    """Of one event loop."""

    def __init__(self, settings: EndpointSettings, clock: Clock) -> None:
        """Raises Failed for settings that cannot be right."""
        self._settings, self._clock = settings, clock
        for name in _QUIET:
            logging.getLogger(name).setLevel(logging.WARNING)
        try:
            self._sdk = openai.AsyncOpenAI(
                api_key=settings.api_key or NO_KEY,
                base_url=settings.base_url,
                max_retries=0,
                http_client=_Bounded(settings),
            )
        except (OSError, ValueError, httpx2.InvalidURL) as error:
            raise Failed(WhyNot.NOT_SET_UP, type(error).__name__, is_free=True) from None

    async def complete(self, messages: Sequence[Said], fields: Mapping[str, Any], seconds: float) -> Reply:
        """Raises Failed after so many seconds at the latest."""
        try:
            with anyio.fail_after(seconds):
                return _reply(await self._content(messages, fields))
        except TimeoutError:
            raise Failed(WhyNot.TOO_SLOW, f"{self._settings.deadline:g} s") from None
        except openai.APIError as error:
            raise failures.failed(error, self._clock()) from None

    async def _content(self, messages: Sequence[Said], fields: Mapping[str, Any]) -> bytes:
        raw = await self._sdk.chat.completions.with_raw_response.create(
            model=self._settings.model,
            messages=messages,  # type: ignore[arg-type] # the SDK has a type of its own for each role
            extra_body=fields,
        )
        return raw.http_response.content

    async def close(self) -> None:
        await self._sdk.close()


class _Read(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class _Message(_Read):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Read):
    message: _Message
    finish_reason: str | None = None


class _Completion(_Read):
    choices: list[_Choice] = PydanticField(min_length=1)
    usage: object = None


def _reply(content: bytes) -> Reply:
    try:
        completion = _Completion.model_validate(json.loads(content))
    except (ValidationError, ValueError, RecursionError):
        raise Failed(WhyNot.NOT_USABLE, "no completion") from None
    choice, usage = completion.choices[0], completion.usage
    return Reply(
        content=choice.message.content or "",
        is_declined=bool(choice.message.refusal) or choice.finish_reason == "content_filter",
        is_cut_off=choice.finish_reason == "length",
        prompt_tokens=_count(usage, "prompt_tokens"),
        total_tokens=_count(usage, "total_tokens"),
    )


def _count(usage: object, name: str) -> int:
    found = usage.get(name) if isinstance(usage, dict) else None
    return found if isinstance(found, int) and found > 0 else 0
