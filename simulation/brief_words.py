"""What messages about briefs say, and the buttons and forms of a draft."""

import re
from enum import Enum

SHORTCUT, COMMAND = "brief_thread", "/brief"
OF_OWN_MESSAGE = "brief.thread"
"""Below a message of Muster, of its thread."""
AGAIN, DISCARD, REVIEW = "brief.again", "brief.discard", "brief.review"
SHARE, TAKE_BACK, SHARE_FORM = "brief.share", "brief.take_back", "brief.share_form"
REVIEW_VIEW, REWORD_FORM = "brief.review_view", "brief.reword"
BUTTONS = ("brief.record", "brief.items", REVIEW, DISCARD, SHARE, TAKE_BACK)
"""Whose values are the ids of briefs."""


class Stage(Enum):
    READING = "I am reading a thread"
    WRITING = "I have read "
    DRAFT = "Brief of a thread"
    NONE = "There is no brief of a thread"
    DISCARDED = "The brief of a thread"
    OLDER = "You asked for a brief of a thread"


UNFINISHED = (Stage.READING, Stage.WRITING)
SHARED_BY = re.compile(r"^Brief of this thread, from \d+ messages?, shared by (.+)\.$", re.MULTILINE)
NO_THREAD = "That is no link to a message that you can read."
"""What a link leads to that its reader may not read, or that leads nowhere."""
ONE_MOMENT = "One moment"
"""How the first answer to a command begins that is heard in full only once Slack has been asked."""
DECIDED = "Decided, as it seems"
"""Over what was decided, in a message and in a review."""
QUOTE = re.compile(r"“(?P<said>[^”]*)”")
LINK = re.compile(
    r"/archives/(?P<channel>\w+)/p(?P<seconds>\d{10})(?P<rest>\d{6})(?:\?thread_ts=(?P<thread>\d{10}\.\d{6}))?"
)
MARKED = re.compile(r"(?i)\b(?:decision|decided|resolution|resolved|agreed|conclusion|consensus)\b[^:\n]{0,20}:")
"""How people mark what is decided."""
VOTES = frozenset({"+1", "thumbsup", "white_check_mark", "heavy_check_mark", "100", "raised_hands", "ok_hand"})
"""Reactions for something."""
VOTE = re.compile(r"(?i)\W*(?:\+\s?1\b|agreed?\b|yes\b|ok(?:ay)?\b|fine\b|sounds good|works for me|good for me)")
"""How a reply begins that is a vote."""
MOST_WORDS = 6
"""Of such a reply."""
