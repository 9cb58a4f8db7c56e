"""What stands above the answers of a run: a few lines of its brief, each with whose words it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.briefs import Brief, Made, State, Statement
from domain.cards import RunCard
from domain.run_threads import SOMEBODY, authors, texts
from domain.words import day_text

MOST = 2
"""Lines of each part."""
ROOM = 240
"""Characters of a line; the answer it rests on is below."""
ASKED, CHANGED, SEVERAL = "What is asked", "What changed", "What several write of"
OPTIONS, OPEN, DIFFER, WORK = "Options", "What we do not know", "Where people differ", "Who does what"


@dataclass(frozen=True)
class Short:
    head: str
    text: str
    people: tuple[str, ...]
    """Whose words it rests on, by name; nobody in an anonymous run."""
    near: int = 0
    """How many of the last ones only write of the same; without names, how many do."""
    due: str = ""


def in_short(card: RunCard) -> tuple[list[Short], Made]:
    """Only what rests on answers that are as they were read; nothing that may not say what its sources say."""
    if card.brief is None:
        return [], Made()
    brief = card.brief.standing(texts(card))
    return [each for part in _parts(card, brief) for each in part[:MOST]], brief.made


def _parts(card: RunCard, brief: Brief) -> Iterable[list[Short]]:
    by, is_worded = authors(card), bool(brief.made.model)

    def said(head: str, statements: Iterable[Statement], due: str = "") -> list[Short]:
        sure = [each for each in statements if each.state is not State.WEAK]
        return [_short(card, by, head, each, due) for each in sure]

    yield said(ASKED, [*([brief.question] if brief.question and is_worded else []), *brief.decision])
    yield said(CHANGED if is_worded else SEVERAL, brief.context)
    yield said(OPTIONS, [each.label for each in brief.options])
    yield said(OPEN, brief.open_questions)
    yield said(DIFFER, [each.statement for each in brief.dissent])
    tasks = [said(WORK, [each.statement], day_text(each.due) if each.due else "") for each in brief.tasks]
    yield [each for task in tasks for each in task]


def _short(card: RunCard, by: dict[str, str], head: str, statement: Statement, due: str) -> Short:
    ids = dict.fromkeys(by[ts] for ts in statement.sources if ts in by)
    people = tuple(card.people[each].name for each in ids)
    near = len(people or statement.sources) - 1 if head == SEVERAL else 0
    return Short(head, statement.text.replace(SOMEBODY, "somebody"), people, near, due)
