"""Questions as text: what a form is filled with, and what is read of what somebody changed there."""

import re
from dataclasses import replace

from domain.errors import FieldErrors
from domain.own_templates import EXAMPLE, FILE, pasted, read_file
from domain.sketches import STAND_IN, Sketch
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.template_writer import as_data, as_yaml, to_yaml
from domain.templates import Template

ASK = "ask"
KEY = re.compile(r"^([a-z_]+)[ \t]*:", re.MULTILINE)


def as_text(sketch: Sketch) -> str:
    """Of a ritual only its questions: when and whom it asks is changed elsewhere."""
    if sketch.ritual_id is None:
        is_empty = not (sketch.text or sketch.template.title or sketch.template.ask)
        return EXAMPLE if is_empty else sketch.text or as_yaml(sketch.template)
    return to_yaml({ASK: as_data(sketch.template)[ASK]})


def with_text(sketch: Sketch, text: str) -> Sketch:
    """The sketch with what the text says. Raises FieldErrors."""
    if sketch.ritual_id is None:
        found = read_file(pasted(text))
        if sketch.template_id and found.id != sketch.template_id:
            raise FieldErrors({FILE: f"Keep the id {sketch.template_id}: answers stay comparable by it."})
        return replace(sketch, template=found, text=text, round=sketch.round + 1, said=())
    return replace(sketch, template=replace(sketch.template, ask=_read(sketch, text).ask), said=())


def _read(sketch: Sketch, text: str) -> Template:
    others = [key for key in KEY.findall(text) if key != ASK]
    if others:
        what = f"Only {ASK} stands here, and {others[0]} is no part of it. When and whom it asks stays as it is."
        raise FieldErrors({FILE: what})
    rest = as_data(sketch.template) | STAND_IN
    del rest[ASK]
    try:
        return read_template(f"{text.rstrip()}\n{to_yaml(rest)}")
    except BadTemplate as error:
        own = [each for each in error.problems if each.line <= len(text.splitlines())] or error.problems
        raise FieldErrors({FILE: " ".join(f"Line {problem}." for problem in own)}) from error
