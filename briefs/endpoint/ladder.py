"""Which fields a server takes: the first of each kind that it did not refuse."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from briefs.endpoint.contract import EndpointSettings, Format, TokenLimit
from briefs.endpoint.replies import Field
from briefs.schema import SCHEMA

_FORMATS = (Format.SCHEMA, Format.OBJECT, Format.PLAIN)
_LIMITS = (TokenLimit.MAX_TOKENS, TokenLimit.MAX_COMPLETION_TOKENS, TokenLimit.NONE)
_OPENAI = "https://api.openai.com/"
"""Its newer models refuse `max_tokens`; most other servers know nothing else."""


@dataclass(frozen=True)
class Ladder:
    formats: tuple[Format, ...]
    limits: tuple[TokenLimit, ...]
    takes_temperature: bool = True

    @property
    def format(self) -> Format:
        return self.formats[0]

    @property
    def limit(self) -> TokenLimit:
        return self.limits[0]

    def without(self, refused: Collection[Field]) -> "Ladder | None":
        """What to try next; nothing if there is nothing else to try."""
        lower = replace(
            self,
            formats=self.formats[1:] if Field.FORMAT in refused and len(self.formats) > 1 else self.formats,
            limits=self.limits[1:] if Field.LIMIT in refused and len(self.limits) > 1 else self.limits,
            takes_temperature=self.takes_temperature and Field.TEMPERATURE not in refused,
        )
        return None if lower == self else lower

    def fields(self, settings: EndpointSettings) -> dict[str, Any]:
        """Besides the model and the messages."""
        limit = {} if self.limit is TokenLimit.NONE else {self.limit.value: settings.output_tokens}
        wanted = {**_response_format(self.format), **limit, **settings.extra_body}
        return {name: value for name, value in wanted.items() if name != "temperature" or self.takes_temperature}


def ladder_of(settings: EndpointSettings) -> Ladder:
    limits = (_LIMITS[1], _LIMITS[0], _LIMITS[2]) if settings.base_url.startswith(_OPENAI) else _LIMITS
    return Ladder(
        formats=_FORMATS if settings.format is Format.AUTO else (settings.format,),
        limits=limits,
    )


def _response_format(format_: Format) -> dict[str, Any]:
    if format_ is Format.PLAIN:
        return {}
    schema = {"json_schema": {"name": "brief", "strict": True, "schema": SCHEMA}} if format_ is Format.SCHEMA else {}
    return {"response_format": {"type": format_.value, **schema}}
