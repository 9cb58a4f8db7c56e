"""A brief without any model: only what people wrote, word for word, each with its sources."""

from briefs.conclusion import Conclusion
from briefs.dissent import dissent
from briefs.options import options
from briefs.questions import open_questions, question
from briefs.quotes import quoted
from briefs.ranking import Ranking
from briefs.reading import Reading
from briefs.tasks import tasks
from briefs.words import plain
from domain.briefs import Brief, Statement
from domain.threads import Thread

_REASONS = 3
_NEAR = 3
"""A reason stands so many messages around what it is given for, or by one of those who vote for it."""


def draft(thread: Thread) -> Brief:
    """`language` is empty where the words of a thread say nothing to Muster: then votes, marks, mentions, dates and
    question marks alone have been read."""
    reading = Reading(thread)
    if not reading.messages:
        return Brief()
    ranking = Ranking(reading)
    conclusion = Conclusion(ranking)
    asked = question(reading)
    return Brief(
        question=asked,
        options=options(reading),
        status=conclusion.status,
        decision=_candidates(conclusion, asked),
        rationale=_rationale(conclusion),
        dissent=dissent(conclusion.objections),
        open_questions=open_questions(reading),
        tasks=tasks(ranking),
        language=reading.languages[0] if reading.languages else "",
    )


def _candidates(conclusion: Conclusion, asked: Statement | None) -> tuple[Statement, ...]:
    """What is asked stands above already, unless it is what people voted for."""
    likeliest, *others = conclusion.statements() or (None,)
    if likeliest is None:
        return ()
    return (likeliest, *(each for each in others if asked is None or each.quote != asked.quote))


def _rationale(conclusion: Conclusion) -> tuple[Statement, ...]:
    """Reasons near the likeliest candidate, by whoever made it or is for it."""
    reading = conclusion.ranking.reading
    if not conclusion.candidates:
        return ()
    best = conclusion.candidates[0][0]
    place, by = reading.places[best.ts], {best.by, *reading.votes[best.ts].agree}
    near = [each for each in reading.messages if each.by in by and abs(reading.places[each.ts] - place) <= _NEAR]
    found = (
        (each, part)
        for each in near
        for part in reading.sentences[each.ts]
        if reading.cues.because.search(plain(part.text))
    )
    return tuple(quoted(reading, each, part.text) for each, part in list(found)[:_REASONS])
