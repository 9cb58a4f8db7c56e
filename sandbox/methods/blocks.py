"""blocks.validate"""

import re
from typing import Any

from sandbox.blockkit.problems import problems_of_message, problems_of_view
from sandbox.errors import SlackError
from sandbox.limits import TIER_4
from sandbox.methods.call import Method, MethodCall, invalid_arguments
from sandbox.methods.message_content import MOST_TEXT
from sandbox.state import Json

PROBLEM = re.compile(r"\[ERROR\] (?P<message>.*) \[json-pointer:(?P<pointer>.*)\]", re.DOTALL)
CONSTRAINTS = {
    "unsupported type": "enum",
    "must be one of": "enum",
    "must be less than": "max_length",
    "must be more than": "min_length",
    "no more than": "max_items",
    "no fewer than": "min_items",
    "missing required field": "required",
    "input must match regex": "pattern",
}
"""Slack shows one of these, "enum", in its documentation; the others are named after JSON schema's."""


def validate(call: MethodCall) -> Json:
    given = [name for name in ("blocks", "message", "view") if call.args.get(name) is not None]
    if len(given) != 1:
        raise invalid_arguments("must provide exactly one of `blocks`, `view`, or `message`")
    (kind,) = given
    payload = call.json(kind, "invalid_arguments")
    if problems := CHECKS[kind](payload):
        # Nobody but this method says where it counts its pointers from: from what it was given.
        prefix = "/view" if kind == "view" else "/blocks" if kind == "blocks" else ""
        raise SlackError(f"invalid_{kind}", errors=[_problem(problem, prefix) for problem in problems])
    return {}


def _of_message(message: Any) -> list[str]:
    if not isinstance(message, dict):
        return ["[ERROR] must provide an object [json-pointer:]"]
    problems = problems_of_message(message["blocks"]) if message.get("blocks") else []
    if len(str(message.get("text") or "")) > MOST_TEXT:
        problems.append(f"[ERROR] must be less than {MOST_TEXT + 1} characters [json-pointer:/text]")
    if not message.get("blocks") and not message.get("text"):
        problems.append("[ERROR] missing required field: text [json-pointer:]")
    return problems


CHECKS = {"blocks": problems_of_message, "message": _of_message, "view": problems_of_view}


def _problem(problem: str, prefix: str) -> Json:
    found = PROBLEM.fullmatch(problem)
    message, pointer = (found["message"], found["pointer"]) if found else (problem, "")
    kind = next((kind for start, kind in CONSTRAINTS.items() if message.startswith(start)), "type")
    number = re.search(r"\d+", message)
    constraint = {"type": kind} | ({"limit": int(number[0])} if number and kind.startswith(("max", "min")) else {})
    shown = {"code": "failed_constraint", "message": message, "pointer": pointer.removeprefix(prefix)}
    return shown | {"constraint": constraint}


METHODS = {"blocks.validate": Method(validate, TIER_4)}
