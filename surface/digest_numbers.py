"""The lines of a digest that count: who took part, what is coming, how things are decided, what came of answers."""

from collections.abc import Sequence

from domain.decisions import Decision
from domain.digest_numbers import Coming, Deciding, Numbers, Voices
from domain.digests import first_words
from domain.metrics.coverage import Coverage
from domain.metrics.direction import Direction
from domain.words import count_text, function_name, joined, weekday_text
from surface.digest_rows import NAME_ROOM, TITLE_ROOM, WORDS_ROOM, counted
from surface.kit import line

HOUR, MINUTE, DAY = 3600, 60, 86_400
AGAINST = {Direction.UP: "above the usual", Direction.DOWN: "below the usual", Direction.FLAT: "usual"}


def heard_from(voices: Voices, where: str = "") -> str:
    """ "Heard from 31 of 36 (86 %, usual 80 %). 6 of 7 functions; annotation silent for 2 weeks." """
    first = f"Heard from {share(voices)}{' in ' + where if where else ''}."
    functions = _functions(voices.coverage)
    return f"{first} {functions}." if functions else first


def share(voices: Voices) -> str:
    """ "31 of 36 (86 %, usual 80 %)"."""
    total, usual = voices.week.total, voices.usual
    if total.percent is None:
        return counted(total)
    compared = f", {AGAINST[voices.arrow]} {usual.percent} %" if usual else ""
    return f"{counted(total)} ({total.percent} %{compared})"


def in_time(voices: Voices) -> str:
    """How soon, of check-ins with names; empty where there were none."""
    if not voices.week.named.asked:
        return ""
    half = f"Half had answered within {_took(voices.half)}" if voices.half is not None else "Half have not answered"
    late = f", +{voices.week.late} late" if voices.week.late else ""
    return f"{half}. On time: {counted(voices.week.on_time)}{late}."


def _functions(found: Coverage) -> str:
    silent = [
        f"{function_name(each.function)} silent" + (f" for {each.weeks} weeks" if each.weeks > 1 else "")
        for each in found.silent
    ]
    told = [f"{found.heard} of {found.invited} functions"] if found.is_ratio else []
    return "; ".join([*told, *([joined(silent)] if silent else [])])


def _took(seconds: int) -> str:
    """The largest unit that leaves a number of two or more."""
    for unit, many in ((DAY, "days"), (HOUR, "h"), (MINUTE, "min")):
        if seconds >= 2 * unit:
            return f"{round(seconds / unit)} {many}"
    return "a minute"


def coming(found: Sequence[Coming], most: int) -> str:
    """One line for the next seven days; empty if nothing is coming."""
    shown = [f"{weekday_text(each.day)} {_what(each)}" for each in found[:most]]
    rest = f" +{len(found) - most} more." if len(found) > most else ""
    return "; ".join(shown) + "." + rest if shown else ""


def _what(each: Coming) -> str:
    title = line(each.title, TITLE_ROOM)
    if each.decision:
        return f"look again at {each.decision.name} {title}"
    where = f"{title} in #{line(each.channel_name, NAME_ROOM)}"
    if not each.closes:
        return f"{where} asks"
    return f"{where} closes" + (f" ({counted(each.count)} so far)" if each.count else "")


def deciding(found: Deciding) -> str:
    """ "Half of 4 decisions took under 6 days (four weeks before: 9). Reasons complete 8 of 10; ..." """
    texts = [_days(found)] if found.decided else []
    if found.reasons:
        lack = f"; most often missing: {found.reasons.most_missing}" if found.reasons.most_missing else ""
        texts.append(f"Reasons complete {found.reasons.score} of 10{lack}.")
    if found.close_rate.count.asked:
        moved = f", {found.close_rate.moved} given another day" if found.close_rate.moved else ""
        texts.append(f"Action items done by their first day: {counted(found.close_rate.count)}{moved}.")
    return " ".join(texts)


def _days(found: Deciding) -> str:
    what = count_text(found.decided, "decision")
    if found.days is None:
        return f"{what} made, and more still wait."
    before = f" (four weeks before: {found.days_before:.0f})" if found.days_before is not None else ""
    return f"{what} made; half took {_in_days(found.days)}{before}."


def _in_days(days: float) -> str:
    return "a day or less" if days <= 1 else f"up to {days:.0f} days"


def learned(decision: Decision) -> str:
    """ "D-22: expected 120 to 100, got 110. What we learned." """
    found = decision.result
    if found is None:
        return ""
    expected = f"expected “{line(first_words(decision.form.outcome), WORDS_ROOM)}”, " if decision.form.outcome else ""
    measured = f" ({line(found.measured, NAME_ROOM)})" if found.measured else ""
    words = line(first_words(found.learned), WORDS_ROOM).rstrip(".")
    lesson = f" “{words}”." if words else ""
    return f"{decision.name}: {expected}got “{line(first_words(found.result), WORDS_ROOM)}”{measured}.{lesson}"


def said_and_done(numbers: Numbers, most: int) -> str:
    """What became of what people answered; empty if nothing did."""
    done = [f"{item.name} {line(item.what, TITLE_ROOM)} is done" for item in numbers.done]
    done += [f"“{line(each.title, TITLE_ROOM)}” is cleared" for each in numbers.cleared]
    rest = f" +{len(done) - most} more." if len(done) > most else ""
    return f"{'; '.join(done[:most])}.{rest}" if done else ""
