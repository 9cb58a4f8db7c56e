"""What messages about action items say."""

import re
from datetime import date

A_DAY = r"(\w{3} \d+ \w{3} \d{4})"
IS_YOURS = ("is yours", "It is yours")
"""In the message that its owner has about it."""
LACKS = re.compile(r" has no (?:owner|date)(?: and no date)? yet\.")
"""In the reminder of one without owner or day."""
SAYS_WHO = re.compile(rf"If it is still open after {A_DAY}, (.+?)(?:, who asked for it,)? hears of it\.")
"""In the reminder of one that is late."""
LATE = re.compile(rf": (?P<owner>[^:]+) owns it, and it was due on {A_DAY}\. You hear of it because ")
"""To whoever hears of it then."""
AGAIN = re.compile(rf"Not now: you hear of .+ again on {A_DAY}\.")
"""In a reminder that was put off."""
RHYTHM = re.compile(r"· every (?:week|two weeks|month|quarter)(?:, after (?P<before>A-\d+))?(?: ·|$)", re.MULTILINE)
"""Below what comes again."""
DUE_THEN = re.compile(rf" · due {A_DAY}")
"""In a row of a list."""
DUE = re.compile(rf"due on {A_DAY}")
A_STEP = re.compile(r"\w{3} \d+ \w{3} \d{4}: ")
"""How each change begins in the list of the last ones: "Tue 24 Nov 2026: Ben Okafor accepted it"."""


def day_text(day: date) -> str:
    """ "Tue 24 Nov 2026"."""
    return f"{day:%a} {day.day} {day:%b %Y}"
