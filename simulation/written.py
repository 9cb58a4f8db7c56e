"""Rituals of simulated weeks that the library does not have: one without names, and summaries of every kind."""

from simulation.trace import Json

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
    "post": {"to": ["channel"], "by": "question"},
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
    ],
    "post": {"to": ["channel", "facilitator", "participants"], "by": "question"},
}
LOAD: Json = {
    "id": "work-load",
    "title": "Work load",
    "purpose": "Who has room for more, and who needs a hand?",
    "when": "every wed at 10:00",
    "who": ["ml", "product", "support"],
    "closes": "1d",
    "remind": ["1h"],
    "ask": [
        {"id": "room", "text": "Is there room for more?", "type": "one", "options": ["Yes", "No"]},
        {"id": "next", "text": "What comes next for you?", "type": "short"},
    ],
    "post": {"to": ["channel", "managers"], "by": "answer"},
}
WRITTEN = ((PULSE, "forecast"), (HANDOVER, "council"), (LOAD, "support-quality"))
"""Each with its channel. The pulse meets the weekly sync at one minute, and the load every second week the metrics."""
