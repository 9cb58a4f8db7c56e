"""Templates written in Slack: pasted as a file, or made in a form."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from domain.errors import FieldErrors
from domain.hours import Duration
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.template_writer import as_yaml
from domain.templates import TITLE_LIMIT, UNNAMED_ORDERS, Template

FILE = "file"
"""The field that holds a whole file."""
FILE_LIMIT = 3000
"""A field of Slack takes no more."""
LONGER = "ask whoever runs Muster to put it into its folder of rituals (MUSTER_RITUALS)"
FIELD_OF = {"id": "title", "ask": "who"}
"""On which field of the form a problem of another key is said: each question alone has been checked before."""
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
EMPTY = Template(
    id="",
    title="",
    purpose="",
    when="every mon at 09:30",
    cadence=None,
    who=("everyone",),
    ask=(),
    closes=Duration(days=1),
    remind=(Duration(hours=4),),
)
"""What a new one begins as."""


@dataclass(frozen=True)
class Written:
    id: str
    text: str
    written_by: str
    changed_by: str


def read_file(text: str) -> Template:
    """Raises FieldErrors, with the line and what to write instead."""
    try:
        found = read_template(text)
    except BadTemplate as error:
        raise FieldErrors({FILE: " ".join(f"Line {problem}." for problem in error.problems)}) from error
    if found.about:
        raise FieldErrors({FILE: f"A round about a decision is kept as a file: {LONGER}."})
    return found


def pasted(text: str) -> str:
    """Raises FieldErrors for what could not be changed here again."""
    if len(text) > FILE_LIMIT:
        much = f"{len(text):,} characters, and a field of Slack takes {FILE_LIMIT:,}"
        raise FieldErrors({FILE: f"This has {much}. Keep it as a file: {LONGER}."})
    return text


def with_fields(template: Template, given: Mapping[str, str]) -> Template:
    """The template with what the form says beside its questions; it may not be one yet."""
    title = " ".join(given.get("title", "").split())
    return replace(
        template,
        title=title,
        purpose=" ".join(given.get("purpose", "").split()),
        when=given.get("when", "").strip(),
        who=tuple(dict.fromkeys(entry.strip() for entry in given.get("who", "").split(",") if entry.strip())),
    )


def complete(template: Template) -> Template:
    """As it would be read from a file; without an id it is named after its title. Raises FieldErrors."""
    try:
        return read_template(as_yaml(replace(template, id=template.id or id_of(template.title))))
    except BadTemplate as error:
        mistakes: dict[str, str] = {}
        for problem in error.problems:
            key = re.split(r"[.\[]", problem.key)[0]
            field = FIELD_OF.get(key, key)
            mistakes[field] = f"{mistakes.get(field, '')} {problem.message[:1].upper()}{problem.message[1:]}.".strip()
        raise FieldErrors(mistakes) from error


def id_of(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.casefold()))


def copy_of(template: Template, taken: Container[str]) -> Template:
    """With a title whose name is not taken: "Weekly sync 2"."""
    number = 2
    while id_of(title := _numbered(template.title, number)) in taken:
        number += 1
    return replace(template, id="", title=title)


def _numbered(title: str, number: int) -> str:
    end = f" {number}"
    return title[: TITLE_LIMIT - len(end)].rstrip() + end


def asked_anew(before: Template, changed: Template) -> Template:
    """What a ritual that is on asks once its template has changed, with names or without; when and whom stays as it was
    set up. Answers without names are shown only at the end, in an order that tells of nobody."""
    post = before.post
    if changed.anonymous:
        post = replace(post, by=post.by if post.by in UNNAMED_ORDERS else changed.post.by, early=False)
    return replace(
        before,
        title=changed.title,
        purpose=changed.purpose,
        ask=changed.ask,
        anonymous=changed.anonymous,
        post=post,
    )
