"""Ways in which a server of models fails, or is peculiar. Each is a function of one exchange."""

import gzip
import json
from collections.abc import Callable
from typing import Any

from tests.model.answering import content, empty, honest, honest_answer, thread_of
from tests.model.server import Exchange, Mode, StandIn, completion

HUGE = 2_000_000


def saying(text: str | None, **changed: Any) -> Mode:
    return lambda exchange: exchange.send(200, completion(text, exchange.request, **changed))


def wrapped(wrap: Callable[[str], str], **changed: Any) -> Mode:
    """The honest answer, with something around it or wrong with it."""
    return lambda exchange: exchange.send(200, completion(wrap(content(exchange)), exchange.request, **changed))


def with_(**changed: Any) -> Mode:
    """The honest answer in a completion that is changed."""
    return wrapped(lambda said: said, **changed)


def bare(body: bytes, content_type: str = "application/json", status: int = 200) -> Mode:
    return lambda exchange: exchange.send(status, body, content_type=content_type)


def error(status: int, code: str = "", message: str = "No.", **headers: str) -> Mode:
    said = {"error": {"message": message, "type": "error", "param": None, "code": code or None}}
    return lambda exchange: exchange.send(status, said, **headers)


thinking = wrapped(lambda said: f"<think>\nWhat do they want? {{}}\n</think>\n{said}")
fenced = wrapped(lambda said: f"```json\n{said}\n```")
two_objects = wrapped(lambda said: f"{said}\n{said}")
not_a_number = wrapped(lambda said: said.replace('"en"', "NaN"))
doubled_keys = wrapped(lambda said: said.replace('"language": "en"', '"language": "en", "language": "de"'))
too_deep = saying('{"a":' * 5_000)
prose = saying("I would rather tell you in my own words: they moved it.")
other_schema = saying('{"summary": "They moved it.", "sources": ["m1"]}')
refusing_in_words = saying("I am sorry, I cannot help with that.")
refusing = saying(None, message={"refusal": "I cannot help with that."})
filtered = saying("", finish_reason="content_filter")
cut_off = wrapped(lambda said: said[: len(said) // 2], finish_reason="length")
without_usage = with_(usage=None)
counting_too_little = with_(usage={"prompt_tokens": 7, "completion_tokens": 1, "total_tokens": 8})
counting_nonsense = with_(usage={"prompt_tokens": "many", "total_tokens": 10**400})
another_model = with_(model="another-model")
without_choices = bare(b'{"id": "chatcmpl-1", "choices": null}')
error_with_200 = bare(b'{"error": {"message": "Out of order", "code": 500}}')
web_page = bare(b"<html><body>Sign in to the Wi-Fi</body></html>", "text/html")
not_json = bare(b'{"choices": [')
deep_body = bare(b"[" * 100_000)


def packed(exchange: Exchange) -> None:
    body = json.dumps(completion(content(exchange), exchange.request)).encode()
    exchange.send(200, gzip.compress(body), content_encoding="gzip")


def bomb(exchange: Exchange) -> None:
    """Small as it comes, and a good answer at the end of it."""
    body = json.dumps(completion(content(exchange), exchange.request)).encode()
    exchange.send(200, gzip.compress(b" " * 5 * HUGE + body, 1), content_encoding="gzip")


def huge(exchange: Exchange) -> None:
    """A good answer at the end of it as well."""
    body = json.dumps(completion(content(exchange), exchange.request)).encode()
    exchange.send(200, b" " * HUGE + body)


def slow(exchange: Exchange) -> None:
    exchange.wait()


def slow_headers(exchange: Exchange) -> None:
    exchange.write(b"HTTP/1.1 200 OK\r\n")
    while exchange.wait(0.02):
        exchange.write(b"X-More: x\r\n")


def dripping(exchange: Exchange) -> None:
    exchange.head(200, content_type="application/json", content_length=str(HUGE))
    while exchange.wait(0.02):
        exchange.write(b" ")


def resetting(exchange: Exchange) -> None:
    exchange.head(200, content_type="application/json", content_length=str(HUGE))
    exchange.write(b'{"choices"')
    exchange.reset()


def redirecting(to: StandIn) -> Mode:
    return lambda exchange: exchange.send(307, b"", location=f"{to.url}/chat/completions")


def refusing_field(*names: str, status: int = 400, says: str = "Unsupported parameter: '{name}'.") -> Mode:
    """The first of these that is in the request is refused by its name; else it is honest."""

    def answer(exchange: Exchange) -> None:
        body = exchange.request.body
        kind = body.get("response_format", {}).get("type")
        name = next((each for each in names if each in body or each == kind), None)
        if name:
            error(status, "unsupported_parameter", says.format(name=name))(exchange)
        else:
            honest(exchange)

    return answer


def reading_at_most(tokens: int) -> Mode:
    """What is longer it refuses."""

    def answer(exchange: Exchange) -> None:
        if exchange.request.tokens > tokens:
            said = f"This model's maximum context length is {tokens} tokens, max_tokens included."
            error(400, "context_length_exceeded", said)(exchange)
        else:
            honest(exchange)

    return answer


def cutting(tokens: int) -> Mode:
    """What is longer loses its begin, and nobody says so."""

    def answer(exchange: Exchange) -> None:
        lines = thread_of(exchange)
        if exchange.request.tokens > tokens:
            lines = lines[len(lines) // 2 :]
        said = honest_answer(lines) if lines else empty(thread_of(exchange))
        exchange.send(200, completion(json.dumps(said), exchange.request))

    return answer
