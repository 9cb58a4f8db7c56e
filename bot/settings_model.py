"""The settings of a language model: every name begins with MUSTER_LLM_, and without an address there is none."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bot.urls import web_address
from briefs.endpoint.contract import CONTEXT_TOKENS, DEADLINE, OUTPUT_TOKENS, EndpointSettings, Format
from domain.errors import UserError
from domain.language_models import TOKENS_A_DAY

Value = TypeVar("Value")
EXAMPLE = "http://127.0.0.1:11434/v1"
LEAST_ROOM = 3_000
"""Tokens: the rules take about half of it."""
MOST = 10**9
MOST_SECONDS = 540
"""After ten minutes without news of a brief somebody else begins with it."""


class Name(StrEnum):
    BASE_URL = "LLM_BASE_URL"
    MODEL = "LLM_MODEL"
    API_KEY = "LLM_API_KEY"
    CONTEXT_TOKENS = "LLM_CONTEXT_TOKENS"
    OUTPUT_TOKENS = "LLM_OUTPUT_TOKENS"
    DAILY_TOKENS = "LLM_DAILY_TOKENS"
    DEADLINE = "LLM_DEADLINE"
    FORMAT = "LLM_FORMAT"
    SYSTEM_ROLE = "LLM_SYSTEM_ROLE"
    EXTRA_BODY = "LLM_EXTRA_BODY"
    CA_FILE = "LLM_CA_FILE"
    USE_PROXY = "LLM_USE_PROXY"


class HalfSetUp(UserError):
    """A language model needs both MUSTER_LLM_BASE_URL and MUSTER_LLM_MODEL. Set the other one too, or take all settings
    that begin with MUSTER_LLM_ out: Muster writes briefs without a model.
    """


class NotPrivate(UserError):
    """MUSTER_LLM_BASE_URL begins with http://, and what people wrote would cross the network for all to read. Write
    https://; only for a machine of your own network, by its number, http:// is fine.
    """


class NoKeyInside(UserError):
    """MUSTER_LLM_BASE_URL holds a name or password. Put the key into MUSTER_LLM_API_KEY instead."""


class TooLittleContext(UserError):
    """MUSTER_LLM_CONTEXT_TOKENS has to be {least} or more: an answer of {output} tokens (MUSTER_LLM_OUTPUT_TOKENS) and
    the rules of how to write one have to fit into it. Set both to what the server takes.
    """


class WrongModelSetting(UserError):
    """{name} is not understood. Write {example}, or take it out."""


@dataclass(frozen=True)
class ModelSettings:
    endpoint: EndpointSettings
    tokens_a_day: int = TOKENS_A_DAY
    """Of each workspace, sent and answered."""


def model_settings(given: Mapping[str, str], prefix: str) -> ModelSettings | None:
    """None if no model is set up. Raises UserError."""
    found = {name: given[name] for name in Name if given.get(name)}
    if not found:
        return None
    if Name.BASE_URL not in found or Name.MODEL not in found:
        raise HalfSetUp

    def read(name: Name, default: Value, reading: Callable[[str], Value], example: str) -> Value:
        try:
            return reading(found[name]) if name in found else default
        except ValueError as error:
            raise WrongModelSetting(name=prefix + name, example=example) from error

    output = read(Name.OUTPUT_TOKENS, OUTPUT_TOKENS, _count(500), "3000")
    context, least = read(Name.CONTEXT_TOKENS, CONTEXT_TOKENS, _count(1), f"{CONTEXT_TOKENS}"), output + LEAST_ROOM
    if context < least:
        raise TooLittleContext(least=least, output=output)
    endpoint = EndpointSettings(
        base_url=_base_url(found[Name.BASE_URL], prefix + Name.BASE_URL),
        model=found[Name.MODEL],
        api_key=found.get(Name.API_KEY, ""),
        context_tokens=context,
        output_tokens=output,
        deadline=read(Name.DEADLINE, DEADLINE, _count(1, MOST_SECONDS), f"90, in seconds, at most {MOST_SECONDS}"),
        format=read(Name.FORMAT, Format.AUTO, Format, "one of " + ", ".join(Format)),
        merges_system=read(Name.SYSTEM_ROLE, False, _one_of(system=False, merge=True), "system or merge"),
        extra_body=read(Name.EXTRA_BODY, {}, _object, 'a JSON object such as {"temperature": 0}'),
        ca_file=read(Name.CA_FILE, None, _file, "the name of a file that is there"),
        trust_env=read(Name.USE_PROXY, False, _one_of(yes=True, no=False), "yes or no"),
    )
    return ModelSettings(endpoint, read(Name.DAILY_TOKENS, TOKENS_A_DAY, _count(1), "500000"))


def _base_url(text: str, name: str) -> str:
    """Raises UserError."""
    found = urlsplit(web_address(text, name=name, example=EXAMPLE))
    if "@" in found.netloc:
        raise NoKeyInside
    if found.scheme == "http" and not _is_near(found.hostname or ""):
        raise NotPrivate
    return text.rstrip("/")


def _is_near(host: str) -> bool:
    """This machine, or a private network by its number; a single word is a machine of one's own, as in containers."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host


def _count(least: int, most: int = MOST) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def _one_of(**known: bool) -> Callable[[str], bool]:
    def read(text: str) -> bool:
        if text not in known:
            raise ValueError
        return known[text]

    return read


def _object(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError  # noqa: TRY004 # As what is no JSON at all.
    return found


def _file(text: str) -> Path:
    if not Path(text).is_file():
        raise ValueError
    return Path(text)
