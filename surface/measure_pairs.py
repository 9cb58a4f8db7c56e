"""Pairs of taking part and measures: what may be told of them, and the form to choose one."""

from enum import StrEnum

from domain.measure_pairs import MOST_LAG, Engagement, PairResult, PairsCard
from domain.metrics.correlation import LAG, LEAST_WEEKS, MOST_PAIRS, Finding, Together
from domain.words import count_text
from surface import forms
from surface.kit import Block, Element, Json, button, context, escape, line, modal, section

NAME_ROOM = 80
WORDS = {
    Engagement.PARTICIPATION: "Participation",
    Engagement.COVERAGE: "Functions heard",
    Engagement.ON_TIME: "Answers on time",
}
SAID = {
    Finding.TOO_EARLY: "Too early to tell.",
    Finding.TOGETHER: "They went together.",
    Finding.NO_LINK: "No clear link.",
}
HOW = (
    "A pair is chosen before anybody looks, and counts from the week it is chosen in. It cannot be changed: ending it "
    "and choosing another begins the count anew. The number is Spearman's rho, -1 to 1, with its 95 % interval. That "
    "two go together does not say that one makes the other."
)


class Id(StrEnum):
    OPEN = "pairs.open"
    FORM = "pairs.form"
    END = "pairs.end"


def open_button(channel_id: str) -> Element:
    return button("Set against taking part", Id.OPEN, channel_id)


def pair_text(found: PairResult) -> str:
    """ "Participation and later drift, 14 weeks: -0.41 (from -0.78 to 0.18). Too early to tell." """
    later = "later " if found.pair.lag else ""
    both = f"{WORDS[found.pair.engagement]} and {later}{line(found.measure.name, NAME_ROOM)}"
    result = found.together
    if result.finding is Finding.TOO_FEW:
        return f"{both}: {LEAST_WEEKS} weeks needed, {result.weeks} so far."
    if result.finding is Finding.CONSTANT:
        return f"{both}, {result.weeks} weeks: one of them did not vary."
    return f"{both}, {result.weeks} weeks: {_number(result)}. {SAID[result.finding]}"


def _number(found: Together) -> str:
    p = f", p {found.p:.3f}" if found.p is not None else ""
    return f"{_two(found.rho)} (from {_two(found.low)} to {_two(found.high)}){p}"


def _two(value: float | None) -> str:
    """Never "-0.00"."""
    return f"{round(value or 0.0, 2) + 0.0:.2f}"


def pairs_form(card: PairsCard, answer_url: str) -> Json:
    blocks: list[Block] = [section(f"*Taking part and measures of {escape(card.place)}*")]
    blocks += [_pair(card, each) for each in card.results]
    blocks += [] if card.results else [section("No pair is chosen yet.")]
    offers = card.may_choose and bool(card.measures) and len(card.results) < MOST_PAIRS
    blocks += _fields(card) if offers else [context(_why(card))]
    ids = {"draft": card.draft_id, "channel": card.channel_id, "answer": answer_url}
    return modal("Taking part", Id.FORM, [*blocks, context(HOW)], submit="Add pair" if offers else "", ids=ids)


def _pair(card: PairsCard, found: PairResult) -> Block:
    after = f" _The measure {count_text(found.pair.lag, 'week')} after._" if found.pair.lag else ""
    end = button("End", Id.END, found.pair.id, label=f"End the pair with {found.measure.name}")
    return section(f"{pair_text(found)}{after}", end if card.may_choose else None)


def _why(card: PairsCard) -> str:
    if not card.may_choose:
        return "Leads, managers, execs and Slack's admins choose pairs."
    if not card.measures:
        return "Begin a measure first; then it can be set against taking part."
    return f"{MOST_PAIRS} pairs are the most: with more of them, one would go together by chance."


def _fields(card: PairsCard) -> list[Block]:
    measures = [(str(each.id), each.name) for each in card.measures]
    lags = [(str(each), count_text(each, "week")) for each in range(MOST_LAG + 1)]
    what = [(str(each), words) for each, words in WORDS.items()]
    return [
        forms.field("engagement", "What of taking part?", forms.choice(what)),
        forms.field("measure", "Against which measure?", forms.menu(measures, "")),
        forms.field("lag", "How much later is the measure looked at?", forms.menu(lags, str(LAG))),
    ]
