"""What a call of the Web API brings: its arguments, as they may be written, and who makes it."""

import base64
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sandbox import strict_json
from sandbox.methods.call import Method
from sandbox.state import Json

UNREADABLE = "sandbox.unreadable"
"""Stands for the arguments of a call whose body cannot be read, and says why."""

JSON_TYPE = "application/json"
FORMS = ("application/x-www-form-urlencoded", "text/plain")
"""What is read as a form."""
IN_PARTS = "multipart/form-data"
CHARSETS = ("", "utf-8", "iso-8859-1")


async def arguments(request: Request, method: Method | None) -> Json:
    kind, charset = _content_type(request)
    args: dict[str, Any] = dict(request.query_params)
    args.pop("token", None)
    if kind == IN_PARTS:
        return args | await _parts(request)
    body = await request.body()
    if body and charset not in CHARSETS:
        return {UNREADABLE: "invalid_charset"}
    if kind == JSON_TYPE:
        return args if method and not method.takes_json else args | _object(body)
    if body and kind not in FORMS:
        return {UNREADABLE: "invalid_post_type" if kind else "missing_post_type"}
    return args | _form(body, charset or "utf-8")


def warning(request: Request) -> str:
    """What Slack remarks about the way the arguments are written: JSON is to name its charset, a form is not to."""
    kind, charset = _content_type(request)
    if kind == JSON_TYPE and not charset:
        return "missing_charset"
    return "superfluous_charset" if kind in FORMS and charset else ""


def credentials(request: Request, args: Json) -> tuple[str, str]:
    """Scheme and value of what authorizes a call; a token does not stay among the arguments, and so not in the log."""
    given = str(args.pop("token", ""))
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        with suppress(ValueError):
            args["client_id"], _, args["client_secret"] = base64.b64decode(value).decode().partition(":")
    return (scheme.lower(), value) if value else ("bearer", given)


def _content_type(request: Request) -> tuple[str, str]:
    """The type of the body and its charset, in small letters; either may be missing."""
    kind, *parameters = request.headers.get("content-type", "").lower().split(";")
    named = dict(parameter.strip().partition("=")[::2] for parameter in parameters)
    return kind.strip(), named.get("charset", "").strip('" ')


async def _parts(request: Request) -> Json:
    try:
        async with request.form() as form:
            return {name: value for name, value in form.items() if isinstance(value, str)}
    except HTTPException:  # The parts cannot be told apart.
        return {UNREADABLE: "invalid_form_data"}


def _form(body: bytes, charset: str) -> Json:
    try:
        return dict(parse_qsl(body.decode(charset), keep_blank_values=True, encoding=charset, errors="strict"))
    except UnicodeDecodeError:
        return {UNREADABLE: "invalid_form_data"}


def _object(body: bytes) -> Json:
    """The arguments in a body of JSON. A token among them does not count, as none does in an address."""
    try:
        found = strict_json.parse(body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return {UNREADABLE: "invalid_json"}
    return {name: value for name, value in found.items() if name != "token"}
