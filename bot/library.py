"""Reading the templates that can be switched on."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from domain.errors import UserError
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.template_schema import template_schema
from domain.templates import Template
from domain.words import count_text

SHIPPED = Path(__file__).parent.parent / "rituals"


class NoTemplates(UserError):
    """There is no template in {folder}. Put .yaml files there, or take MUSTER_RITUALS out to use the library."""


class BadLibrary(UserError):
    """Some templates cannot be read. Mend them, and check them with `muster rituals check FILE`:
    {problems}
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__(problems="\n".join(problems))


def shipped_library() -> Mapping[str, Template]:
    """The templates that come with Muster and can be switched on."""
    return {name: each for name, each in _shipped().items() if not each.about}


def shipped_rounds() -> Mapping[str, Template]:
    """Those that a decision is asked with."""
    return {name: each for name, each in _shipped().items() if each.about}


@cache
def _shipped() -> Mapping[str, Template]:
    """As a part of the program they are read once."""
    return read_library(SHIPPED)


def with_rounds(folder: Path | None) -> tuple[Mapping[str, Template], Mapping[str, Template]]:
    """The library and the rounds; a folder of one's own takes the place of what comes with Muster, but a round that it
    does not have stays as it came."""
    if folder is None:
        return shipped_library(), shipped_rounds()
    found = read_library(folder)
    rounds = {name: each for name, each in found.items() if each.about}
    return {name: each for name, each in found.items() if not each.about}, {**shipped_rounds(), **rounds}


def read_library(folder: Path) -> Mapping[str, Template]:
    """All templates of a folder by id. Raises NoTemplates and BadLibrary."""
    found: dict[str, Template] = {}
    problems: list[str] = []
    for path in _files_of(folder):
        problems += problems_of(path, found)
    if problems:
        raise BadLibrary(problems)
    if not found:
        raise NoTemplates(folder=folder)
    return found


def schema_text() -> str:
    """The JSON Schema of template files, as it is shipped beside them."""
    return json.dumps(template_schema(), indent=1) + "\n"


def check(paths: Iterable[Path]) -> tuple[str, bool]:
    """What `muster rituals check` says of files, and of all in a folder; and whether they are fine."""
    files = list(dict.fromkeys(each for path in paths for each in (_files_of(path) if path.is_dir() else [path])))
    problems = {path: problems_of(path) for path in files}
    broken = [found for found in problems.values() if found]
    if not files:
        return "There is no template there; the files of templates end in .yaml.", False
    if not broken:
        return f"{count_text(len(files), 'template')} {'is' if len(files) == 1 else 'are'} fine.", True
    count = count_text(sum(map(len, broken)), "problem")
    end = f"{count} in {len(broken)} of {count_text(len(files), 'file')}." if len(files) > 1 else f"{count}."
    return "\n".join([*(line for found in broken for line in found), end]), False


def _files_of(folder: Path) -> list[Path]:
    """Those that somebody named .yml by mistake are among them."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml")) if folder.is_dir() else []


def problems_of(path: Path, found: dict[str, Template] | None = None) -> list[str]:
    """One line a problem, as `file:line: key: what to write instead`; a template without any goes into `found`."""
    if path.suffix != ".yaml":
        return [f"{path}: Muster reads templates from files that end in .yaml; name it {path.stem}.yaml"]
    try:
        template = read_template(path.read_text(encoding="utf-8"), file_id=path.stem)
    except BadTemplate as error:
        return [f"{path}:{problem}" for problem in error.problems]
    except UnicodeDecodeError:
        return [f"{path}: this is no plain text; save it as UTF-8"]
    except OSError as error:
        return [f"{path}: this file cannot be read ({error})"]
    if found is not None:
        found[template.id] = template
    return []
