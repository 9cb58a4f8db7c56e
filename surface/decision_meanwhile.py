"""What the form of a decision says once somebody else has changed that decision."""

from datetime import date
from functools import partial

from domain import decision_options
from domain.decision_cards import ANOTHER_RITUAL, DecisionSheet
from domain.words import day_text
from surface import decision_pages, meanwhile
from surface.kit import Block

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


def blocks(sheet: DecisionSheet) -> list[Block]:
    found = partial(_read, sheet)
    return meanwhile.blocks(sheet.meanwhile, "this decision", labels=LABELS, people=PEOPLE, read=found)


def _read(sheet: DecisionSheet, name: str, words: str) -> str:
    if name == "options":
        return "\n".join(f"{at}. {each.title}" for at, each in enumerate(decision_options.read({name: words}), 1))
    if name == "look_again_on":
        return day_text(date.fromisoformat(words))
    if name == "confidence":
        return f"{words} %"
    if name == "round":
        return decision_pages.ROUNDS.get(words, words)
    if name == "forum":
        return dict(sheet.forums).get(int(words), ANOTHER_RITUAL)
    return words
