"""New questions of rituals that are on: who began to write them when, who saved which, and who was told of others'."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulation.forms import Forms
from simulation.labels import QUESTIONS
from simulation.messages import ids_of, plain, squeezed, strings
from simulation.recognition import CHECKIN_FORM, OVERTAKEN, QUESTIONS_FORM, QUESTIONS_TEXT_FORM
from simulation.rituals import Question, questions_of
from simulation.trace import Json, Line, Trace

Asked = tuple[Question, ...]


@dataclass(frozen=True)
class Save:
    line: Line
    """The form that was sent."""
    ritual: str
    """Its id."""
    draft: str
    """What is written in one form, from step to step."""
    asks: Asked | None
    """None where nothing was written."""
    is_made: bool
    """False if it was not taken, such as because somebody else had saved theirs."""


@dataclass(frozen=True)
class Rewriting:
    forms: Forms
    saves: dict[int, Save]
    """By the line of the form."""
    begun: dict[str, int]
    """By draft, the line where it was first shown."""
    told: tuple[tuple[str, int], ...]
    """Drafts that said that somebody else had changed the questions, and where."""

    def overtaken(self, save: Save) -> list[Save]:
        """What others had saved since it was begun, and since that was told before it was sent again."""
        since = max([self.begun.get(save.draft, 0), *(at for at in self._told(save.draft, 0, self._before(save)))])
        return [
            each
            for each in self.saves.values()
            if each.is_made
            and (each.ritual, each.draft != save.draft) == (save.ritual, True)
            and since < each.line.number < save.line.number
            and self._is_new(each)
        ]

    def is_told(self, save: Save, of: Save) -> bool:
        return bool(self._told(save.draft, of.line.number, save.line.number))

    def _told(self, draft: str, since: int, until: int) -> list[int]:
        return [at for told, at in self.told if told == draft and since < at < until]

    def _before(self, save: Save) -> int:
        """The line where it was last sent before; 0 if it was not."""
        sent = (each.line.number for each in self.saves.values() if each.draft == save.draft)
        return max((number for number in sent if number < save.line.number), default=0) + 1

    def _is_new(self, save: Save) -> bool:
        """Whether it changed anything."""
        before = [
            each
            for each in self.saves.values()
            if each.is_made and each.ritual == save.ritual and each.line.number < save.line.number
        ]
        return save.asks is not None and (not before or before[-1].asks != save.asks)


def rewriting(trace: Trace, forms: Forms) -> Rewriting:
    written: dict[str, Asked] = {}
    begun: dict[str, int] = {}
    told: list[tuple[str, int]] = []
    saves: dict[int, Save] = {}
    for line in trace.of("diary", "view"):
        form = line["view"] if line.kind == "view" else line
        draft = str(ids_of(form).get("draft"))
        if line.kind == "view" and form.get("callback_id") == QUESTIONS_FORM:
            begun.setdefault(draft, line.number)
            if _says_so(form["blocks"]):  # It shows theirs now.
                told.append((draft, line.number))
                written.pop(draft, None)
        elif line.get("did") == "submitted" and line["callback_id"] == QUESTIONS_TEXT_FORM and _is_asked(line):
            written[draft] = questions_of(plain(str(line["values"][QUESTIONS])))
        elif line.get("did") == "submitted" and line["callback_id"] == QUESTIONS_FORM and ids_of(line).get("ritual"):
            made = _is_made(trace, forms, line, _new(written.get(draft), saves.values()))
            saves[line.number] = Save(line, str(ids_of(line)["ritual"]), draft, written.get(draft), made)
    return Rewriting(forms, saves, begun, tuple(told))


def _is_asked(line: Line) -> bool:
    """Of a template it says more than what is asked."""
    return bool(line.get("ok")) and QUESTIONS in (line.get("values") or {})


def _says_so(blocks: list[Json]) -> bool:
    return OVERTAKEN in squeezed(" ".join(strings(blocks)))


def _new(asks: Asked | None, saves: Iterable[Save]) -> set[str]:
    """What nobody had saved before."""
    known = {squeezed(each.text) for save in saves if save.is_made for each in save.asks or ()}
    return {squeezed(each.text) for each in asks or ()} - known


def _is_made(trace: Trace, forms: Forms, line: Line, new: set[str]) -> bool:
    """Where their person was not told, it was if anybody is shown such a question for the first time later."""
    if line.get("ok") or line.get("errors"):
        return forms.is_final(line)
    first = new - _shown(each for each in trace.of("view") if each.at <= line.at)
    return bool(first & _shown(each for each in trace.of("view") if each.at > line.at))


def _shown(views: Iterable[Line]) -> set[str]:
    """The labels in forms of check-ins."""
    found = (line["view"] for line in views if line["view"].get("callback_id") == CHECKIN_FORM)
    return {label for view in found for label in labels(view["blocks"])}


def labels(blocks: list[Json]) -> set[str]:
    return {squeezed(block["label"]["text"]) for block in blocks if "label" in block}
