"""The words of briefs: what became of the question, why a statement may be wrong, and how all of it was drawn up."""

from zoneinfo import ZoneInfo

from domain.briefings import MOST_MESSAGES, Briefing, BriefingCard, Trouble
from domain.briefs import Brief, Doubt, Drafted, Made, State, Status, WhyNot
from surface.kit import line, moment

STATUSES = {
    Status.DECIDED: "Decided, as it seems",
    Status.PROPOSED: "Proposed, and not decided",
    Status.DEFERRED: "Put off",
    Status.NONE: "No decision found. Perhaps one of these",
}
TROUBLES = {
    Trouble.NOT_READABLE: "Slack does not let Muster read it. Type `/invite @Muster` in its channel",
    Trouble.NO_ANSWER: "Slack did not answer",
    Trouble.EMPTY: "Nothing stands in it any more",
    Trouble.BROKEN: "Something went wrong, and whoever runs Muster finds it in the log",
}
DOUBTS = {
    Doubt.NO_SOURCE: "cites no message of the thread",
    Doubt.FOREIGN_SOURCE: "cites a message that is not in the thread",
    Doubt.OPTION_LEFT_OUT: "its option was left out",
    Doubt.QUOTE_NOT_FOUND: "quote not found",
    Doubt.NOBODY_DECIDES: "no one is quoted deciding this",
    Doubt.OBJECTED_AFTER: "objection after it",
    Doubt.ADDRESSED_TO_AI: "its message talks to a machine",
    Doubt.EDITED_LATER: "edited after others had replied",
    Doubt.NOT_IN_THREAD: "owner not in the thread",
    Doubt.OWNER_NOT_NAMED: "owner not named there",
    Doubt.DATE_NOT_SAID: "date not stated in the thread",
    Doubt.DATE_UNSURE: "date to be checked",
    Doubt.DATE_DIFFERS: "another day could be meant",
    Doubt.LITTLE_OVERLAP: "little overlap with its source",
    Doubt.NUMBER_NOT_SAID: "number not in the source",
    Doubt.LINK_REMOVED: "link removed",
    Doubt.MENTION_MADE_PLAIN: "mention made plain",
    Doubt.REDACTED: "secret removed",
    Doubt.SHORTENED: "shortened",
    Doubt.TOO_MANY: "there were too many",
    Doubt.BY_REVIEWER: "you left it out",
}
STATES = {State.EDITED: "changed by {by}", State.ADDED: "added by {by}"}
YOU = "you"
PERHAPS = "Or perhaps"
LOOK = "Look also at"
NOTHING = "Nothing in it stands out: no proposal, no question, nothing to do."
BY_RULES = "Drawn up without a language model: it quotes what people wrote, and nothing else."
BY_MODEL = "Worded by {model}, each statement checked against the thread."
PRIVATE = "Only you see it, and nothing is recorded until you do."
SHARED = "You shared it in the thread. Nothing is recorded until you do."
SHARED_BEFORE = "You shared it in the thread as it was before. Nothing is recorded until you do."
WHY_NOT = {
    WhyNot.OFF_HERE: "AI drafting is off in this channel.",
    WhyNot.USED_UP: "The AI allowance is used up for now.",
    WhyNot.NOT_SET_UP: "AI drafting is not set up correctly: whoever runs Muster finds why in its log.",
    WhyNot.NO_ANSWER: "The AI service did not answer.",
    WhyNot.TOO_SLOW: "The AI service took too long.",
    WhyNot.BUSY: "The AI service is busy.",
    WhyNot.NO_CREDIT: "The AI account has no credit.",
    WhyNot.NO_SUCH_MODEL: "The configured model is not available.",
    WhyNot.TOO_LONG: "This thread is too long for the configured model.",
    WhyNot.DECLINED: "The AI service declined to summarise this thread.",
    WhyNot.NOT_FINISHED: "The AI draft was too long to be finished.",
    WhyNot.NOT_USABLE: "The AI draft could not be used: it did not have the form that was asked for.",
    WhyNot.OFF_THREAD: "The AI draft did not match the thread ({failed} of {of} statements).",
}
"""One true sentence each; the foot then says that no language model was used."""
AGAIN = " It can be asked for again from {moment} on."
MODEL_ROOM = 80


def how(made: Made) -> str:
    return BY_MODEL.format(model=line(made.model, MODEL_ROOM)) if made.model else BY_RULES


def why_not(made: Made, zone: ZoneInfo) -> str:
    """Why no language model worded it, where one was to; otherwise empty."""
    if made.why_not is None:
        return ""
    again = AGAIN.format(moment=moment(made.again_at, zone)) if made.again_at else ""
    return WHY_NOT[made.why_not].format(failed=made.failed, of=made.of) + again


def drafted_by(drafted: Drafted | None, by: str) -> str:
    """Of a record that a brief began, in its facts. `by`: who recorded it."""
    if drafted is None:
        return ""
    worded = f"worded by {line(drafted.model, MODEL_ROOM)}" if drafted.model else "drawn up by rules"
    return f"from a brief {worded}{f', corrected by {by}' if drafted.is_corrected else ''}"


def foot(card: BriefingCard, brief: Brief) -> str:
    shown = (SHARED if card.is_shared_as_it_is else SHARED_BEFORE) if card.briefing.shared else PRIVATE
    return f"{came_about(card, brief)} {shown}"


def came_about(card: BriefingCard, brief: Brief) -> str:
    """By whom it was worded, and of what."""
    knows_less = not (brief.language or brief.made.model)
    limited = " Its language is not one whose words Muster knows, so less is found." if knows_less else ""
    return f"{how(brief.made)}{limited}{_read(card.briefing)}"


def _read(found: Briefing) -> str:
    if found.total <= found.read:
        return ""
    return f" Only the first {MOST_MESSAGES:,} of {found.total:,} messages were read."
