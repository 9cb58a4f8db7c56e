"""The form of a ritual: when and whom it asks, how long, where its summary goes, who facilitates and who reads."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from domain.errors import FieldErrors
from domain.people import Person
from domain.runs import Ritual
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.template_writer import as_data, to_yaml
from domain.templates import CHANNEL, FACILITATOR, MANAGERS, PARTICIPANTS, Post, Template

PERSON = re.compile(r"@([UW][A-Z0-9]+)")
PEOPLE_LIMIT = 30
PEOPLE_FIELDS = ("people", "facilitator", "observers")
WHEN_LIMIT = 120
WHO_LIMIT = 500
CLOSES_LIMIT = 4
REMIND_LIMIT = 30
FIELD_OF = {"ask": "who", "post.by": "by", "into": "post"}
"""On which field a problem of another key is said: those the form has are the only ones that changed."""
EARLY = "early"
"""Among the places of a summary: the channel, already as the answers come."""
QUIET = "quiet"
"""Among them, too: nothing in the channel before the summary."""
BRIEF = "brief"
"""And what stands above it."""
MARKS = (EARLY, QUIET, BRIEF)


@dataclass(frozen=True)
class RitualSheet:
    """The form, about to be shown."""

    template: Template
    channel_id: str
    place: str
    draft_id: str
    given: Mapping[str, str]
    """By field, as typed."""
    ritual_id: int | None = None
    """None while it is to be switched on."""
    outsiders: tuple[Person, ...] = ()
    """Those outside a private channel of whom the form warns."""
    seen: str = ""
    """Marks of what the fields held when it was opened."""
    unnamed: frozenset[str] = frozenset()
    """Of the channels that its summary goes to, those that are not public any more, or have no Muster."""


@dataclass(frozen=True)
class RitualChange:
    ritual: Ritual
    """As it is now."""
    after: Mapping[str, str] = field(default_factory=dict)
    """What the fields hold that have changed; the names of those changed are kept, though they are empty now."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of the people in them, by id."""


def as_given(template: Template, *, facilitator_id: str, observers: Collection[str]) -> dict[str, str]:
    """What the fields hold as the form opens. Nobody facilitates in particular where people take turns."""
    people = [found[1] for entry in template.who if (found := PERSON.fullmatch(entry))]
    given = {
        "when": template.when,
        "who": ", ".join(entry for entry in template.who if not PERSON.fullmatch(entry)),
        "people": ",".join(people),
        "closes": str(template.closes),
        "remind": ", ".join(map(str, template.remind)),
        "post": "\n".join([*template.post.to, *_marks(template.post)]),
        "by": template.post.by,
        "facilitator": "" if takes_turns(template) else facilitator_id,
        "observers": ",".join(sorted(observers)),
    }
    return {name: value for name, value in given.items() if value}


def places(template: Template) -> tuple[str, ...]:
    """Where its summary may go; other channels only as its file names them."""
    as_they_come = () if template.anonymous else (EARLY,)
    return (
        CHANNEL,
        *as_they_come,
        QUIET,
        FACILITATOR,
        PARTICIPANTS,
        MANAGERS,
        *(f"#{name}" for name in template.post.elsewhere),
        BRIEF,
    )


def takes_turns(template: Template) -> bool:
    """Whether its facilitator is found anew for each run."""
    return template.facilitator is not None and not PERSON.fullmatch(template.facilitator)


def ids(given: Mapping[str, str], field: str) -> list[str]:
    return given[field].split(",") if given.get(field) else []


def changed(template: Template, given: Mapping[str, str], *, otherwise: str) -> Template:
    """The template with what the form says; `otherwise` facilitates it unless somebody is named. Raises FieldErrors."""
    who = _entries(given, "who")
    who += [f"@{each}" for each in ids(given, "people")]
    if not who:
        raise FieldErrors({"who": "Somebody has to be asked. Write for example everyone, or choose people below."})
    data = {
        **as_data(template),
        "when": given.get("when", ""),
        "who": list(dict.fromkeys(who)),
        "closes": given.get("closes", ""),
        "remind": _entries(given, "remind"),
        "post": _post(template, given),
    }
    data.pop("facilitator", None)  # Chosen by hand, or kept as it stands: neither is to be read.
    found = _read(data)
    cadence = template.cadence if found.when == template.when else found.cadence  # It may count from another week.
    named = _facilitator(template, given.get("facilitator", ""), otherwise)
    return replace(found, cadence=cadence, facilitator=named)


def _entries(given: Mapping[str, str], field: str) -> list[str]:
    """As they stand with commas between them."""
    return [entry.strip() for entry in given.get(field, "").split(",") if entry.strip()]


def _marks(post: Post) -> list[str]:
    return [mark for mark, is_so in zip(MARKS, (post.early, post.quiet, post.brief), strict=True) if is_so]


def _post(template: Template, given: Mapping[str, str]) -> dict[str, Any]:
    """What is not given stays. What the channel reads as it comes, it reads at the end, too; so it does where only that
    it is quiet until then was chosen."""
    chosen = given["post"].split("\n") if given.get("post") else [*template.post.to, *_marks(template.post)]
    to = [place for place in chosen if place not in MARKS]
    if CHANNEL not in to and (EARLY in chosen or not to):
        to.insert(0, CHANNEL)
    by = given.get("by") or template.post.by
    return {"to": to, "by": by, **{mark: mark in chosen for mark in MARKS}}


def _facilitator(template: Template, chosen: str, otherwise: str) -> str | None:
    if not chosen:
        return template.facilitator if takes_turns(template) else None
    return None if chosen == otherwise and template.facilitator is None else f"@{chosen}"


def _read(data: dict[str, Any]) -> Template:
    try:
        return read_template(to_yaml(data))
    except BadTemplate as error:
        mistakes: dict[str, list[str]] = {}
        for problem in error.problems:
            whole = "into" if problem.key.endswith(".into") else problem.key
            key = whole if whole in FIELD_OF else re.split(r"[.\[]", problem.key)[0]
            mistakes.setdefault(FIELD_OF.get(key, key), []).append(problem.message)
        raise FieldErrors({field: _sentence(found) for field, found in mistakes.items()}) from error


def _sentence(found: Iterable[str]) -> str:
    return " ".join(f"{text[:1].upper()}{text[1:]}." for text in dict.fromkeys(found))


def marks(given: Mapping[str, str]) -> str:
    """Of what the fields hold, short enough for a form to carry."""
    return ",".join(f"{name}:{_mark(value)}" for name, value in sorted(given.items()))


def _mark(value: str) -> str:
    """The same in whichever order Slack tells of what was chosen."""
    parts = sorted(part.strip() for part in re.split(r"[,\n]", value))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def merged(given: Mapping[str, str], seen: str, current: Mapping[str, str]) -> dict[str, str]:
    """What was typed in the fields that do not hold what they held when the form was opened, and in the others what
    holds now: somebody else may have changed it meanwhile."""
    before = dict(each.split(":") for each in seen.split(",")) if seen else {}
    found: dict[str, str] = {}
    for name in {*given, *current}:
        is_untouched = _mark(given.get(name, "")) == before.get(name, _mark(""))
        found[name] = (current if is_untouched else given).get(name, "")
    return {name: value for name, value in found.items() if value}


def counted_from(template: Template, today: date) -> Template:
    """`every N weeks` without `from` counts from the week it is switched on, on the calendar of whoever does."""
    rule = template.cadence
    if rule is None or rule.every_weeks == 1 or rule.start is not None:
        return template
    return replace(template, cadence=replace(rule, start=today - timedelta(days=today.weekday())))


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """By field, what it was and what it is; for the audit trail."""
    names = sorted({*before, *after})
    return {
        name: {"before": before.get(name, ""), "after": after.get(name, "")}
        for name in names
        if before.get(name, "") != after.get(name, "")
    }
