"""Reading the templates that can be switched on."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from domain.errors import UserError
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.template_schema import template_schema
from domain.templates import Template

SHIPPED = Path(__file__).parent.parent / "rituals"


class NoTemplates(UserError):
    """There is no template in {folder}. Put .yaml files there, or take MUSTER_RITUALS out to use the library."""


class BadLibrary(UserError):
    """Some templates cannot be read. Mend them, and check them with `muster rituals check FILE`:
    {problems}
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__(problems="\n".join(problems))


@cache
def shipped_library() -> Mapping[str, Template]:
    """The templates that come with Muster; as a part of the program they are read once."""
    return read_library(SHIPPED)


def read_library(folder: Path) -> Mapping[str, Template]:
    """All templates of a folder by id. Raises NoTemplates and BadLibrary."""
    found: dict[str, Template] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        problems += problems_of(path, found)
    if problems:
        raise BadLibrary(problems)
    if not found:
        raise NoTemplates(folder=folder)
    return found


def schema_text() -> str:
    """The JSON Schema of template files, as it is shipped beside them."""
    return json.dumps(template_schema(), indent=1) + "\n"


def problems_of(path: Path, found: dict[str, Template] | None = None) -> list[str]:
    """One line a problem, as `file:line: key: what to write instead`; a template without any goes into `found`."""
    try:
        template = read_template(path.read_text(encoding="utf-8"), file_id=path.stem)
    except BadTemplate as error:
        return [f"{path}:{problem}" for problem in error.problems]
    except (OSError, UnicodeDecodeError) as error:
        return [f"{path}: this file cannot be read ({error})"]
    if found is not None:
        found[template.id] = template
    return []
