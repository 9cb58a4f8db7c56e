"""What comes of one request: a reply, or how it failed."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.briefs import WhyNot
from domain.language_models import NotWritten


class Field(StrEnum):
    """Of a request, that a server may not take."""

    FORMAT = "response_format"
    LIMIT = "limit of the answer"
    TEMPERATURE = "temperature"


@dataclass(frozen=True)
class Reply:
    content: str
    is_declined: bool = False
    is_cut_off: bool = False
    """By the limit of the answer."""
    prompt_tokens: int = 0
    """As the server counts them, if it tells."""
    total_tokens: int = 0


class Failed(NotWritten):
    """One request failed. Nothing that anybody said is in here, nor what the server says."""

    def __init__(
        self,
        why: WhyNot,
        detail: str = "",
        *,
        is_passing: bool = False,
        is_free: bool = False,
        wait: float | None = None,
        refused: Collection[Field] = (),
    ) -> None:
        super().__init__(why, detail)
        self.is_passing = is_passing
        """It may be over at once."""
        self.is_free = is_free
        """No model has read anything."""
        self.wait = wait
        """Seconds, if the server asks for it."""
        self.refused = frozenset(refused)
        """What the server does not take."""
