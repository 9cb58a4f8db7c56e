"""What stands above the answers of a run: a few lines of its brief, each with whose words it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.briefs import Brief, Made, State, Statement, Task
from domain.cards import RunCard
from domain.run_threads import SOMEBODY, authors, texts
from domain.words import day_text

MOST = 2
"""Lines of each part."""
ROOM = 240
"""Characters of a line; the answer it rests on is below."""
ASKED, CHANGED, OPTIONS, OPEN = "What is asked", "What changed", "Options", "What we do not know"
DIFFER, WORK = "Where people differ", "Who does what"
SEVERAL, WORRIES = "What several write of", "Worries and objections"
"""Of what was found by rules, which know how something is said and not what it means."""


@dataclass(frozen=True)
class Short:
    head: str
    text: str
    people: tuple[str, ...]
    """Whose words it rests on, by name; nobody in an anonymous run."""
    near: int = 0
    """How many others, the last ones, say it in similar words only."""
    owner: str = ""
    """Who is to do it, as far as they take part in the run."""
    due: str = ""


def in_short(card: RunCard) -> tuple[list[Short], Made]:
    """Only what rests on answers that are as they were read; nothing that may not say what its sources say."""
    if card.brief is None:
        return [], Made()
    brief = card.brief.standing(texts(card))
    return [each for part in _parts(card, brief) for each in part[:MOST]], brief.made


def _parts(card: RunCard, brief: Brief) -> Iterable[list[Short]]:
    by, is_worded = authors(card), bool(brief.made.model)

    def said(head: str, statements: Iterable[Statement]) -> list[Short]:
        return [_short(card, by, head, each) for each in statements if each.state is not State.WEAK]

    yield said(ASKED, [*([brief.question] if brief.question and is_worded else []), *brief.decision])
    yield said(CHANGED if is_worded else SEVERAL, brief.context)
    yield said(OPTIONS, [each.label for each in brief.options])
    yield said(OPEN if is_worded else ASKED, brief.open_questions)
    yield said(DIFFER if is_worded else WORRIES, [each.statement for each in brief.dissent])
    yield [_task(card, each, line) for each in brief.tasks for line in said(WORK, [each.statement])]


def _short(card: RunCard, by: dict[str, str], head: str, statement: Statement) -> Short:
    ids = dict.fromkeys(by[ts] for ts in statement.sources if ts in by)
    people = tuple(card.people[each].name for each in ids)
    near = len(people or statement.sources) - 1 if head == SEVERAL else 0
    return Short(head, statement.text.replace(SOMEBODY, "somebody"), people, near)


def _task(card: RunCard, task: Task, line: Short) -> Short:
    owner = card.people[task.owner_id].name if task.owner_id in card.people else ""
    return replace(line, owner=owner, due=day_text(task.due) if task.due else "")
