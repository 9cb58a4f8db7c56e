"""What is set about a language model, what it is allowed to use, and how it may fail."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

CONTEXT_TOKENS = 8_192
OUTPUT_TOKENS = 3_000
DEADLINE = 90.0
"""Seconds."""


class Format(StrEnum):
    """How the answer is asked to be JSON; the later ones are tried where a server does not take the earlier."""

    AUTO = "auto"
    SCHEMA = "json_schema"
    OBJECT = "json_object"
    PLAIN = "plain"


class TokenLimit(StrEnum):
    """By which name the answer is limited."""

    MAX_TOKENS = "max_tokens"
    MAX_COMPLETION_TOKENS = "max_completion_tokens"
    NONE = "none"


@dataclass(frozen=True)
class EndpointSettings:
    base_url: str
    """Without a trailing slash, such as http://127.0.0.1:11434/v1."""
    model: str
    api_key: str = field(default="", repr=False)
    context_tokens: int = CONTEXT_TOKENS
    """What the server reads at most, its answer included."""
    output_tokens: int = OUTPUT_TOKENS
    deadline: float = DEADLINE
    """Seconds, for all requests of one brief."""
    format: Format = Format.AUTO
    merges_system: bool = False
    """The model has no system role: the rules stand before the thread."""
    extra_body: dict[str, Any] = field(default_factory=dict)
    ca_file: Path | None = None
    trust_env: bool = False
    """Whether proxies of the environment are used."""

    @property
    def name(self) -> str:
        """As people are told it."""
        return f"{self.model} at {urlsplit(self.base_url).netloc.rpartition('@')[2]}"

    @property
    def room(self) -> int:
        """Of what is sent, in tokens."""
        return self.context_tokens - self.output_tokens


class Meter(Protocol):
    """What may be used. Both are called from the thread that asks for the brief, never from the model's."""

    def reserve(self, tokens: int) -> None:
        """Before each request, both ways together. Raises NotWritten (of the domain), or whatever ends the work."""
        ...

    def settle(self, reserved: int, used: int) -> None:
        """After each request, also a failed one."""
        ...


class Stopped(Exception):
    """Muster is ending: nothing is known, and it is to be asked again."""
