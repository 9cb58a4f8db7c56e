"""What people submitted, and what receipts and summaries say they did."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from simulation.messages import Message, Version, ids_of, plain, squeezed, strings
from simulation.recognition import APART_HEADS, BESIDE, CHECKIN_FORM, ELLIPSIS, IN_SHORT_HEAD, PERSON_LINE, SAYS
from simulation.rituals import Question, Template
from simulation.trace import Json, Line

NOT_GIVEN = ""
Given = Mapping[str, str]
"""By the text of the question; its lines are kept apart."""


@dataclass(frozen=True)
class Submission:
    line: Line
    person: str
    given: Given

    @property
    def is_taken(self) -> bool:
        """The person believes it."""
        return bool(self.line.get("ok"))

    @property
    def is_refused(self) -> bool:
        """The person was told what to mend."""
        return not self.is_taken and bool(self.line.get("errors"))

    def counts_at(self, asked: datetime) -> datetime:
        """What was answered before there was a prompt counts once its person would be asked."""
        return max(self.line.at, asked) if ids_of(self.line).get("occurrence") else self.line.at


def submission(line: Line) -> Submission:
    values = {label: str(value) for label, value in (line.get("values") or {}).items()}
    given = {squeezed(label): "\n".join(lines_of(value)) for label, value in values.items() if squeezed(value)}
    return Submission(line, line["person"], given)


def by_prompt(submitted: Iterable[Line], is_final: Callable[[Line], bool]) -> dict[str, list[Submission]]:
    """In the order they were made; what was turned to another page belongs to what is sent with the last."""
    found: dict[str, list[Submission]] = {}
    pages: dict[tuple[str, str], dict[str, Submission]] = {}
    for line in submitted:
        if line["callback_id"] == CHECKIN_FORM:
            turned = pages.setdefault((line["person"], line["view_id"]), {})
            turned[str(ids_of(line).get("page", ""))] = submission(line)
            if not line.get("ok") or is_final(line):
                found.setdefault(_place_of(line), []).append(_joined(turned.values()))
    return found


def _joined(pages: Iterable[Submission]) -> Submission:
    newest = max(pages, key=lambda each: each.line.number)
    given = {question: said for each in pages for question, said in each.given.items()}
    return Submission(newest.line, newest.person, {**given, **newest.given})


def _place_of(line: Line) -> str:
    """The id of the prompt, or what stands for it before there is one."""
    ids = ids_of(line)
    prompt, ritual, occurrence = (str(ids.get(name) or "") for name in ("prompt", "ritual", "occurrence"))
    return f"{line['person']} {ritual} {occurrence}" if occurrence else prompt


def lines_of(value: str) -> list[str]:
    """Without those that are empty."""
    return [line for line in map(squeezed, value.split("\n")) if line]


def acceptable(submissions: Iterable[Submission]) -> list[Submission]:
    """What may stand in the end: the last that was taken, or one after it whose fate its person was not told."""
    found: list[Submission] = []
    for each in submissions:
        if each.is_taken:
            found = [each]
        elif not each.is_refused:
            found.append(each)
    return found


def in_receipt(version: Version, template: Template) -> dict[str, str]:
    return _answers(_lines(version.blocks), template)


def in_summary(messages: Iterable[Message], template: Template) -> dict[str, dict[str, str]]:
    """By name and question; blockers stand apart."""
    lines = [line for message in messages for line in _lines(message.last.blocks)]
    return _by_question(lines, template) if template.by == "question" else _by_person(lines, template)


def _by_person(lines: Iterable[str], template: Template) -> dict[str, dict[str, str]]:
    """Under their name, be it within a function or an answer or not."""
    found: dict[str, list[str]] = {}
    person = ""
    for line in lines:
        if named := PERSON_LINE.fullmatch(line):
            person = plain(named["name"])
            found.setdefault(person, [])
        elif person:
            found[person].append(line)
    return {person: _answers(lines, template) for person, lines in found.items()}


def _by_question(lines: Iterable[str], template: Template) -> dict[str, dict[str, str]]:
    """Under each question or beside it, the people; the lines after one go on with what they said."""
    found: dict[str, dict[str, str]] = {}
    heads = {f"*{squeezed(each.text)}*": squeezed(each.text) for each in template.questions}
    asked = person = ""
    for line in lines:
        head = next((each for each in heads if squeezed(line).startswith(each)), "")
        if head:
            asked, person = heads[head], ""
        for part in BESIDE.split(squeezed(line).removeprefix(head) if head else line):
            if said := SAYS.fullmatch(part) if asked else None:
                person = plain(said["name"])
                given = found.setdefault(person, {})
                given[asked] = f"{given.get(asked, '')} {squeezed(said['answer'])}".strip()
            elif asked and person:
                found[person][asked] = f"{found[person][asked]} {squeezed(part)}".strip()
    return found


def set_apart(version: Version) -> str:
    """The words below the heads of blockers and of action items: answers that stand there need not stand elsewhere."""
    below = [block for block, head in _with_heads(version.blocks) if head.startswith(APART_HEADS)]
    return squeezed("\n".join(strings(below)))


def below(version: Version, head: str) -> list[str]:
    """The lines below a head that begins so."""
    texts = (block["text"]["text"] for block, over in _with_heads(version.blocks) if _is_below(block, over, head))
    return [line for text in texts for line in text.split("\n")]


def _is_below(block: Json, over: str, head: str) -> bool:
    return over.startswith(head) and block["type"] == "section" and "text" in block


def _lines(blocks: list[Json]) -> list[str]:
    """Of sections only: heads, contexts and buttons are not people's words."""
    sections = (
        block["text"]["text"]
        for block, head in _with_heads(blocks)
        if block["type"] == "section" and "text" in block and not head.startswith((*APART_HEADS, IN_SHORT_HEAD))
    )
    return [line for text in sections for line in text.split("\n")]


def _with_heads(blocks: list[Json]) -> Iterator[tuple[Json, str]]:
    """Each with the head it stands below, if there is one."""
    head = ""
    for block in blocks:
        head = block["text"]["text"] if block["type"] == "header" else head
        yield block, head


def _answers(lines: Iterable[str], template: Template) -> dict[str, str]:
    """A line that begins with a question begins its answer; the lines after it go on with it."""
    found: dict[str, str] = {}
    asked = ""
    for line in map(squeezed, lines):
        question = next((each.text for each in template.questions if line.startswith(f"_{squeezed(each.text)}_")), "")
        if question:
            asked, rest = squeezed(question), line.removeprefix(f"_{squeezed(question)}_").strip()
            found[asked] = f"{found[asked]} {rest}" if asked in found else rest
        elif asked:
            found[asked] = f"{found[asked]} {line}".strip()
    return found


def differences(wanted: Given, shown: Given, template: Template, *, elsewhere: str = "") -> list[str]:
    """In words; `elsewhere` is where answers that have become something may stand instead."""
    found = []
    for question in template.questions:
        text = squeezed(question.text)
        value, seen = said(question, wanted.get(text, NOT_GIVEN)), shown.get(text, NOT_GIVEN)
        if is_same(value, seen) or (question.into and not seen and value and _stands(question, value, elsewhere)):
            continue
        found.append(f"{text!r}: submitted {value!r}, shown {seen!r}")
    return found


def said(question: Question, value: str) -> str:
    """As people read it: days are written out."""
    if question.type != "date" or not value:
        return value
    day = date.fromisoformat(value)
    return f"{day:%a} {day.day} {day:%b %Y}"


def is_same(value: str, seen: str) -> bool:
    """Long answers are cut in a receipt and in a summary."""
    given, shown = ("".join(each.split()) for each in (value, seen))
    is_cut = shown.endswith(ELLIPSIS) and not given.endswith(ELLIPSIS)
    return given.startswith(shown.removesuffix(ELLIPSIS)) if is_cut else given == shown


def _stands(question: Question, value: str, text: str) -> bool:
    parts = value.split("\n") if question.split else [squeezed(value)]
    return all(each in text for each in parts)
