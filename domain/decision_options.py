"""What was considered: options with what speaks for and against each; and how forms carry them, one shown at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from domain.errors import too_long

TITLE_LIMIT = 150
PART_LIMIT = 500
SHORT_LIMIT = 150
MOST = 8
PREFIX = "option_"
LINES = "option_lines"
"""A quick way: each line is the title of an option."""


@dataclass(frozen=True)
class Option:
    title: str
    pros: str = ""
    cons: str = ""
    cost: str = ""
    gain: str = ""


LIMITS = {"title": TITLE_LIMIT, "pros": PART_LIMIT, "cons": PART_LIMIT, "cost": SHORT_LIMIT, "gain": SHORT_LIMIT}


def written(options: Sequence[Option]) -> str:
    """As one value of a form; empty if there are none."""
    found = [{name: text for name, text in asdict(each).items() if text} for each in options]
    return json.dumps(found, ensure_ascii=False) if found else ""


def read(given: Mapping[str, str], at: int | None = None) -> list[Option]:
    """All of them, with what the fields say of the one `at` that place, or of another one, and after them what was
    listed by lines."""
    options = [Option(**{"title": "", **each}) for each in json.loads(given.get("options") or "[]")]
    typed = Option(**{part: given.get(f"{PREFIX}{part}", "").strip() for part in LIMITS})
    if at is not None and at < len(options):
        options[at] = typed
    else:
        options.append(typed)
    found = [each for each in options if each != Option("")]
    listed = dict.fromkeys(" ".join(each.split()) for each in given.get(LINES, "").splitlines())
    known = {each.title for each in found}
    return found + [Option(title) for title in listed if title and title not in known]


def folded(given: Mapping[str, str], at: int | None = None) -> dict[str, str]:
    """The same without fields of a single option: all of them in one value."""
    rest = {name: value for name, value in given.items() if not name.startswith(PREFIX) and name != "options"}
    options = written(read(given, at))
    return rest | ({"options": options} if options else {})


def without(given: Mapping[str, str], at: int) -> dict[str, str]:
    """What is left when that one is taken out."""
    options = read(given)
    left = {**given, "options": written([*options[:at], *options[at + 1 :]])}
    return {name: value for name, value in left.items() if value}


def shown(given: Mapping[str, str], at: int) -> dict[str, str]:
    """The fields of that one; none of one that is still to be written."""
    options = read(given)
    found = asdict(options[at]) if at < len(options) else {}
    return {f"{PREFIX}{part}": text for part, text in found.items() if text}


def mistakes(given: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    """Which option needs another look, and what is wrong with it, by field; nothing if all are right."""
    options = read(given)
    for place, option in enumerate(options):
        found = too_long(asdict(option), LIMITS)
        if not option.title:
            found["title"] = "Please give this option a name, or empty its other fields."
        if found:
            return place, {f"{PREFIX}{part}": sentence for part, sentence in found.items()}
    if len(options) > MOST:
        return MOST, {"option_title": f"Please keep it to {MOST} options; there are {len(options)}."}
    return 0, {}
