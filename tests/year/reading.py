"""Reading a digest: every number that stands in it, with what it is said to be. Nothing of Muster is asked."""

import re

from tests.year.phrases import PARTS, WHOLE, Reading

LINK = re.compile(r"<[^|>]+\|([^>]+)>")
SECTIONS = {"Needs": "needs", "Slipped": "slipped", "Decided": "decided", "Signals": "signals", "Voices": "each"}


class Unclaimed(AssertionError):
    """A digest says a number of which nobody knows what it counts."""


def read(text: str) -> Reading:
    found, section = Reading(), ""
    for line in LINK.sub(r"\1", text).replace("*", "").replace("~", "").split("\n"):
        section = next((name for title, name in SECTIONS.items() if line.startswith(title)), section)
        section = "next" if line.startswith("Next seven days") else section
        _read_line(found, line, section)
    return found


def _read_line(found: Reading, line: str, section: str) -> None:
    line = _take_more(found, line, section)
    for phrase in WHOLE:
        if match := phrase.pattern.fullmatch(line.strip()):
            return phrase.take(found, match)
    if line.startswith(("Nothing needs", "Decided: ")):
        line = _take_decided(found, line)
    for phrase in PARTS:
        if match := phrase.pattern.search(line):
            phrase.take(found, match)
            line = line[: match.start()] + line[match.end() :]
    if any(sign.isdigit() for sign in line):
        raise Unclaimed(line)
    return None


def _take_more(found: Reading, line: str, section: str) -> str:
    """ "+2 more: type `/action list late`." """
    match = re.search(r" ?\+(\d+) more(?:: [^.]+)?\.?", line)
    if not match or "You said, we did" in line:
        return line
    name = "next" if "Next: " in line else "decided" if line.startswith(("Nothing", "Decided: ")) else section
    found.more[name] = found.more.get(name, 0) + int(match[1])
    return (
        line[: match.start()]
        + (
            "."
            if not line[: match.start()].endswith(".") and line[match.end() :] == "" and line[: match.start()]
            else ""
        )
        + line[match.end() :]
    )


def _take_decided(found: Reading, line: str) -> str:
    """What is decided, in a line: its numbers and titles only."""
    match = re.match(r"Nothing needs ([A-Z]\w+|you)\. Nothing late(?:, (\d+) decided)?", line)
    if match:
        found.add("nothing", match[1], "", match[2])
        line = line[match.end() :]
    for number, rejected in re.findall(r"(D-\d+) [A-Z][\w ]+(\(rejected\))?", line):
        found.add("titles", number, rejected)
    return re.sub(r"(?:: |Decided: )?(?:D-\d+ [A-Z][\w ]+(?:\(rejected\))?(?:; )?)+\.?", "", line)
