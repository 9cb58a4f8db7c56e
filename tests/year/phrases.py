"""What a digest may say that holds a number: sentences, each with what its numbers are of."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

DATE = r"\w{3} \d+ \w{3} \d{4}"
WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
SHARE = r"(\d+) of (\d+)"
PERCENT = rf"{SHARE}(?: \((\d+) %\))?"
NUMBER = r"-?[\d \u202f.]*\d"
WENT = rf"(\w+) (rose|fell) (?:(\d+) %|to ({NUMBER}))"
Fact = tuple[str, ...]


@dataclass
class Reading:
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)
    """How many of a section are not shown."""

    def add(self, kind: str, *values: str | None) -> None:
        self.facts.setdefault(kind, []).append(tuple(value or "" for value in values))


@dataclass(frozen=True)
class Phrase:
    """A sentence of a digest; its groups are the numbers and what they are of."""

    pattern: re.Pattern[str]
    take: Callable[[Reading, re.Match[str]], None]


def _phrase(pattern: str, kind: str, *first: str) -> Phrase:
    return Phrase(re.compile(pattern), lambda found, match: found.add(kind, *first, *match.groups()))


def _many(pattern: str, kind: str, each: str) -> Phrase:
    """A sentence that lists: each of its parts is a fact."""

    def take(found: Reading, match: re.Match[str]) -> None:
        for part in re.finditer(each, match[0]):
            found.add(kind, *(group and group.lower() if kind == "pulse" else group for group in part.groups()))

    return Phrase(re.compile(pattern), take)


OVER = r"(?:, (\d+) working days? over)?\."
WHOLE = (
    _phrase(
        r"(\d+) things? needs? ([A-Z]\w+|you)\.(?: (\d+) slipping)?,?(?: (\d+) decided)?\.?(?: Below is .+)?",
        "headline",
    ),
    _phrase(r"Nothing needs ([A-Z]\w+|you)\. (?:(\d+) slipping)?(?:, )?(?:(\d+) decided)?\.", "nothing"),
    _phrase(r"Nothing needs ([A-Z]\w+|you)\.", "nothing"),
    _phrase(
        r"Slipped: (\d+) of (\d+) action items? overdue(?: \(usual ([\d.]+)\))?"
        r"(?:, half of them by (\d+) working days? or more)?\.",
        "overdue",
    ),
    _phrase(
        r"(?:Approve or object|Waits for \w+): .+ \((D-\d+)\), recorded by [^:]+: “.+”\.(?: Waiting (\d+) days?\.)?",
        "needs",
    ),
    _phrase(r"(?:\w+|\w+ and \w+) objected: .+ \((D-\d+)\): “.+”\..*", "needs"),
    _phrase(rf"Your action item: .+ \((A-\d+)\), due ({DATE}){OVER}", "needs"),
    _phrase(rf"Action item of \w+: .+ \((A-\d+)\), due ({DATE})\.", "needs"),
    _phrase(r"Blocker: “(.+)”, raised by [^.]+\.(?: It has stood for (\d+) working days?\.)?", "needs"),
    _phrase(rf"(?:Slipping: )?(A-\d+) .+?: .+?, due ({DATE}){OVER}", "slipped"),
    _phrase(
        r"(D-\d+) [^.]+?(?: was (rejected))?, because “.+”\."
        rf"(?: (Look again|It was to be looked at again) on ({DATE})\.| It .+\.)?(?: (One|\d+) objections? kept\.)?",
        "decided",
    ),
    _phrase(
        rf"(?:Signal: )?(\w+): ({NUMBER})(?:, usual ({NUMBER}) \(({NUMBER}) to ({NUMBER})\))? in #(\w+)"
        r"(?:, for (\d+) weeks (now|or more))?\.",
        "signals",
        "outside",
    ),
    _phrase(
        rf"(?:Signal: )?{WENT} in #(\w+)(?:, for (\d+) weeks (now|or more))?, and no open .+\.",
        "signals",
        "drift",
    ),
    _phrase(
        rf"(?:Signal: )?{WENT} and {WENT} in #(\w+)\."
        r"(?: That they disagree has lasted for (\d+) weeks (now|or more)\.| They used to move (apart|together)\.)?",
        "signals",
        "apart",
    ),
    _phrase(
        rf"(?:Signal: )?Fewer took part in #(\w+), three weeks in a row: {SHARE}, {SHARE}, {SHARE} and {SHARE}\.",
        "signals",
        "fewer",
    ),
    _phrase(
        rf"([A-Z][\w ]+) in #(\w+)(?: over (\d+) check-ins)?: {PERCENT}\.(?: Not asked in time: (\d+)\.)?"
        r"(?: Muster was not running until the deadline: (\d+)\.)?",
        "each",
    ),
    _phrase(r"([A-Z][\w ]+) in #(\w+): fewer than (\d+) answered\.", "each", "few"),
    _phrase(r"([A-Z][\w ]+) in #(\w+): everybody was away\.", "each", "away"),
    _phrase(
        r"This comes late, because .+ It is about ([^.]+ \d{4})\."
        r"(?: The (digest|\d+ digests) before it w.+ never sent\.)?",
        "late",
    ),
    _phrase(rf"Your team started on ({DATE})\. First numbers in your next digest\.", "started"),
)  # fmt: skip
"""Lines, or what is left of one."""
PARTS = (
    _phrase(
        rf"Heard from {SHARE}(?: \((\d+) %(?:, (usual|above the usual|below the usual) (\d+) %)?\))?"
        r"(?: in [^.;]+)?(?:\. |\.$|(?=; fewer))",
        "heard",
    ),
    _phrase(r"; fewer than (\d+) in [^.;]+\. ?", "few"),
    _phrase(r"Heard from fewer than (\d+) in [^.]+\. ?", "few"),
    _phrase(r"(\d+) of (\d+) functions(?:; ([^.]+ silent[^.]*))?\. ?", "functions"),
    _phrase(r"^([a-z][^.]* silent[^.]*)\. ?", "functions", "", ""),
    _phrase(r"Half had answered within ([^.]+)\. ?", "half"),
    _phrase(rf"On time: {SHARE}(?:, \+(\d+) late)?\. ?", "in time"),
    _phrase(r"Not asked in time: (\d+)\. ?", "unreached"),
    _phrase(r"Muster was not running until the deadline: (\d+)\. ?", "unheard"),
    _many(r"Closed since: [^.]+\. ?", "closed since", rf"([A-Z][\w ]+) in #(\w+), (?:{SHARE}|fewer than (\d+))"),
    _many(
        rf"(?:Next: )?{WEEKDAY} (?:look again at D-\d+ |[A-Z][\w ]+ in #)[^.]+\. ?",
        "next",
        rf"({WEEKDAY}) (look again at D-\d+|[A-Z][\w ]+ in #\w+ (?:asks|closes))(?: \({SHARE} so far\))?",
    ),
    _phrase(
        r"(\d+) decisions? made; half took (a day or less|up to \d+ days)(?: \(four weeks before: (\d+)\))?\. ?",
        "time to decide",
    ),
    _phrase(r"(\d+) decisions? made, and more still wait\. ?", "time to decide"),
    _phrase(r"Reasons complete (\d+) of 10(?:; most often missing: ([^.]+))?\. ?", "reasons"),
    _phrase(rf"Action items done by their first day: {SHARE}(?:, (\d+) given another day)?\. ?", "actions"),
    _phrase(rf"Blockers taken up within three working days: {PERCENT}\. ?", "taken up"),
    _phrase(rf"Blockers that led to something within 14 days: {PERCENT}\. ?", "loop"),
    _phrase(rf"Check-ins as planned: {PERCENT}\. ?", "rhythm"),
    _phrase(r"Evenness of functions (\d\.\d\d) \(1 is all alike\)\. ?", "evenness"),
    _phrase(r"Answers by person (\d\.\d\d) \(0 is all alike, 1 is one for all\)\. ?", "persons"),
    _phrase(r"Learned (D-\d+): (?:expected “[^”]*”, )?got “([^”]*)”\. “(.*)”\.", "learned"),
    _many(
        r"You said, we did .*", "done", r"(A-\d+) [A-Z][\w ]+ is done|“([^”]+)” is cleared|(\+\d+ more)"
    ),
    _phrase(rf"; {SHARE} answered ([A-Z][\w ]+) in #(\w+)\.", "pulse heard"),
    _many(r"Favourable \(4 or 5\): [^.]+\. ?", "favourable", r"(\w+) (\d+) %"),
    _many(r"Pulse \w+ \d\.\d.*", "pulse", r"(\w+) (\d\.\d)(?: \(was (\d\.\d)\))?"),
    _many(
        r"Muster was not running (?:on|from) .+?\. Not asked: .+\)[^)]*\.", "not asked",
        rf"(?:on|from) ({DATE})(?: to ({DATE}))?|([A-Z][\w ]+) in #(\w+) \((once|\d+ times)\)",
    ),
    _phrase(r"(Weekly digest|Digest of two weeks), ([^.]+ \d{4})\. ?", "days"),
    _many(r"Not counted: [^.]+\. ?", "left out", r"answers to ([A-Z][\w ]+) that are|(\w+) \(not reported\)"),
    _phrase(r"Of (\d+) things that needed you in the digest before, (\d+) (?:is|are) settled\. ?", "settled"),
    _phrase(r"What needed you in the (digest) before is settled\. ?", "settled"),
    _phrase(r"For (\w+), who (?:is away until [^.]*|was away when this came)", "stands in"),
)  # fmt: skip
"""Sentences that share a line with others."""
