"""What a digest says against what was recounted: it leaves out only what its shape has no room for."""

from datetime import timedelta

from tests.year.counting import Facts
from tests.year.diary import Diary, Read
from tests.year.phrases import Reading
from tests.year.planned import Planned, planned
from tests.year.reading import Unclaimed, read
from tests.year.recount import Recount
from tests.year.runs import SECOND

LISTED = ("needs", "slipped", "decided", "titles", "signals", "next", "each")
SELDOM = (
    "time to decide", "reasons", "actions", "taken up", "loop", "rhythm", "evenness", "persons", "learned", "done",
    "pulse", "favourable", "pulse heard",
)  # fmt: skip
FRAME = ("settled", "days", "stands in", "late", "not asked", "left out")
SHORT = ("heard", "few", "closed since", "next")
VOICES = ("heard", "functions", "half", "in time", "each", "closed since")
MOST = 3


def mismatches(log: Diary, *, last: timedelta = timedelta.max) -> list[str]:
    """Of all digests that were read, and of those that were to come; with `last` only of those of that time."""
    found: list[str] = []
    texts = list(log.of(Read))
    end = max(each.at for each in texts)
    due = planned(log, end + SECOND)
    came = [(each.at, each.reader) for each in texts]
    wanted = [(each.at, each.reader.id) for each in due]
    if sorted(came) != sorted(wanted):
        found += [f"came, and was not to: {each}" for each in set(came) - set(wanted)]
        found += [f"was to come, and did not: {each}" for each in set(wanted) - set(came)]
    by_key = {(each.at, each.reader): each for each in texts}
    for place, each in enumerate(due):
        if (each.at, each.reader.id) in by_key and end - each.at < last:
            earlier = [one for one in due[:place] if (one.reader, one.about) == (each.reader, each.about)]
            found += _check(log, each, earlier, by_key[each.at, each.reader.id])
    return found


def _check(log: Diary, told: Planned, earlier: list[Planned], letter: Read) -> list[str]:
    where = f"{told.reader.name} about {told.about.name}, {told.at:%d %b %H:%M}: "
    try:
        reading = read(letter.text)
    except Unclaimed as unclaimed:
        return [f"{where}nobody counts {unclaimed}"]
    facts = Recount(log, told, earlier).count()
    return [where + each for each in _differences(told, reading, facts)]


def _differences(told: Planned, reading: Reading, facts: Facts) -> list[str]:
    shown, most = _shown(told, facts), _most(reading)
    found = []
    for kind in sorted({*reading.facts, *shown}):
        said, wanted = reading.facts.get(kind, []), shown.get(kind, [])
        if told.shape == "exec" and kind in ("needs", "slipped", "signals"):
            wanted = wanted[:1]
        elif kind in LISTED:
            left, wanted = max(len(wanted) - most, 0), wanted[:most]
            if reading.more.get("decided" if kind == "titles" else kind, 0) != left:
                found.append(f"{kind}: {reading.more.get(kind, 0)} more were said, {left} counted")
        elif kind in ("learned", "done"):
            wanted = _cut(kind, wanted, most)
        said, wanted = [_trimmed(each) for each in said], [_trimmed(each) for each in wanted]
        if said != wanted:
            found.append(f"{kind}: said {said}, counted {wanted}")
    return found


def _cut(kind: str, wanted: list[tuple[str, ...]], most: int) -> list[tuple[str, ...]]:
    rest = len(wanted) - most
    more = [("", "", f"+{rest} more")] if kind == "done" and rest > 0 else []
    return wanted[:most] + more


def _most(reading: Reading) -> int:
    """How many of each section are shown, where a page is full; never none."""
    cut = [len(reading.facts.get(kind, [])) for kind in LISTED if reading.more.get(kind)]
    return min(cut, default=MOST)


def _trimmed(fact: tuple[str, ...]) -> tuple[str, ...]:
    while fact and not fact[-1]:
        fact = fact[:-1]
    return fact


def _shown(told: Planned, facts: Facts) -> Facts:
    """What the digest's shape has room for."""
    needs, slipped, decided = (len(facts.get(kind, [])) for kind in ("needs", "slipped", "decided"))
    whom = "you" if told.about is told.reader else told.about.name
    numbers = (str(slipped or ""), str(decided or ""))
    head: Facts = {"headline": [(str(needs), whom, *numbers)]} if needs else {"nothing": [(whom, *numbers)]}
    if not needs and not slipped and "signals" not in facts:
        kinds: tuple[str, ...] = (*FRAME, *SHORT, *SELDOM, "titles", "started")
        head = {} if "started" in facts and not decided else head
    elif told.shape == "exec":
        second = ("slipped",) if slipped else ("signals",)
        kinds = (*FRAME, *SHORT, "needs", *second, "titles")
    else:
        kinds = (*FRAME, *VOICES, *SELDOM, "needs", "slipped", "overdue", "decided", "signals", "next", "started")
        facts = _of_one(facts)
    return {**head, **{kind: facts[kind] for kind in kinds if kind in facts}}


def _of_one(facts: Facts) -> Facts:
    """A single check-in has no line of its own beside the whole."""
    each, heard = facts.get("each", []), facts.get("heard", [])
    if len(each) != 1 or not heard or each[0][2:5] != ("", *heard[0][:2]):
        return facts
    unreached, stopped = each[0][6:8]
    more = {"unreached": unreached, "unheard": stopped}
    return {name: told for name, told in facts.items() if name != "each"} | {k: [(v,)] for k, v in more.items() if v}
