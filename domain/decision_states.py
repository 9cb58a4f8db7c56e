"""The states of a decision, its moves, and who may make them: the only list of these."""

from enum import StrEnum

from domain.errors import UserError


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    CONTESTED = "contested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    """For good, by its approver."""
    WITHDRAWN = "withdrawn"
    """Taken back by those who proposed it, before there was a verdict."""
    SUPERSEDED = "superseded"
    """Another was accepted in its place."""
    DEPRECATED = "deprecated"
    """It was accepted, and no longer holds."""


OPEN = frozenset({DecisionState.PROPOSED, DecisionState.CONTESTED})
"""They wait for a verdict."""
NEVER_HELD = frozenset({DecisionState.REJECTED, DecisionState.WITHDRAWN})
OVER = frozenset({*NEVER_HELD, DecisionState.SUPERSEDED, DecisionState.DEPRECATED})
"""Nothing leads out of them."""


class Move(StrEnum):
    APPROVE = "approve"
    OBJECT = "object"
    WITHDRAW = "withdraw"
    """The last objection that stood."""
    OVERRULE = "overrule"
    REJECT = "reject"
    WITHDRAW_PROPOSAL = "withdraw proposal"
    EDIT = "edit"
    COMPLETE = "complete"
    """What its record lacks is added, after it was accepted."""
    READ = "read"
    """Somebody says that they have."""
    CONCERN = "concern"
    KEEP = "keep"
    """Somebody has looked at it again: it still holds."""
    DEPRECATE = "deprecate"
    TAKE_OVER = "take over"
    """Driving it, from whoever has left."""
    SUPERSEDE = "supersede"
    """Made by accepting another in its place, never by hand."""
    TELL_RESULT = "tell result"
    """What came of it, once another has taken its place; whoever keeps or ends one says so there."""


class Part(StrEnum):
    """What somebody does with a decision, as sentences name it."""

    RECORDER = "recorded"
    DRIVER = "drives"
    APPROVER = "approved"
    CONTRIBUTOR = "contributed to"
    OBJECTOR = "objected to"
    """To whichever text."""


MOVES: dict[tuple[DecisionState, Move], DecisionState] = {
    (DecisionState.PROPOSED, Move.APPROVE): DecisionState.ACCEPTED,
    (DecisionState.PROPOSED, Move.OBJECT): DecisionState.CONTESTED,
    (DecisionState.PROPOSED, Move.REJECT): DecisionState.REJECTED,
    (DecisionState.PROPOSED, Move.WITHDRAW_PROPOSAL): DecisionState.WITHDRAWN,
    (DecisionState.PROPOSED, Move.EDIT): DecisionState.PROPOSED,
    (DecisionState.CONTESTED, Move.APPROVE): DecisionState.ACCEPTED,
    (DecisionState.CONTESTED, Move.OBJECT): DecisionState.CONTESTED,
    (DecisionState.CONTESTED, Move.WITHDRAW): DecisionState.PROPOSED,
    (DecisionState.CONTESTED, Move.OVERRULE): DecisionState.ACCEPTED,
    (DecisionState.CONTESTED, Move.REJECT): DecisionState.REJECTED,
    (DecisionState.CONTESTED, Move.WITHDRAW_PROPOSAL): DecisionState.WITHDRAWN,
    (DecisionState.CONTESTED, Move.EDIT): DecisionState.PROPOSED,
    (DecisionState.PROPOSED, Move.TAKE_OVER): DecisionState.PROPOSED,
    (DecisionState.CONTESTED, Move.TAKE_OVER): DecisionState.CONTESTED,
    (DecisionState.ACCEPTED, Move.COMPLETE): DecisionState.ACCEPTED,
    (DecisionState.ACCEPTED, Move.KEEP): DecisionState.ACCEPTED,
    (DecisionState.ACCEPTED, Move.DEPRECATE): DecisionState.DEPRECATED,
    (DecisionState.ACCEPTED, Move.SUPERSEDE): DecisionState.SUPERSEDED,
    (DecisionState.ACCEPTED, Move.CONCERN): DecisionState.ACCEPTED,
    (DecisionState.SUPERSEDED, Move.TELL_RESULT): DecisionState.SUPERSEDED,
    **{(state, Move.READ): state for state in (*OPEN, DecisionState.ACCEPTED)},
}
MOVERS: dict[Move, tuple[Part, ...]] = {
    Move.APPROVE: (Part.APPROVER,),
    Move.OBJECT: (Part.APPROVER, Part.CONTRIBUTOR, Part.OBJECTOR),
    Move.OVERRULE: (Part.APPROVER,),
    Move.REJECT: (Part.APPROVER,),
    Move.WITHDRAW_PROPOSAL: (Part.RECORDER, Part.DRIVER),
    Move.EDIT: (Part.RECORDER, Part.DRIVER),
    Move.COMPLETE: (Part.RECORDER, Part.DRIVER, Part.APPROVER),
    Move.TAKE_OVER: (Part.RECORDER, Part.DRIVER),
    Move.KEEP: (Part.DRIVER, Part.APPROVER),
    Move.DEPRECATE: (Part.DRIVER, Part.APPROVER),
    Move.SUPERSEDE: (Part.DRIVER, Part.APPROVER),
    Move.TELL_RESULT: (Part.DRIVER, Part.APPROVER),
}
"""Whoever may see it reads it and raises concerns about it, and whoever objected withdraws that. Nobody gives a verdict
in the place of the approver, nor objects in the place of others; for any other move, when all of its movers have left,
whoever recorded it stands in, or else those who look after the channel."""


def after(state: DecisionState, move: Move, *, name: str) -> DecisionState:
    """Raises a MoveRefused that says what to do instead; `name` is of the decision."""
    if (state, move) not in MOVES:
        raise REFUSALS[state](name=name)
    return MOVES[state, move]


class MoveRefused(UserError):
    """{name} cannot be changed like that."""


class NotYetAccepted(MoveRefused):
    """{name} is not accepted yet, so there is nothing to look at again. Edit it, or talk to its approver."""


class AlreadyAccepted(MoveRefused):
    """{name} is already accepted, so what was decided stays as it is. Record a new decision with `/decision` if it
    should change, or press *Add detail* under `/decision {name}` for what its record lacks."""


class AlreadyRejected(MoveRefused):
    """{name} was rejected and stays as it is. If things have changed since, propose a new one with `/decision`."""


class AlreadyWithdrawn(MoveRefused):
    """{name} was withdrawn and stays as it is. If it is wanted after all, propose it anew with `/decision`."""


class AlreadySuperseded(MoveRefused):
    """{name} was superseded and stays as it is. Type `/decision {name}` to see by which."""


class NoLongerHolds(MoveRefused):
    """{name} no longer holds and stays as it is. Record what holds now with `/decision`."""


REFUSALS: dict[DecisionState, type[MoveRefused]] = {
    DecisionState.PROPOSED: NotYetAccepted,
    DecisionState.CONTESTED: NotYetAccepted,
    DecisionState.ACCEPTED: AlreadyAccepted,
    DecisionState.REJECTED: AlreadyRejected,
    DecisionState.WITHDRAWN: AlreadyWithdrawn,
    DecisionState.SUPERSEDED: AlreadySuperseded,
    DecisionState.DEPRECATED: NoLongerHolds,
}
