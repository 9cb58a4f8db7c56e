"""What the answers of a round come to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from domain.templates import TITLE_LIMIT, Question, QuestionType, Template
from domain.words import duration_text

Answers = Mapping[str, Mapping[str, str]]
"""By person, by question."""


class Outcome(StrEnum):
    STOPPED = "stopped"
    """Somebody objects."""
    PASSED = "passed"
    WAITS = "waits"
    """For its approver: the answers alone do not decide it."""


@dataclass(frozen=True)
class Objects:
    person_id: str
    reason: str
    change: str
    """What would help."""


def outcome(template: Template, answers: Answers) -> Outcome:
    """Whose word it needs must have let it pass themselves; of everybody else, silence does not stop it."""
    verdict = template.verdict
    if verdict is None:
        return Outcome.WAITS
    if objections(template, answers):
        return Outcome.STOPPED
    needed = {each.removeprefix("@") for each in verdict.needs}
    return Outcome.PASSED if all(passes(template, answers.get(each, {})) for each in needed) else Outcome.WAITS


def passes(template: Template, given: Mapping[str, str]) -> bool:
    """Whether these answers let it pass."""
    verdict = template.verdict
    return verdict is not None and all(given.get(each) in verdict.passing for each in verdict.over)


def objections(template: Template, answers: Answers) -> list[Objects]:
    """One of each who stops it, in the order of the answers."""
    verdict = template.verdict
    if verdict is None:
        return []
    found = []
    for person_id, given in answers.items():
        at = next((each for each in verdict.over if given.get(each) in verdict.stop), None)
        if at:
            typed = [given[each.id] for each in template.follow_ups(at, given[at]) if given.get(each.id)]
            found.append(Objects(person_id, next(iter(typed), ""), "\n".join(typed[1:])))
    return found


def stance_question(template: Template) -> Question | None:
    """The one by whose answers the others are told."""
    over = template.verdict.over if template.verdict else ()
    choices = [each for each in template.ask if each.type is QuestionType.ONE]
    return next((each for each in choices if each.id in over), None) or next(iter(choices), None)


def for_subject(template: Template, parts: Mapping[str, Sequence[str]], *, name: str, title: str) -> Template:
    """The same about the decision of that name and title, with the people named in it, by part: `subject.approver` and
    so on."""

    def named(texts: Iterable[str]) -> tuple[str, ...]:
        people = ((f"@{each}" for each in parts[text]) if text in parts else (text,) for text in texts)
        return tuple(dict.fromkeys(chain.from_iterable(people)))

    verdict, named_title = template.verdict, f"{template.title} {name}"
    return replace(
        template,
        title=named_title if len(named_title) <= TITLE_LIMIT else template.title,
        purpose=_filled(template, f"{name} {title}"),
        who=named(template.who),
        facilitator=next(iter(named([template.facilitator] if template.facilitator else [])), None),
        ask=tuple(replace(each, audience=named(each.audience)) for each in template.ask),
        verdict=verdict and replace(verdict, needs=named(verdict.needs)),
    )


def _filled(template: Template, subject: str) -> str:
    words = {"{subject}": subject, "{closes}": duration_text(template.closes)}
    return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], template.purpose)
