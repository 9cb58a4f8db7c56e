"""From what the SDK raises to why there is no reply. No text of an exception is kept: it may quote the thread."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

import httpx2
import openai

from briefs.endpoint.replies import Failed, Field
from domain.briefs import WhyNot

BAD, PAYMENT, FORBIDDEN, GONE, LATE, CONFLICT, TOO_LARGE, UNPROCESSABLE, BUSY = (
    400,
    402,
    403,
    404,
    408,
    409,
    413,
    422,
    429,
)
SERVER_ERRORS = 500
_WHY: Mapping[int, WhyNot] = {
    PAYMENT: WhyNot.NO_CREDIT,
    GONE: WhyNot.NO_SUCH_MODEL,
    LATE: WhyNot.NO_ANSWER,
    CONFLICT: WhyNot.NO_ANSWER,
    TOO_LARGE: WhyNot.TOO_LONG,
    BUSY: WhyNot.BUSY,
}
"""What else is below 500 is a matter of what was set: the address, the key, an extra field."""
_CODES: Mapping[str, WhyNot] = {
    "insufficient_quota": WhyNot.NO_CREDIT,
    "model_not_found": WhyNot.NO_SUCH_MODEL,
    "context_length_exceeded": WhyNot.TOO_LONG,
    "exceed_context_size_error": WhyNot.TOO_LONG,
    "content_filter": WhyNot.DECLINED,
}
_TOO_LONG = ("context length", "context window", "context size", "context_length", "maximum context", "too many tokens")
_NAMES: Mapping[Field, tuple[str, ...]] = {
    Field.FORMAT: ("response_format", "json_schema", "json_object", "structured output"),
    Field.LIMIT: ("max_tokens", "max_completion_tokens"),
    Field.TEMPERATURE: ("temperature",),
}
LONGEST_WAIT = 86_400.0


def failed(error: openai.APIError, now: datetime) -> Failed:
    """`now` is for a server that says at what time to come back."""
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, now)
    cause = error.__cause__
    is_unreached = isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.UnsupportedProtocol)
    if isinstance(error, openai.APITimeoutError) and not is_unreached:
        return Failed(WhyNot.TOO_SLOW, "silent")
    return Failed(WhyNot.NO_ANSWER, type(cause or error).__name__, is_passing=True, is_free=is_unreached)


def _of_status(error: openai.APIStatusError, now: datetime) -> Failed:
    status, said = error.status_code, error.response.text.lower()
    wait = _wait(error.response.headers.get("retry-after", ""), now)
    is_refused = status in (BAD, UNPROCESSABLE)
    why = next(_named(error), None)
    if why is None and is_refused and any(each in said for each in _TOO_LONG):
        why = WhyNot.TOO_LONG
    refused = [field for field, names in _NAMES.items() if any(each in said for each in names)]
    if why is None and status >= SERVER_ERRORS:
        why = WhyNot.NO_ANSWER
    return Failed(
        why or _WHY.get(status, WhyNot.NOT_SET_UP),
        str(status),
        is_passing=why in (None, WhyNot.NO_ANSWER)
        and (status in (LATE, CONFLICT) or status >= SERVER_ERRORS or (status == BUSY and wait is not None)),
        is_free=status < SERVER_ERRORS,
        wait=wait,
        refused=refused if why is None and is_refused else (),
    )


def _named(error: openai.APIStatusError) -> Iterator[WhyNot]:
    for code in (error.code, error.type):
        if isinstance(code, str) and code in _CODES:
            yield _CODES[code]


def _wait(said: str, now: datetime) -> float | None:
    """Of a `Retry-After`: seconds, or a moment."""
    try:
        seconds = float(said)
    except ValueError:
        seconds = _until(said, now)
    return min(max(seconds, 0.0), LONGEST_WAIT) if isfinite(seconds) else None


def _until(said: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return float("inf")
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
