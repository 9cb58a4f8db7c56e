"""The briefs of the windows of one thread become one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from briefs.checks.doubles import same_words
from briefs.checks.lengths import MOST_LISTED, MOST_TASKS
from briefs.checks.outcome import Checked
from domain.briefs import Brief, Doubt, LeftOut, Option, Part, State, Statement, Status
from domain.threads import Thread

Item = TypeVar("Item")
_STRONGEST = (Status.DECIDED, Status.DEFERRED, Status.PROPOSED, Status.NONE)


def merged(windows: Sequence[Checked], thread: Thread) -> Checked:
    """Of decisions the last one leads that counts for most; the earlier ones follow."""
    briefs = [each.brief for each in windows]
    gone: list[LeftOut] = list(chain.from_iterable(each.left_out for each in briefs))

    def union(
        items: Sequence[Item], part: Part, said: Callable[[Item], Statement], most: int = MOST_LISTED
    ) -> tuple[Item, ...]:
        once = _once(items, said)
        ordered = sorted(once, key=lambda each: said(each).state is State.WEAK)
        gone.extend(_too_many(part, said(each)) for each in ordered[most:])
        return tuple(ordered[:most])

    def plain(part: Part, lists: Sequence[tuple[Statement, ...]]) -> tuple[Statement, ...]:
        return union(list(chain.from_iterable(lists)), part, lambda each: each)

    status, decision = _decisions(briefs, thread)
    questions = [each.question for each in briefs if each.question]
    brief = Brief(
        question=next(iter(questions), None),
        context=plain(Part.CONTEXT, [each.context for each in briefs]),
        options=union(_options(briefs), Part.OPTION, lambda each: each.label),
        status=status,
        decision=decision,
        rationale=plain(Part.RATIONALE, [each.rationale for each in briefs]),
        dissent=union([one for each in briefs for one in each.dissent], Part.DISSENT, lambda each: each.statement),
        open_questions=plain(Part.OPEN_QUESTION, [each.open_questions for each in briefs]),
        tasks=union(
            [one for each in briefs for one in each.tasks], Part.ACTION_ITEM, lambda each: each.statement, MOST_TASKS
        ),
        left_out=tuple(gone),
        language=next((each.language for each in briefs if each.language), ""),
    )
    return Checked(brief, sum(each.failed for each in windows), sum(each.of for each in windows))


def _decisions(briefs: Sequence[Brief], thread: Thread) -> tuple[Status, tuple[Statement, ...]]:
    places = {each.ts: place for place, each in enumerate(thread.messages)}

    def when(said: tuple[Status, Statement]) -> tuple[int, int]:
        status, statement = said
        return -_STRONGEST.index(status), max((places[each] for each in statement.sources), default=-1)

    found = sorted(((each.status, one) for each in briefs for one in each.decision), key=when, reverse=True)
    if not found:
        return Status.DEFERRED if any(each.status is Status.DEFERRED for each in briefs) else Status.NONE, ()
    return found[0][0], tuple(_once([one for _, one in found], lambda each: each))[:MOST_LISTED]


def _options(briefs: Sequence[Brief]) -> list[Option]:
    """One that is named in several windows has the reasons of all."""
    found: list[Option] = []
    for option in chain.from_iterable(each.options for each in briefs):
        place = next((at for at, each in enumerate(found) if same_words(each.label.text, option.label.text)), None)
        if place is None:
            found.append(option)
        else:
            known = found[place]
            pros, cons = (_once([*known.pros, *option.pros], _itself), _once([*known.cons, *option.cons], _itself))
            found[place] = replace(known, pros=tuple(pros)[:MOST_LISTED], cons=tuple(cons)[:MOST_LISTED])
    return found


def _itself(statement: Statement) -> Statement:
    return statement


def _once(items: Sequence[Item], said: Callable[[Item], Statement]) -> list[Item]:
    """Windows overlap, so what is said twice has a source in common."""
    kept: list[Item] = []
    for item in items:
        if not any(_is_same(said(item), said(other)) for other in kept):
            kept.append(item)
    return kept


def _is_same(one: Statement, other: Statement) -> bool:
    return not set(one.sources).isdisjoint(other.sources) and same_words(one.text, other.text)


def _too_many(part: Part, statement: Statement) -> LeftOut:
    return LeftOut(part, statement.text, Doubt.TOO_MANY, statement.sources)
