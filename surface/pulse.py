"""What a survey says, in a line of the digest."""

from domain.metrics.survey import Score
from domain.pulse import Pulse, Reading
from domain.words import function_name, joined
from surface.kit import line

NAME_ROOM = 80


def pulse_line(pulse: Pulse) -> str:
    """ "Clarity 3.9, trust 3.4 (was 4.0), satisfaction 3.7; 9 of 12 answered Governance pulse in #forecast." """
    told = ", ".join(f"{each.construct} {_mean(each)}" for each in pulse.readings)
    agree = joined([f"{each.construct} {each.score.favourable.percent} %" for each in pulse.readings])
    where = f"{line(pulse.title, NAME_ROOM)} in #{line(pulse.channel_name, NAME_ROOM)}"
    heard = f"{pulse.count.answered} of {pulse.count.asked} answered {where}"
    functions = "".join(_functions(each) for each in pulse.readings if each.functions)
    return f"{_upper(told)}; {heard}. Favourable (4 or 5): {agree}.{functions}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _mean(reading: Reading) -> str:
    was = f" (was {reading.was:.1f})" if reading.was is not None else ""
    return f"{_rounded(reading.score)}{was}"


def _rounded(score: Score) -> str:
    return f"{score.mean:.1f}"


def _functions(reading: Reading) -> str:
    each = ", ".join(f"{function_name(name)} {_rounded(score)}" for name, score in reading.functions)
    return f" {_upper(reading.construct)} by function: {each}."
