"""The action items of a check-in below the answers of its summary, and those of a decision below its record."""

from collections.abc import Sequence

from domain.actions import ActionItem, Source
from domain.cards import RunCard
from domain.into import titles
from domain.runs import Prompt

SHOWN = 10
WEIGHT = 480
"""What one of them may take of its page or message."""
WHAT_ROOM = 200
"""Characters of each."""


def weight(items: Sequence[ActionItem]) -> int:
    return WEIGHT * min(len(items), SHOWN)


def is_of(item: ActionItem, answer: Source) -> bool:
    """Whether somebody made it of that answer, or the answer itself did."""
    if item.source is None:
        return item.answer == answer
    question, _, _line = item.source.key.partition(":")
    return item.is_of(answer.prompt_id) and question == answer.key


def told(card: RunCard, prompt: Prompt) -> set[str]:
    """The questions whose answers stand whole among them, and are not repeated."""
    mine = [each for each in card.items if each.is_of(prompt.id)]
    if len(card.items) > SHOWN or not mine:
        return set()
    given = card.responses[prompt.id].answers
    below = {text for each in mine for text in (each.what, each.owner_id, f"{each.due}")}
    asked = [each for each in card.run.template.questions_for(prompt) if each.into.startswith("action")]
    said = {each.id: [title.value for _key, title in titles(each, given.get(each.id, ""))] for each in asked}
    return {name for name, lines in said.items() if lines and all(_is_whole(each, below) for each in lines)}


def _is_whole(line: str, below: set[str]) -> bool:
    return len(line) <= WHAT_ROOM and line in below
