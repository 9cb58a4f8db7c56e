"""The states of an action item, its moves, and what is said of those refused: the only list of these."""

from enum import StrEnum

from domain.errors import UserError


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    """Somebody says, with a word why, that it is no longer needed."""
    WITHDRAWN = "withdrawn"
    """The answer it was made of no longer says so."""


class Move(StrEnum):
    ACCEPT = "accept"
    """The owner says that they have it; nothing waits for that."""
    DONE = "done"
    NEW_DATE = "new date"
    HAND_OVER = "hand over"
    TAKE = "take"
    """Of one that nobody has, by anybody who may see it."""
    SET_DATE = "set date"
    """Of one without a day, by anybody who may see it."""
    DROP = "drop"
    REOPEN = "reopen"
    """It is not done after all."""
    SNOOZE = "snooze"
    """The owner wants to hear of it later; nobody else is told."""
    EDIT = "edit"
    """What it says; its owner and its day have moves of their own."""
    RESTATE = "restate"
    """By the form that recorded it, sent again, or the answer that made it."""
    WITHDRAW = "withdraw"
    """The answer that made it has been taken out."""


class Part(StrEnum):
    """What somebody does with an action item, as sentences name it."""

    OWNER = "owns"
    ASKER = "asked for"


MOVES: dict[tuple[ActionState, Move], ActionState] = {
    (ActionState.OPEN, Move.ACCEPT): ActionState.OPEN,
    (ActionState.OPEN, Move.DONE): ActionState.DONE,
    (ActionState.OPEN, Move.NEW_DATE): ActionState.OPEN,
    (ActionState.OPEN, Move.HAND_OVER): ActionState.OPEN,
    (ActionState.OPEN, Move.TAKE): ActionState.OPEN,
    (ActionState.OPEN, Move.SET_DATE): ActionState.OPEN,
    (ActionState.OPEN, Move.DROP): ActionState.DROPPED,
    (ActionState.OPEN, Move.SNOOZE): ActionState.OPEN,
    (ActionState.DONE, Move.REOPEN): ActionState.OPEN,
    (ActionState.OPEN, Move.EDIT): ActionState.OPEN,
    (ActionState.OPEN, Move.RESTATE): ActionState.OPEN,
    (ActionState.OPEN, Move.WITHDRAW): ActionState.WITHDRAWN,
    (ActionState.WITHDRAWN, Move.RESTATE): ActionState.OPEN,
}
MOVERS: dict[Move, tuple[Part, ...]] = {
    Move.ACCEPT: (Part.OWNER,),
    Move.DONE: (Part.OWNER, Part.ASKER),
    Move.NEW_DATE: (Part.OWNER, Part.ASKER),
    Move.HAND_OVER: (Part.OWNER, Part.ASKER),
    Move.DROP: (Part.OWNER, Part.ASKER),
    Move.REOPEN: (Part.OWNER, Part.ASKER),
    Move.EDIT: (Part.OWNER, Part.ASKER),
    Move.SNOOZE: (Part.OWNER,),
}
"""Nobody accepts or snoozes in the place of the owner; once owner and asker have left, those who look after the channel
make any other move of an open one. The form that recorded it, and the answer that made it, are their sender's."""


class AlreadyDone(UserError):
    """{name} is already done. Type `/action` to add a new one if there is more to do."""


class AlreadyDropped(UserError):
    """{name} was dropped as no longer needed. Type `/action` to add a new one if it is needed after all."""


class AlreadyWithdrawn(UserError):
    """{name} was withdrawn, so there is nothing to do. Type `/action` to add a new one if there is."""


class Followed(UserError):
    """{name} comes again, and {after} has taken its place. Type `/action {after}` to see it."""


class StillOpen(UserError):
    """{name} is open already, so there is nothing to take back."""


class HasDate(UserError):
    """Somebody was faster: {name} is due on {day} by now. Type `/action {name}` to see it."""


class HasOwner(UserError):
    """Somebody was faster: {owner} has {name} by now. Type `/action {name}` to see it."""


ALREADY = {
    ActionState.OPEN: StillOpen,
    ActionState.DONE: AlreadyDone,
    ActionState.DROPPED: AlreadyDropped,
    ActionState.WITHDRAWN: AlreadyWithdrawn,
}
