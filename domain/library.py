"""Finding a template by what a person typed."""

import difflib
from collections.abc import Iterable, Mapping

from domain.errors import UserError
from domain.templates import Template
from domain.words import quoted


class NoSuchTemplate(UserError):
    """The library has no ritual called {name}. {hint}"""


def find(library: Mapping[str, Template], name: str) -> Template:
    """By id or title, in any case. Raises NoSuchTemplate with the names that come closest."""
    wanted = plain(name)
    for template in library.values():
        if wanted in (plain(template.id), plain(template.title)):
            return template
    raise NoSuchTemplate(name=quoted(name), hint=_hint(library, wanted))


def plain(name: str) -> str:
    """Ids and titles compare alike: `Weekly Sync`, `weekly_sync` and `weekly-sync`."""
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _hint(library: Mapping[str, Template], wanted: str) -> str:
    close = closest(wanted, library)
    if close:
        return f"Did you mean {_code(close)}? Type `/ritual` to see them all."
    if near := difflib.get_close_matches(wanted, list(library), n=3, cutoff=0.2):
        return f"The nearest names are {_code(near)}. Type `/ritual` to see them all."
    return "Type `/ritual` to see what it has."


def closest(wanted: str, names: Iterable[str]) -> list[str]:
    """Those that somebody may have meant, the likeliest first."""
    known = list(names)
    containing = [name for name in known if wanted and wanted in name]
    return list(dict.fromkeys(difflib.get_close_matches(wanted, known, n=3, cutoff=0.6) + containing))[:3]


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
