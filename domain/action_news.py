"""What the others concerned are told of an action item."""

from dataclasses import dataclass
from enum import StrEnum

from domain.action_states import ActionState, Move
from domain.action_steps import Step
from domain.actions import ActionCard


class News(StrEnum):
    """What the others concerned are told."""

    DONE = "done"
    NEW_DATE = "new date"
    HAND_OVER = "hand over"
    DROPPED = "dropped"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    EDITED = "edited"


@dataclass(frozen=True)
class ActionNews:
    """What became of an action item, told to the others concerned."""

    what: News
    actor_id: str
    """Who did it, or left."""
    value: str = ""
    """The new day, who owns it now, or which fields were changed."""
    draft_id: str = ""
    """The form it was done with: the same date may be chosen twice. Without a form, after how many steps."""

    @classmethod
    def read(cls, part: str) -> "ActionNews":
        what, actor_id, value, draft_id = part.split(":")
        return cls(News(what), actor_id, value, draft_id)

    def __str__(self) -> str:
        return f"{self.what}:{self.actor_id}:{self.value}:{self.draft_id}"

    def holds(self, card: ActionCard) -> bool:
        """Whether it is still so."""
        item = card.item
        return {
            News.DONE: item.state is ActionState.DONE,
            News.NEW_DATE: item.is_open and f"{item.due}" == self.value,
            News.HAND_OVER: item.is_open and item.owner_id == self.value,
            News.DROPPED: item.state is ActionState.DROPPED,
            News.REOPENED: item.is_open,
            News.WITHDRAWN: item.is_withdrawn,
            News.EDITED: item.is_open and self._is_of(item.last(Move.EDIT)),
        }[self.what]

    def _is_of(self, step: Step | None) -> bool:
        return step is not None and (step.by, step.to) == (self.actor_id, self.value)
