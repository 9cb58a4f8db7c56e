"""What a message of Muster is, told from what stands in it; the one place that knows its words.

The notification text carries the substance, and buttons carry the ids of rows: both are stable and in plain sight.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from simulation.action_ids import ACTION_BUTTONS
from simulation.decision_ids import DECISION_BUTTONS, ROUND_TITLE
from simulation.messages import Message, Version, elements, squeezed, strings


class Kind(StrEnum):
    PROMPT = "prompt"
    ROUND = "request of a round"
    ROUND_REMINDER = "reminder of a round"
    JOINED = "receipt of somebody who joined later"
    REMINDER = "reminder"
    RUN = "run"
    PART = "part of a summary"
    INTERIM = "interim summary"
    SUMMED_UP = "note that a summary is there"
    SUMMARY = "summary that is sent on"
    NOTE = "note that nobody answered"
    NOBODY = "note that there is nobody to ask"
    STALLED = "note that a ritual pauses"
    HEALTH = "question whether a ritual still suits"
    BLOCKED = "blockers that wait"
    CLEARER = "blocker to clear"
    HANDED = "blocker that was passed on, or is open again"
    BLOCKER_NEWS = "news of a blocker"
    UNPOSTED = "note that something could not be posted"
    ENDED = "note that a ritual was switched off"
    FACILITATOR = "note to a facilitator"
    LEFT = "note of what somebody who left looked after"
    BRIEF = "brief of a thread"
    SHARED_BRIEF = "brief in its thread"
    REACTED = "form for whoever reacted to a message"
    TURN = "note that it is somebody's turn"
    RITUAL = "note that a ritual is on"
    DECISION = "decision card"
    APPROVAL = "request to approve"
    INFORMED = "decision to know of"
    UNREAD = "reminder of a decision to read"
    DRIVER = "note to a driver"
    LOOK_AGAIN = "decision to look at again"
    DECISION_NEWS = "news of a decision"
    ACTION = "action item"
    ASKED_AGAIN = "invitation that was put off"
    UNASKED = "note that answers given ahead were not posted"
    ACTIONS = "several action items"
    ACTIONS_NEWS = "news of several action items"
    ACTION_DUE = "reminder of an action item"
    ACTION_LATE = "action item that is late"
    ACTION_NEWS = "news of an action item"
    AWAY = "note of an absence"
    BACK = "note of an absence that was ended"
    CALENDAR = "note that a calendar cannot be read"
    DIGEST = "digest"
    DIGEST_NOW = "digest that was asked for"
    DELEGATE = "note to a delegate"
    TRENDS = "trends"


DAY = r"(?P<day>[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4})"
DECISION = r"(?P<record>D-\d+): "
ACTION = r"(?P<record>A-\d+): "
IS_THERE = r"\d+ of \d+ answered(?:, \+\d+ joined)?(?:, (?P<blockers>\d+|no) blockers? open)?\. Read the summary\.$"
DIRECT: tuple[tuple[Kind, str], ...] = (
    (Kind.REMINDER, r"Reminder: (?P<title>.+?) closes \w{3} \d+ \w{3} \d{4} \d\d:\d\d "),
    (Kind.PROMPT, r"(?P<title>[^:]+): .* Please answer by \w{3} \d+ \w{3} \d{4} \d\d:\d\d .+\.$"),
    (Kind.JOINED, r"(?P<title>[^:]+): answered, thank you\. It began before you joined"),
    (Kind.PROMPT, r"(?P<title>[^:]+): answered(?: late)?, thank you\."),
    (Kind.PROMPT, r"\*(?P<title>[^:]+)\*: taken, thank you\."),
    (Kind.PROMPT, rf"(?:Skipped|Closed): (?P<title>.+?), {DAY}\."),
    (Kind.PROMPT, rf"You are away, so (?P<title>.+?), {DAY}, does not wait for you\."),
    (Kind.PROMPT, rf"Put off: (?P<title>.+?), {DAY}\."),
    (Kind.ASKED_AGAIN, r"You wanted to be asked again: (?P<title>.+?) closes \w{3} \d+ \w{3} \d{4} \d\d:\d\d "),
    (Kind.SUMMARY, rf"Summary of (?P<title>.+?), {DAY}: "),
    (Kind.PART, rf"(?P<title>.+?), {DAY}, answers continued \((?P<number>\d+) of \d+\)\."),
    (Kind.PART, rf"(?P<title>.+?), {DAY}: these answers have moved up\."),
    (Kind.UNASKED, rf"Your answers for \*?(?P<title>.+?)\*?, {DAY}, were not posted: "),
    (Kind.NOTE, r"Nobody answered (?P<title>.+) in .+ on .+\. Would another day"),
    (
        Kind.HEALTH,
        r"(?P<title>.+) in .+: (?:.+ the last three times\.|Answering took |\d+ people named it in the pulse )",
    ),
    (Kind.NOBODY, r"(?P<title>.+) in .+ had nobody to ask\."),
    (Kind.BLOCKED, r"\d+ blockers? of (?P<title>.+) in .+ waits? for somebody to take (?:it|them) up\."),
    (Kind.BLOCKED, r"Blockers of (?P<title>.+) in .+: somebody has taken up or cleared each of them\."),
    (Kind.CLEARER, r".+ is blocked(?: by \d+ things)? and says(?:, without a name,)? that you can clear (?:it|them): "),
    (Kind.HANDED, r".+ has passed on to you what blocks .+: "),
    (Kind.HANDED, r".+ (?:is|was) still blocked by what you "),
    (Kind.BLOCKER_NEWS, r"Your blocker: .+ (?:has|You have) (?:said|taken|done it|it as|passed it on to)\b"),
    (Kind.BLOCKER_NEWS, r"Your blocker: .+ cannot clear it[.:]"),
    (Kind.BLOCKER_NEWS, r"Your blocker: .+, made of it, is no longer needed\."),
    (Kind.STALLED, r"(?P<title>.+) pauses, because "),
    (Kind.UNPOSTED, rf"The summary of (?P<title>.+), {DAY} (?:could not be posted in|is in) "),
    (Kind.UNPOSTED, rf"{DECISION}.* is recorded, but its card could not be posted in "),
    (Kind.UNPOSTED, rf"The card of {DECISION}.* is in "),
    (Kind.UNPOSTED, r"(?P<title>.+) is on, but Muster could not say so in "),
    (Kind.UNPOSTED, r"The message that (?P<title>.+) is on is in "),
    (Kind.ENDED, r".+ has switched (?P<title>.+) off in .+, which you facilitated\."),
    (Kind.FACILITATOR, r"You facilitate (?P<title>.+) in .+ now, (because|in the place of) "),
    (Kind.FACILITATOR, r".+ switched (?P<title>.+) on in .+, with you as its facilitator\."),
    (Kind.TURN, r"It (?:is|was) your turn to facilitate \*?(?P<title>.+?)\*? in .+"),
    (Kind.LEFT, r".+ has left, and (?:\d+ things?|nothing) of theirs wait"),
    (Kind.LEFT, r".+ (?:is back|has been back since), and what was offered to you "),
    (Kind.REACTED, r"You reacted to a message in .+ with the emoji for (?:a decision|an action item)\."),
    (Kind.BRIEF, r"(?:(?:The |You asked for a |There is no )?[Bb]rief of|I am reading|I have read .+ of) a thread in "),
    (Kind.AWAY, r".+ marked you as away "),
    (Kind.BACK, r".+ ended your absence\."),
    (Kind.BACK, r".+ took back that you are away "),
    (Kind.DELEGATE, r".+ (?:named you|no longer asks you) to read their digest while they are away\. "),
    (Kind.CALENDAR, r"Muster has not been able to read your calendar at "),
    (Kind.CALENDAR, r"Your calendar at \S+ can be read again\."),
    (Kind.TRENDS, rf"Trends up to {DAY}: "),
    (Kind.APPROVAL, rf".+ asks you to approve {DECISION}"),
    (Kind.APPROVAL, rf"Changed after you objected, please look at it again: {DECISION}"),
    (Kind.APPROVAL, rf"You objected, and can still approve it: {DECISION}"),
    (Kind.APPROVAL, rf".+ objected to what waits for you: {DECISION}"),
    (Kind.APPROVAL, rf"You (?:approved|rejected) {DECISION}"),
    (Kind.INFORMED, rf"For you to know: {DECISION}"),
    (Kind.UNREAD, rf"Still to read: {DECISION}"),
    (Kind.DRIVER, rf".+ named you as the one who drives {DECISION}"),
    (Kind.LOOK_AGAIN, rf"Look again at {DECISION}"),
    (Kind.ACTIONS, r"(?:Recorded|.+ has) (?:an|\d+) action items?(?: for you)?, in "),
    (Kind.ACTIONS_NEWS, r".+ (?:marked|gave|handed|dropped) (?:an|\d+) action items? "),
    (Kind.ACTION_DUE, rf"A reminder: {ACTION}"),
    (Kind.ACTION_LATE, rf"{ACTION}.* is still open: "),
    (Kind.ACTION, rf"(?:Recorded|You are named to help with) {ACTION}"),
    (
        Kind.ACTION,
        rf"{ACTION}.* (?:is yours\.|is done\.|is no longer needed, says |was handed over to |was withdrawn by )",
    ),
    (Kind.ACTION, rf"{ACTION}.* has no (?:owner|date)"),
    (Kind.ACTION_NEWS, rf".+ (?:says that|moved|took|handed|gave|withdrew|changed) {ACTION}"),
    (Kind.DECISION_NEWS, rf".+ (?:approved|objected to|rejected|withdrew) {DECISION}"),
    (Kind.DECISION_NEWS, rf".+ withdrew the objection to {DECISION}"),
    (Kind.DECISION_NEWS, rf".+ raised a concern about {DECISION}"),
    (Kind.DECISION_NEWS, rf"Changed after you objected, is it fine now\? {DECISION}"),
    (Kind.DECISION_NEWS, rf".+ accepted {DECISION}.* although you objected"),
    (Kind.DECISION_NEWS, rf".+ says that {DECISION}.* no longer holds"),
    (Kind.DECISION_NEWS, rf"{DECISION}.* (?:is|was) superseded by "),
    (Kind.DECISION, rf"(?:Accepted|Proposed|Contested|Rejected|Withdrawn|Superseded|No longer holds): {DECISION}"),
)
"""Of direct messages; the first that fits counts."""
POSTED: tuple[tuple[Kind, str], ...] = (
    (Kind.SUMMARY, rf"Summary of (?P<title>.+?), {DAY}: "),
    (Kind.PART, rf"(?P<title>.+?), {DAY}, answers continued \((?P<number>\d+) of \d+\)\."),
    (Kind.PART, rf"(?P<title>.+?), {DAY}: these answers have moved up\."),
    (Kind.INTERIM, rf"(?P<title>.+?), {DAY}, so far: "),
    (Kind.SUMMED_UP, rf"(?P<title>.+?), {DAY}: {IS_THERE}"),
    (Kind.RUN, rf"(?P<title>.+?), {DAY}: (?:(?P<answered>\d+) of (?P<asked>\d+) answered|Closed, no answers\.)"),
    (Kind.RUN, rf"(?P<title>.+?), {DAY}: (?:Anonymous: |closed, fewer than \d+ answered\.)"),
    (Kind.SHARED_BRIEF, r"(?:Brief of this thread, from \d+ messages?,|The brief of this thread that stood here was) "),
    (Kind.RITUAL, r"(?P<title>.+) (?:is on here, switched on by |has been switched off)"),
    (Kind.DECISION, rf"(?:Accepted|Proposed|Contested|Rejected|Withdrawn|Superseded|No longer holds): {DECISION}"),
)
"""Of messages in channels."""
OF_ROUND = {Kind.PROMPT: Kind.ROUND, Kind.REMINDER: Kind.ROUND_REMINDER}
"""What is asked about a decision, by what would be a check-in otherwise."""
WANTS_RECORD = re.compile(r"with the emoji for an? (decision|action)")
RECORDED_OF = re.compile(r"^[DA]-\d+ is recorded, made of a message")
"""What stands in the message to whoever reacted, before and after they have recorded something."""
ANSWER_BY = re.compile(r"Please answer by (\w{3} \d+ \w{3} \d{4} \d\d:\d\d) ")
"""In what asks for answers."""
DIGEST_FOOT = re.compile(
    rf"(?P<what>Digest on request|Weekly digest|Digest of \w+ weeks), \w{{3}} \d+(?: \w{{3}}(?: \d{{4}})?)? to {DAY}\."
)
PLACE = re.compile(r"· for (?P<place>.+), facilitated by |^for (?P<place_alone>.+), facilitated by ")
OF_SEVERAL = re.compile(r"(?:A reminder: )?\d+ check-ins (?:for you|are still open)")
"""Above what carries several check-ins, each with a line of its own in the text and a divider above its blocks."""
IN_SHORT = "your answers are too long to stand here"
"""In a receipt among others."""
ANSWER = "checkin.answer"
"""The button whose value is the id of a prompt, wherever it stands."""
SKIP = "checkin.skip"
CHECKIN_FORM = "checkin.form"
REASON_FORM = "checkin.reason_form"
"""Why somebody skips: it stands in the summary, as answers do."""
RECORD_BUTTONS = {"action": ACTION_BUTTONS, "decision": DECISION_BUTTONS}
"""Whose values are the ids of action items, or of decisions with their version after a full stop."""
LATER = "checkin.later"
"""The menu whose choices are when to be asked again, each with the id of its prompt after a colon."""
TOO_FEW = "nothing of it is shown, and nothing kept"
"""Of an anonymous run that too few answered."""
NO_LONGER = "This is with others now. There is nothing left for you to do here."
DESK_VIEW, RITUAL_FORM, PAUSE_FORM = "ritual.desk_view", "ritual.form", "ritual.pause_form"
"""The details of a ritual, and the forms that open from there."""
QUESTIONS_FORM, QUESTIONS_TEXT_FORM = "questions.form", "questions.text_form"
"""In which a ritual's questions are changed and saved, and all of them as text."""
OVERTAKEN = "changed this while you did"
"""What whoever saves second reads there."""
ASKS_AGAIN = "It asks again. "
"""Before that, once somebody has resumed it."""
DESK_TEXT = re.compile(r"^(?:Started: .+?\. |It asks again\. )?\*(?P<title>[^*]+)\* in ")
STILL_OPEN = re.compile(r"^(?P<title>.+?) is open since .+; run it again after that\.$")
"""What somebody reads who starts a run while another still waits: there is none then."""
START = "ritual.start"
"""In a channel: whoever presses it starts their own. Its label ends with the title of the ritual."""
RUN_NOW, RESUME, HAND_OVER_FORM = "ritual.run", "ritual.resume", "ritual.hand_over_form"
SETTINGS_FORM, AWAY_FORM, TAKE_BACK = "people.form", "people.away_form", "people.take_back"
CALENDAR_FORM = "calendar.form"
HIDDEN_PLACE = "a private channel"
"""As those read it who are not in it."""
EMPTY = "Closed, no answers."
APART_HEADS = ("Blockers (", "Action items (")
"""In a summary, over what answers have become."""
IN_SHORT_HEAD = "In short"
"""And over what they come to: their words are there, and are no answers."""
HEAD_OF_BLOCKERS = re.compile(r"Blockers \((?:(?P<open>\d+)(?: open)?(?=[,)])|\d)")
COUNTED_MARKS = ("away:", "skipped:", "not heard from:", "no longer asked:")
"""Before the names of those who were counted in, and did not answer."""
AWAY_MARK = "away:"
"""Before those who were, in the counts of a summary."""
ELLIPSIS = "…"
"""At the end of what has been cut."""
MARKS = r"(?: \((?:late|edited|late, edited)\))?"
PERSON_LINE = re.compile(rf"\*(?P<name>[^*\n]+?){MARKS}\*")
"""Above what somebody answered."""
SAYS = re.compile(rf"_(?P<name>[^_\n]+?){MARKS}_(?P<answer>.*)")
"""A person before their answer, where the summary goes by question."""
BESIDE = re.compile(r"(?: ·)? (?=_[^_\n]+_ )")
"""Before people whose answers are so short that they share a line."""


@dataclass(frozen=True)
class Recognised:
    kind: Kind
    title: str = ""
    """Of the ritual."""
    day: date | None = None
    """Of the run, or the Monday of the week of a digest."""
    record: str = ""
    """D-41 or A-17."""
    place: str = ""
    """As its reader is told it: "#forecast", "a private channel"."""
    prompt: str = ""
    """The id of the prompt it is about."""
    number: int = 0
    """Which part."""
    by: str = ""
    """Until when an invitation asks for an answer, on its reader's clock: "Mon 23 Nov 2026 17:30"."""


def recognise(message: Message, *, is_direct: bool) -> Recognised | None:
    """Told from how it was posted; None for a message whose kind the judge does not know."""
    first = message.first
    if is_direct and (found := _digest(first)):
        return found
    text = squeezed(first.text)
    for kind, pattern in DIRECT if is_direct else POSTED:
        if matched := re.match(pattern, text):
            groups = matched.groupdict()
            asked = ROUND_TITLE.fullmatch(groups.get("title") or "")
            return Recognised(
                OF_ROUND.get(kind, kind) if asked else kind,
                title=groups.get("title") or "",
                day=day_of(groups["day"]) if groups.get("day") else None,
                record=asked[1] if asked else groups.get("record") or "",
                place=_place(first),
                prompt=prompt_id(message),
                number=int(groups.get("number") or 0),
                by=asks[1] if (asks := ANSWER_BY.search(text)) else "",
            )
    return None


def prompt_id(message: Message) -> str:
    """Of any of its versions that has the button."""
    pressed = (each for version in message.versions for each in elements(version.blocks))
    return next((str(each.get("value", "")) for each in pressed if each["action_id"] == ANSWER), "")


def _place(version: Version) -> str:
    for text in strings(version.blocks):
        if found := PLACE.search(squeezed(text)):
            return found["place"] or found["place_alone"]
    return ""


def _digest(version: Version) -> Recognised | None:
    foot = version.blocks[-1] if version.blocks else {}
    text = squeezed(" ".join(strings(foot))) if foot.get("type") == "context" else ""
    found = DIGEST_FOOT.match(text)
    if not found:
        return None
    kind = Kind.DIGEST_NOW if found["what"] == "Digest on request" else Kind.DIGEST
    return Recognised(kind, day=day_of(found["day"]) - timedelta(days=6))


def day_of(text: str) -> date:
    """Of "Mon 23 Nov 2026"."""
    return datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007 - a day has no zone
