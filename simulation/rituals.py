"""The ritual files as the judge reads them: what people live in simulated weeks, and nothing else."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from simulation.plan import Plan
from simulation.trace import Unreadable
from simulation.when import When, read_when

IN_TURN = re.compile(r"(\d+) of (\S+)")
DURATION = re.compile(r"(\d+)([hd])")
FUNCTIONS = frozenset(
    {
        "research",
        "ml",
        "mlops",
        "engineering",
        "product",
        "design",
        "support",
        "annotation",
        "legal",
        "gtm",
        "analytics",
        "users",
    }
)
ROLES = {"leads": "lead", "managers": "manager", "execs": "exec"}
KEYS = frozenset(
    {"id", "title", "purpose", "when", "who", "closes", "remind", "ask", "post", "anonymous", "facilitator"}
)
QUESTION_KEYS = frozenset({"id", "text", "type", "hint", "optional", "for", "if", "options", "into", "recall", "split"})
POST_KEYS = frozenset({"to", "by", "early", "quiet", "brief"})
PLACES = frozenset({"channel", "facilitator", "participants", "managers"})
FORMS = frozenset({"function", "person", "question", "answer"})
ME = "me"
"""Whoever starts it by hand."""
ONE_DAY, FOUR_HOURS = "1d", ["4h"]
"""What holds where a file is silent."""


@dataclass(frozen=True)
class Duration:
    """Plain elapsed hours, or working days of a person."""

    hours: int = 0
    days: int = 0


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    type: str
    optional: bool
    functions: frozenset[str]
    """Who sees it; empty means everybody."""
    into: str
    """What else the answer becomes, such as the title of a blocker."""
    split: bool = False
    """Whether each of its lines becomes one."""


@dataclass(frozen=True)
class Template:
    id: str
    title: str
    purpose: str
    when: When | None
    """None for what is only started by hand."""
    who: tuple[str, ...]
    closes: Duration
    remind: tuple[Duration, ...]
    questions: tuple[Question, ...]
    to: tuple[str, ...] = ("channel",)
    """Who reads the summary."""
    by: str = "question"
    """What it goes by: a function, a person, a question, or what was chosen."""
    early: bool = False
    """Whether the channel reads answers while the run is open."""
    quiet: bool = False
    """Whether it reads nothing before the run is closed."""
    facilitator: str = ""
    """Of whom one at a time facilitates it; empty: whoever switched it on."""
    people: frozenset[str] = frozenset()
    """Who is asked by name."""
    observers: frozenset[str] = frozenset()
    """Who reads, and is not asked."""
    anonymous: int = 0
    """So many answers at least, or nothing is shown; 0 where answers have names."""

    @property
    def selectors(self) -> list[tuple[int, str]]:
        """How many at a time, 0 for all, and of whom."""
        return [_counted(each) for each in self.who]

    @property
    def elsewhere(self) -> list[str]:
        """The names of other channels that read the summary."""
        return [each.removeprefix("#") for each in self.to if each.startswith("#")]


def changed(template: Template, when: str, who: str, closes: str, remind: str) -> Template:
    """As the form for changing it says it."""
    return replace(
        template,
        when=read_when(when),
        who=_understood(_entries(who)),
        closes=_duration(closes),
        remind=tuple(map(_duration, _entries(remind))),
    )


def _entries(said: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in said.split(",") if entry.strip())


def read_folder(folder: Path, names: Collection[str]) -> dict[str, Template]:
    """Those of these names; others may say what the judge does not understand."""
    found = [read(path) for path in sorted(folder.glob("*.yaml")) if path.stem in names]
    if not found:
        raise Unreadable(f"There is no ritual in {folder}.")
    return {template.id: template for template in found}


def of_plan(folder: Path, plan: Plan) -> dict[str, Template]:
    """Those of the library, and those that somebody writes in Slack."""
    written = {each["id"]: parse(each) for each in plan.written}
    return {**read_folder(folder, {each.template for each in plan.rituals} - set(written)), **written}


def read(path: Path) -> Template:
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        return parse(given)
    except (Unreadable, yaml.YAMLError, KeyError, TypeError) as error:
        raise Unreadable(f"{path.name}: {error}") from error


def parse(given: Mapping[str, Any]) -> Template:
    _only(given, KEYS)
    who, post = tuple(given["who"]), given.get("post", {})
    _only(post, POST_KEYS)
    _only(dict.fromkeys(each for each in post.get("to", ()) if not each.startswith("#")), PLACES)
    _only({post.get("by", "question"): ""}, FORMS)
    return Template(
        id=given["id"],
        title=given["title"],
        purpose=given["purpose"],
        when=read_when(given["when"]),
        who=_understood(who),
        closes=_duration(given.get("closes", ONE_DAY)),
        remind=tuple(_duration(each) for each in given.get("remind", FOUR_HOURS)),
        questions=tuple(_question(each) for each in given["ask"]),
        to=tuple(post.get("to", ("channel",))),
        by=post.get("by", "question"),
        early=bool(post.get("early")),
        quiet=bool(post.get("quiet")),
        facilitator=_in_turn(given.get("facilitator", "")),
        anonymous=given.get("anonymous", 0),
    )


def questions_of(text: str) -> tuple[Question, ...]:
    """Of a ritual that is on, as they are written in Slack."""
    return tuple(_question(each) for each in yaml.safe_load(text)["ask"])


def _in_turn(facilitator: str) -> str:
    count, whom = _counted(facilitator) if facilitator else (1, "")
    if count != 1:
        raise Unreadable(f"the judge does not understand facilitator: {facilitator!r}.")
    return _understood((whom,))[0] if whom else ""


def _question(given: Mapping[str, Any]) -> Question:
    _only(given, QUESTION_KEYS)
    return Question(
        id=given["id"],
        text=given["text"],
        type=given["type"],
        optional=bool(given.get("optional")),
        functions=frozenset(given.get("for", ())),
        into=given.get("into", ""),
        split=given.get("split") == "lines",
    )


def means(whom: str, function: str, role: str) -> bool:
    return whom in ("everyone", function) or ROLES.get(whom) == role


def _counted(said: str) -> tuple[int, str]:
    """ "2 of research", "leads"."""
    found = IN_TURN.fullmatch(said)
    return (int(found[1]), found[2]) if found else (0, said)


def _understood(who: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := [word for word in who if _counted(word)[1] not in {"everyone", ME, *FUNCTIONS, *ROLES}]:
        raise Unreadable(f"the judge does not understand who: {unknown[0]!r}.")
    return who


def _only(given: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := sorted(set(given) - known):
        raise Unreadable(f"the judge does not know what {unknown[0]!r} asks of Muster.")


def _duration(text: str) -> Duration:
    found = DURATION.fullmatch(text)
    if not found:
        raise Unreadable(f"the judge does not understand the duration {text!r}.")
    number = int(found[1])
    return Duration(hours=number) if found[2] == "h" else Duration(days=number)
