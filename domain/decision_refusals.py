"""Why somebody cannot do with a decision what they pressed, in words for them.

What its state refuses stands in decision_states.py.
"""

from domain.decision_states import Move
from domain.errors import UserError


class NoSuchDecision(UserError):
    """There is no decision {name} that you can see. Type `/decision list` to see those you can."""


class TextChanged(UserError):
    """The text of {name} was changed meanwhile, so nothing was recorded. Read the newer message first."""


class EditedMeanwhile(UserError):
    """Somebody else changed {name} while you were editing it, so nothing was saved. Copy what you wrote, close this
    form, and press *Edit* again."""


class NotTheApprover(UserError):
    """Only the approver, {approver}, can do that. Ask them, or record a decision of your own with `/decision`."""


class NotYoursToObject(UserError):
    """Only its approver and its contributors can object to {name}. Tell {driver}, who drives it, what worries you."""


class OthersObject(UserError):
    """{name} cannot simply be approved while {who} objects to it. Press *Accept anyway* and say why, or wait until it
    is changed or the objection is withdrawn."""


class NobodyObjects(UserError):
    """Nobody else objects to {name} any more, so there is nothing to overrule. Press *Approve* instead."""


class ApproverLeft(UserError):
    """Only the approver can do that, and {approver} has left. Ask {who} to choose another."""


class NotYourDecision(UserError):
    """Only {who} can edit {name}. Ask them."""


class NotYoursToWithdraw(UserError):
    """Only {who} can withdraw {name}. Ask them."""


class NotYoursToComplete(UserError):
    """Only {who} can add to {name}. Ask them."""


class NotYoursToEnd(UserError):
    """Only {who} can say whether {name} still holds. Ask them."""


class NotYoursToTell(UserError):
    """Only {who} can say what came of {name}. Ask them."""


class ResultTold(UserError):
    """{who} has said meanwhile what came of {name}. Type `/decision {name}` to read it."""


class NotYoursToSupersede(UserError):
    """Only {who} can let {name} be superseded. Choose one of them as approver, or ask one of them to record this."""


class NoLongerToSupersede(UserError):
    """{name} was to supersede {other}, {why}. Ask {who} to take it out or to name another, and you are asked again."""


NOT_YOURS: dict[Move, type[UserError]] = {
    Move.EDIT: NotYourDecision,
    Move.WITHDRAW_PROPOSAL: NotYoursToWithdraw,
    Move.COMPLETE: NotYoursToComplete,
    Move.TAKE_OVER: NotYourDecision,
    Move.SUPERSEDE: NotYoursToSupersede,
    Move.TELL_RESULT: NotYoursToTell,
}


class InRound(UserError):
    """Those named in {name} are being asked where they stand, so it waits for them. If you are, answer there."""


class AlreadyActedOn(UserError):
    """{name} was recorded from this form, and somebody has acted on it since, so it stays as they saw it.
    Copy what you changed into a new decision."""
