"""An answer on its way through the checks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from briefs.cleaning import cleaned
from briefs.preparing import Line, Request
from briefs.schema import Answer
from domain.briefs import Doubt, LeftOut, Part, Status


@dataclass(frozen=True)
class Claim:
    """One statement, still in the words of the request."""

    part: Part
    text: str
    cited: tuple[str, ...]
    """Ids of the request."""
    quote: str = ""
    quoted: str = ""
    """In which of the cited the quote was found, by id."""
    called: str = ""
    """The owner or the speaker, as the model says."""
    person: str = ""
    """The same by id, when that was checked."""
    due_said: str = ""
    due_date: str = ""
    """As the model reads it."""
    due: date | None = None
    option: int = 0
    """To which it belongs; the first is 1."""
    links: tuple[str, ...] = ()
    """Addresses that may stand in the text; there they are private characters."""
    is_weak: bool = False
    doubts: tuple[Doubt, ...] = ()

    def doubted(self, doubt: Doubt, *, is_weak: bool = False) -> "Claim":
        doubts = self.doubts if doubt in self.doubts else (*self.doubts, doubt)
        return replace(self, doubts=doubts, is_weak=self.is_weak or is_weak)

    def sources(self, request: Request) -> list[Line]:
        return [request.lines[each] for each in self.cited if each in request.lines]

    def left_out(self, request: Request, doubt: Doubt) -> LeftOut:
        return LeftOut(self.part, self.text, doubt, tuple(each.message.ts for each in self.sources(request)))


@dataclass(frozen=True)
class Draft:
    claims: tuple[Claim, ...]
    status: Status
    language: str
    left_out: tuple[LeftOut, ...] = ()

    def mapped(self, change: Callable[[Claim], Claim]) -> "Draft":
        return replace(self, claims=tuple(map(change, self.claims)))

    @property
    def decision(self) -> Claim | None:
        return next((each for each in self.claims if each.part is Part.DECISION), None)


class Check(Protocol):
    def __call__(self, draft: Draft, request: Request, /) -> Draft: ...


def draft_of(answer: Answer) -> Draft:
    claims = tuple(each for each in _claims(answer) if each.text)
    return Draft(claims, Status(answer.decision.status), line_of(answer.language))


def line_of(text: str) -> str:
    return " ".join(cleaned(text).split())


def _claims(answer: Answer) -> Iterator[Claim]:
    yield _claim(Part.QUESTION, answer.question.text, answer.question.sources)
    for place, option in enumerate(answer.options, 1):
        yield _claim(Part.OPTION, option.label, option.sources, option=place)
        for part, said in ((Part.PRO, option.pros), (Part.CON, option.cons)):
            yield from (_claim(part, each.text, each.sources, option=place) for each in said)
    decision = answer.decision
    yield _claim(Part.DECISION, decision.text, decision.sources, quote=decision.quote)
    plain = {
        Part.CONTEXT: answer.context,
        Part.RATIONALE: answer.rationale,
        Part.OPEN_QUESTION: answer.open_questions,
    }
    for part, said in plain.items():
        yield from (_claim(part, each.text, each.sources) for each in said)
    for each in answer.dissent:
        yield _claim(Part.DISSENT, each.text, each.sources, quote=each.quote, called=each.speaker)
    for item in answer.action_items:
        task = _claim(Part.ACTION_ITEM, item.text, item.sources, quote=item.quote, called=item.owner)
        yield replace(task, due_said=line_of(item.due_phrase), due_date=line_of(item.due_date))


def _claim(part: Part, text: str, cited: list[str], *, quote: str = "", called: str = "", option: int = 0) -> Claim:
    said = called.strip().removeprefix("@")
    return Claim(part, line_of(text), tuple(cited), quote=line_of(quote), called=said, option=option)
