"""Templates written in Slack: pasted as a file, or made of a few answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import FieldErrors
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.template_writer import to_yaml
from domain.templates import Template

FILE = "file"
"""The field that holds a whole file."""
FILE_LIMIT = 3000
"""A field of Slack takes no more."""
LONGER = "ask whoever runs Muster to put it into its folder of rituals (MUSTER_RITUALS)"
QUESTIONS = "ask"
FIELD_OF = {"id": "title"}
"""On which field of the simple form a problem of another key is said."""
SIMPLE = ("title", "purpose", "when", "who", QUESTIONS)
EXAMPLE = """\
id: friday-note
title: Friday note
purpose: What should the others know before the weekend?
when: every fri at 14:00
who: [everyone]
ask:
  - id: news
    text: What should the others know?
    type: short
"""


@dataclass(frozen=True)
class Written:
    id: str
    text: str
    written_by: str


def read_file(text: str) -> Template:
    """Raises FieldErrors, with the line and what to write instead."""
    try:
        return read_template(text)
    except BadTemplate as error:
        raise FieldErrors({FILE: " ".join(f"Line {problem}." for problem in error.problems)}) from error


def pasted(text: str) -> str:
    """Raises FieldErrors for what could not be changed here again."""
    if len(text) > FILE_LIMIT:
        much = f"{len(text):,} characters, and a field of Slack takes {FILE_LIMIT:,}"
        raise FieldErrors({FILE: f"This has {much}. Keep it as a file: {LONGER}."})
    return text


def file_of(given: Mapping[str, str]) -> str:
    """The file that the simple form means. Raises FieldErrors."""
    lines = [" ".join(line.split()) for line in given.get(QUESTIONS, "").splitlines()]
    found = {
        "id": _id(given.get("title", "")),
        "title": given.get("title", "").strip(),
        "purpose": " ".join(given.get("purpose", "").split()),
        "when": given.get("when", "").strip(),
        "who": [entry.strip() for entry in given.get("who", "").split(",") if entry.strip()],
        QUESTIONS: [
            {"id": f"q{place}", "text": line, "type": "short"}
            for place, line in enumerate((line for line in lines if line), start=1)
        ],
    }
    text = to_yaml(found)
    try:
        read_template(text)
    except BadTemplate as error:
        mistakes: dict[str, str] = {}
        for problem in error.problems:
            key = re.split(r"[.\[]", problem.key)[0]
            field = FIELD_OF.get(key, key)
            mistakes[field] = f"{mistakes.get(field, '')} {problem.message[:1].upper()}{problem.message[1:]}.".strip()
        raise FieldErrors(mistakes) from error
    return text


def _id(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.casefold()))
