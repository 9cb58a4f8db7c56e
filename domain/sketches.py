"""Questions that somebody is changing in a form, before they are saved."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.clock import new_id
from domain.own_templates import with_fields
from domain.question_reader import MOST_QUESTIONS
from domain.template_file import BadTemplate, Problem
from domain.template_reader import read_template
from domain.template_writer import as_data, to_yaml
from domain.templates import Question, Template
from domain.words import whole

Ask = tuple[Question, ...]
ID_LENGTH = 60
OF_QUESTION = re.compile(r"ask\[(\d+)\](?:\.(.*))?")
STAND_IN = {"id": "sketch", "title": "Sketch", "purpose": "Sketch.", "when": "manual"}
"""What else a template needs is checked when it is saved."""


@dataclass(frozen=True)
class Sketch:
    id: str
    workspace_id: str
    person_id: str
    """Whose it is: nobody else sees it."""
    template: Template
    """As it stands now; what is new may still lack what a template needs."""
    base: Template
    """As it was when they began."""
    at: datetime
    """When they last opened or changed it."""
    ritual_id: int | None = None
    """The ritual whose questions they are; None for a template of the library."""
    template_id: str = ""
    """Of the template of the library that it changes; empty for a new one."""
    channel_id: str = ""
    """Where a template may be switched on as soon as it is saved."""
    takes: Template | None = None
    """The template of the library that a ritual takes its questions from again."""
    text: str = ""
    """The file as it was written, while nothing but a file has changed it."""
    round: int = 0
    """Raised when everything in the form is replaced: what was sent from before is not taken for what stands now."""
    added: Mapping[str, str] = field(default_factory=dict)
    """By the id of the form in which each was written, the ids of new questions."""
    said: tuple[str, ...] = ()
    """What came of the last step."""
    near: str = ""
    """The question at which that is said; empty where it is about all of them."""

    @property
    def is_changed(self) -> bool:
        return self.template != self.base


def asks_alike(one: Template, other: Template) -> bool:
    """Whether the same is asked, whenever and of whom."""
    return (one.title, one.purpose, one.ask, one.anonymous) == (other.title, other.purpose, other.ask, other.anonymous)


@dataclass(frozen=True)
class Finding:
    """What keeps questions from being asked like that."""

    question: Question | None
    """None where it is about all of them."""
    key: str
    """Such as `options` or `if.infra`."""
    message: str


class Refused(Exception):
    """That step cannot be taken."""

    def __init__(self, found: list[Finding]) -> None:
        self.found = found
        super().__init__(" ".join(each.message for each in found))


def checked(template: Template, ask: Ask) -> Template:
    """The template with those questions, as the reader of files takes them. Raises Refused."""
    after = replace(template, ask=ask)
    if not ask:
        return after
    data = as_data(after) | STAND_IN | {"who": list(template.who) or ["everyone"]}
    try:
        read_template(to_yaml(data))
    except BadTemplate as error:
        found = [finding for problem in error.problems if (finding := _finding(problem, ask))]
        if found:
            raise Refused(found) from error
    return after


def _finding(problem: Problem, ask: Ask) -> Finding | None:
    """None for what is not about questions."""
    message = f"{problem.message[:1].upper()}{problem.message[1:]}."
    if found := OF_QUESTION.match(problem.key):
        return Finding(ask[int(found[1]) - 1], found[2] or "", message)
    return Finding(None, "", message) if problem.key == "ask" else None


def put(sketch: Sketch, question: Question, form_id: str) -> Sketch:
    """In the place of the one with its id; a new one stands last. The same form again puts it there again. Raises
    Refused."""
    ids = [each.id for each in sketch.template.ask]
    ask = tuple(question if each.id == question.id else each for each in sketch.template.ask)
    if question.id not in ids:
        ask = (*ask, question)
    template = checked(sketch.template, ask)
    return replace(sketch, template=template, added={**sketch.added, form_id: question.id}, text="", said=())


def fresh_id(text: str, sketch: Sketch) -> str:
    """A readable one, that no other question of it has had: answers are told apart by it."""
    slug = "_".join(re.findall(r"[a-z0-9]+", text.casefold()))[:ID_LENGTH].strip("_")
    taken = {each.id for each in (*sketch.template.ask, *sketch.base.ask)} | set(sketch.added.values())
    if not slug[:1].isalpha():
        slug = f"q_{new_id()[:8]}"
    numbered = (f"{slug}_{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (slug, *numbered) if each not in taken)


def moved(sketch: Sketch, question_id: str, place: int) -> Sketch:
    """To that place, counted from 0; there already, it stays. Raises Refused."""
    ask = sketch.template.ask
    mine = next((each for each in ask if each.id == question_id), None)
    if mine is None:
        return sketch
    others = [each for each in ask if each is not mine]
    others.insert(max(0, place), mine)
    return _with(sketch, tuple(others))


def removed(sketch: Sketch, question_id: str) -> Sketch:
    """Removed already, it stays so. Raises Refused."""
    return _with(sketch, tuple(each for each in sketch.template.ask if each.id != question_id))


def _with(sketch: Sketch, ask: Ask) -> Sketch:
    if ask == sketch.template.ask:
        return replace(sketch, said=())
    return replace(sketch, template=checked(sketch.template, ask), text="", said=())


def filled(sketch: Sketch, given: Mapping[str, str]) -> Sketch:
    """With what stands in the fields beside the questions."""
    template = with_fields(sketch.template, given)
    return sketch if template == sketch.template else replace(sketch, template=template, text="")


def begun_anew(sketch: Sketch) -> Sketch:
    return replace(sketch, template=sketch.base, takes=None, round=sketch.round + 1, added={}, text="", said=())


def has_room(sketch: Sketch) -> bool:
    return len(sketch.template.ask) < MOST_QUESTIONS


def sentences(found: Iterable[Finding], ask: Ask) -> tuple[str, ...]:
    """What a step would do to other questions, and what to do first."""
    return tuple(dict.fromkeys(_sentence(each, ask) for each in found))


def _sentence(finding: Finding, ask: Ask) -> str:
    if finding.question is None:
        return finding.message
    text = whole(finding.question.text)
    key, _, other = finding.key.partition(".")
    texts = {each.id: whole(each.text) for each in ask}
    if key == "if":
        earlier = texts.get(other, whole(other))
        return (
            f"{text} appears only on some answers to {earlier}, which must stay above it with those answers. Change "
            f"or remove {text} first, or let it always appear."
        )
    if key == "into":
        return f"{text} says more of what a question above it makes, and none would. Change or remove {text} first."
    if key == "recall":
        earlier = texts.get(finding.question.recall, whole(finding.question.recall))
        return f"{text} shows the last answer to {earlier}. Change or remove {text} first."
    return f"{text}: {finding.message}"


@dataclass(frozen=True)
class SketchCard:
    """The form in which questions are changed, about to be shown."""

    sketch: Sketch
    place: str = ""
    """Of a ritual."""
