"""Signals as people read them: what moved, for how long, and the ritual that answers it."""

from enum import StrEnum

from domain.measure_numbers import number_text
from domain.misalignment import LOOKED_AT, Kind, Moved, Relation, Signal
from domain.words import joined
from surface.digest_rows import Row
from surface.kit import Element, button, escape, line

NAME_ROOM = 80
UNIT_ROOM = 30
ANSWERS = {"metrics-translation": "Start a metrics translation", "edge-case-triage": "Start an edge-case triage"}
USED_TO = {Relation.APART: "They used to move apart.", Relation.TOGETHER: "They used to move together."}


class Id(StrEnum):
    ANSWER = "signal.answer"


def signal_row(signal: Signal) -> Row:
    """With a button that opens what starts the ritual, in the channel of the measures."""
    return Row(signal_text(signal), answers(signal))


def answers(signal: Signal) -> tuple[Element, ...]:
    name = ANSWERS.get(signal.ritual_id)
    return (button(name, Id.ANSWER, f"{signal.moved[0].measure.id}.{signal.ritual_id}"),) if name else ()


def signal_text(signal: Signal) -> str:
    where = f" in {escape(signal.place)}" if signal.place else ""
    match signal.kind:
        case Kind.APART:
            return _apart(signal, where)
        case Kind.UNATTENDED:
            went = f"{_went(signal.moved[0])}{where}{_lasts(signal)}"
            return f"{went}, and no open blocker or action item there names it."
        case Kind.OUTSIDE:
            return f"{_outside(signal.moved[0])}{where}{_lasts(signal)}."
        case Kind.FEWER:
            shares = joined([f"{each.answered} of {each.asked}" for each in signal.counts])
            return f"Fewer took part{where}, three weeks in a row: {shares}."


def _apart(signal: Signal, where: str) -> str:
    told = f"{joined([_went(each) for each in signal.moved])}{where}"
    if signal.weeks > 1:
        return f"{told}. That they disagree has lasted for {_weeks(signal)}."
    return " ".join(filter(None, [f"{told}.", USED_TO[signal.used_to] if signal.used_to else ""]))


def _went(moved: Moved) -> str:
    """ "Quality rose 2 %"; from nought, to what."""
    word = "rose" if moved.now > moved.before else "fell"
    by = f"to {_amount(moved, moved.now)}" if moved.percent is None else f"{moved.percent} %"
    return f"{line(moved.measure.name, NAME_ROOM)} {word} {by}"


def _outside(moved: Moved) -> str:
    usual = ""
    if moved.usual:
        low, high = number_text(moved.usual.low), number_text(moved.usual.high)
        usual = f", usual {number_text(moved.usual.middle)} ({low} to {high})"
    return f"{line(moved.measure.name, NAME_ROOM)}: {_amount(moved, moved.now)}{usual}"


def _amount(moved: Moved, value: float) -> str:
    return f"{number_text(value)} {line(moved.measure.unit, UNIT_ROOM)}".strip()


def _lasts(signal: Signal) -> str:
    return f", for {_weeks(signal)}" if signal.weeks > 1 else ""


def _weeks(signal: Signal) -> str:
    return f"{signal.weeks} weeks now" if signal.weeks < LOOKED_AT else f"{LOOKED_AT} weeks or more"
