"""Rituals of simulated weeks that the library does not have: one without names, and summaries of every kind."""

from datetime import date

from simulation.trace import Json
from simulation.when import QUARTER, WEEK

PULSE: Json = {
    "id": "team-pulse",
    "title": "Team pulse",
    "purpose": "How did last week go? Nobody is told who said what.",
    "when": "every mon at 09:30",
    "who": ["everyone"],
    "closes": "8h",
    "remind": ["2h"],
    "anonymous": 3,
    "ask": [
        {"id": "mood", "text": "How was last week?", "type": "scale", "options": ["Bad", "Great"]},
        {"id": "say", "text": "What should we change?", "type": "short"},
    ],
    "post": {"to": ["channel"], "by": "question", "brief": True},
}
HANDOVER: Json = {
    "id": "lead-handover",
    "title": "Lead handover",
    "purpose": "What the next shift of leads has to know.",
    "when": "every tue, thu at 09:30",
    "who": ["leads", "managers"],
    "closes": "8h",
    "remind": ["2h"],
    "ask": [
        {"id": "watch", "text": "What should others keep an eye on?", "type": "short", "recall": "watch"},
        {"id": "load", "text": "How full is your week?", "type": "one", "options": ["Light", "Right", "Too full"]},
        {
            "id": "stuck",
            "text": "What is in the way? Each line stands alone.",
            "type": "long",
            "optional": True,
            "into": "blocker.title",
            "split": "lines",
        },
    ],
    "post": {"to": ["channel", "facilitator", "participants"], "by": "question", "early": True, "brief": True},
}
LOAD: Json = {
    "id": "work-load",
    "title": "Work load",
    "purpose": "Who has room for more, and who needs a hand?",
    "when": "every wed at 10:00",
    "who": ["2 of everyone"],
    "facilitator": "1 of everyone",
    "closes": "1d",
    "remind": ["1h"],
    "ask": [
        {"id": "room", "text": "Is there room for more?", "type": "one", "options": ["Yes", "No"]},
        {"id": "next", "text": "What comes next for you?", "type": "short"},
    ],
    "post": {"to": ["channel", "managers", "#forecast"], "by": "answer"},
}
LOOK_BACK: Json = {
    "id": "look-back",
    "title": "Look back",
    "purpose": "Whoever starts it looks back on a piece of work with the leads.",
    "when": "manual",
    "who": ["me", "leads"],
    "closes": "4h",
    "remind": ["1h"],
    "ask": [
        {"id": "aim", "text": "What was the aim?", "type": "short"},
        {"id": "done", "text": "What was done?", "type": "short"},
        {"id": "reached", "text": "Was it reached?", "type": "one", "options": ["Yes", "In part", "No"]},
        {"id": "helped", "text": "What helped?", "type": "short", "optional": True},
        {"id": "slowed", "text": "What slowed us down?", "type": "short", "optional": True},
        {"id": "plan", "text": "How good was the plan?", "type": "scale", "options": ["Poor", "Good"]},
        {"id": "team", "text": "How well did we talk?", "type": "scale", "options": ["Poorly", "Well"]},
        {"id": "learned", "text": "What was learned?", "type": "short"},
        {"id": "keep", "text": "What do we keep?", "type": "short"},
        {
            "id": "next",
            "text": "What do you do next? Each line is one thing.",
            "type": "long",
            "into": "action.title",
            "split": "lines",
        },
        {"id": "stop", "text": "What do we stop?", "type": "short", "optional": True},
    ],
    "post": {"to": ["channel"], "by": "person", "brief": True},
}
"""Too long for one page."""
WRITTEN = ((PULSE, "forecast"), (HANDOVER, "council"), (LOAD, "support-quality"), (LOOK_BACK, "forecast"))
"""Each with its channel. The pulse meets the weekly sync at one minute, and the load every second week the metrics."""

NTH = ("first", "second", "third")


def load_times(day: date) -> tuple[str, ...]:
    """Sentences of every kind for the load, all of which fall on that Wednesday: those for quarters only if it lies in
    the first weeks of one."""
    times = (
        "every wed at 10:00",
        f"every month on {day.day} at 10:00",
        "every wed at 10:00 in Europe/London",
        "cron 30 9 * * wed in America/New_York",
        f"cron 0 10 {day.day} * * in Asia/Tokyo",
    )
    nth = (day.day - 1) // WEEK
    if day.month % QUARTER != 1 or nth >= len(NTH):
        return times
    return (*times, f"every quarter on {day.day} at 10:00", f"every quarter on {NTH[nth]} wed at 10:00")
