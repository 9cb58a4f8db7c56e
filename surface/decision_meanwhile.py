"""What the form of a decision says once somebody else has changed that decision."""

from datetime import date

from domain import decision_options
from domain.decision_cards import ANOTHER_RITUAL, DecisionSheet
from domain.decision_merge import Meanwhile
from domain.words import day_text, joined
from surface import decision_pages
from surface.kit import Block, escape, escape_cut, name_of, names, sections

LABELS = {
    "title": "Title",
    "choice": "What was decided?",
    "because": "Why?",
    "approver": "Approver",
    "round": "How is it decided?",
    "driver": "Driver",
    "contributors": "Contributors",
    "informed": "Informed",
    "context": "Context",
    "constraints": "Constraints",
    "options": "Options",
    "good": "What gets better?",
    "bad": "What gets worse, or has to be lived with?",
    "outcome": "Expected outcome",
    "metric": "How is it measured?",
    "target": "Target",
    "look_again_on": "Look again on",
    "confidence": "How sure are you of it?",
    "supersedes": "Supersedes",
    "based_on": "Based on",
    "links": "Links",
    "forum": "Decided in",
}
PEOPLE = ("approver", "driver", "contributors", "informed")
WORDS_ROOM = 600
"""Of each field that both have changed."""


def blocks(sheet: DecisionSheet) -> list[Block]:
    found = sheet.meanwhile
    if found is None:
        return []
    who = escape(found.by) or "Somebody else"
    lines = [f":warning: *Nothing is saved yet.* {who} changed this decision while you were editing it."]
    if found.taken:
        lines.append(f"Theirs now, as you had not changed it: {_labels(found.taken)}.")
    for name, words in found.both.items():
        said = _read(name, words, sheet, found)
        lines.append(f"You both changed {_labels((name,))}. Your words stand in the form; {who} wrote:\n{said}")
    return sections([*lines, "Look it through, and press *Save* to keep it as it stands here."])


def _labels(fields: tuple[str, ...]) -> str:
    return joined([f"*{LABELS[name].rstrip('?')}*" for name in fields])


def _read(name: str, words: str, sheet: DecisionSheet, found: Meanwhile) -> str:
    """A value of the form as people read it."""
    if not words:
        return "_nothing_"
    if name in PEOPLE:
        return names(sorted(name_of(found.people, each) for each in words.split(",")))
    if name == "options":
        words = "\n".join(f"{at}. {each.title}" for at, each in enumerate(decision_options.read({name: words}), 1))
    elif name == "look_again_on":
        words = day_text(date.fromisoformat(words))
    elif name == "confidence":
        words = f"{words} %"
    elif name == "round":
        words = decision_pages.ROUNDS.get(words, words)
    elif name == "forum":
        words = dict(sheet.forums).get(int(words), ANOTHER_RITUAL)
    return escape_cut(words, WORDS_ROOM)
