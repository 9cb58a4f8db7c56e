"""What Slack's own client marks before it submits a form, in the words people read."""

import re
from collections.abc import Callable
from typing import Any

from sandbox.blockkit.data import strings
from sandbox.blockkit.inputs import MOST_FILES, MOST_TYPED
from sandbox.state import File, Json

REQUIRED = "Please complete this required field."


def mistake(files: dict[str, File], block: Json, value: Any) -> str | None:
    """What is wrong with the value of an input block, if anything."""
    element = block["element"]
    if value in (None, "", []) or (element["type"] == "rich_text_input" and _is_blank(value)):
        return None if block.get("optional") else REQUIRED
    if element["type"] == "file_input":
        return _file_mistake(element, [files[file_id] for file_id in value])
    check = _many if isinstance(value, list) else CHECKS.get(element["type"])
    return check(element, value) if check else None


def _is_blank(rich_text: Json) -> bool:
    """Nothing but blank text; a person, an emoji and the like are something."""
    pieces = [piece for part in rich_text["elements"] for piece in _pieces(part)]
    return all(piece["type"] == "text" and not piece["text"].strip() for piece in pieces)


def _pieces(part: Json) -> list[Json]:
    if part["type"] == "rich_text_list":
        return [piece for item in part["elements"] for piece in item["elements"]]
    pieces: list[Json] = part["elements"]
    return pieces


def _text(element: Json, value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    most = element.get("max_length", MOST_TYPED)
    return f"Please enter at most {most} characters." if len(value) > most else None


def _rich_text(_: Json, value: Json) -> str | None:
    length = sum(len(text) for text in strings(value["elements"]))
    return f"Please enter at most {MOST_TYPED} characters." if length > MOST_TYPED else None


def _number(element: Json, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, value, re.ASCII):
        return "Please enter a number." if element["is_decimal_allowed"] else "Please enter a whole number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _email(_: Json, value: str) -> str | None:
    return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) else "Please enter an email address."


def _url(_: Json, value: str) -> str | None:
    return None if re.fullmatch(r"https?://\S+", value) else "Please enter a link."


def _many(element: Json, value: list[str]) -> str | None:
    most = element.get("max_selected_items", len(value))
    return f"Please choose at most {most}." if len(value) > most else None


def _file_mistake(element: Json, files: list[File]) -> str | None:
    most = element.get("max_files", MOST_FILES)
    if len(files) > most:
        return "Please add only one file." if most == 1 else f"Please add at most {most} files."
    kinds = element.get("filetypes")
    if kinds and any(file.name.rpartition(".")[2].lower() not in kinds for file in files):
        return f"Please add only files of these kinds: {', '.join(kinds)}."
    return None


CHECKS: dict[str, Callable[[Json, Any], str | None]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "rich_text_input": _rich_text,
}
