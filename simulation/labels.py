"""What the fields of Muster's forms are called, and what people type and choose there."""

import re

WHEN, WHO, AND_THESE = "When?", "Who is asked?", "And these people"
CLOSES, REMIND = "How long is it open?", "When is somebody reminded?"
FACILITATES, ONLY_READS = "Who facilitates?", "Who only reads?"
"""Of the form for a ritual."""
QUESTIONS = "The questions"
"""All of them as text."""
UNTIL, NEW_FACILITATOR = "Asks again from", "New facilitator"
HOURS, QUIET, ZONE, REGION, REMINDERS = "Working hours", "Quiet hours", "Time zone", "Public holidays", "Reminders"
"""Of one's own settings."""
NUDGES = {"Standard": 3, "Light": 1, "None": 0}
"""Reminders a day, by how the choice begins."""
FIRST_DAY, LAST_DAY, ONLY_FOR, BACK = "First day", "Last day", "Only for", "Take back"
"""Of an absence."""
ADDRESS = "Address"
"""Of one's own calendar."""
MENTION = re.compile(r"<?@([^|>]+?)(?:\|[^>]*)?>?\s+(?=\d)")
"""Whom `/muster away` is about, before the days."""
MENTIONED = re.compile(r"<?@([^|>]+?)(?:\|[^>]*)?>?")
"""Whom `/muster back` is about."""
AWAY_SIGNS = frozenset({":palm_tree:", ":airplane:", ":face_with_thermometer:"})
"""Of Slack statuses that mean away while they have an end."""
TITLE, DECIDED, WHY = "Title", "What was decided?", "Why?"
APPROVER, DRIVER, CONTRIBUTORS, INFORMED = "Approver", "Driver", "Contributors", "Informed"
SUPERSEDES, ROUND, LOOK_AGAIN = "Supersedes", "How is it decided?", "Look again on"
"""Of a decision."""
CONSENT, ADVICE = "Consent round: accepted unless somebody objects", "Advice round: then the approver decides"
"""How it can be decided beside by its approver alone."""
STAND, CONSENTS, OBJECTS = "Where do you stand?", ("Consent", "Consent with a concern"), "Objection"
"""What a consent round asks, and the answers that make a difference."""
PEOPLE, FOLLOWS = "People", "What follows"
"""Pages of its form."""
VIEW, SUPERSEDE, RAISE, ADD, NO_LONGER = "View", "Supersede", "Raise a concern", "Add detail", "No longer holds"
"""Buttons in its card, its record and what people are told of it."""
TO_DO, OWNER, DUE, NEW_DATE, NEW_OWNER = "What is to be done?", "Owner", "Due", "New date", "New owner"
HELPERS = "Helpers"
"""Of an action item."""
LINES, WHICH, BECOMES = "One on each line", "Which?", "What becomes of them?"
"""Of several action items at once: recorded, and changed."""
BECOME = ("Done", "New date", "Hand over", "No longer needed")
FOR_GOOD = "For good"
"""How the choice begins that nothing is to follow."""
NOT_NOW = {"Next working day": 1, "In 3 working days": 3}
"""For so many working days a reminder is put off; with another choice until next week."""
CHANGE_SEVERAL = "Change several"
"""Below a list of them."""
LAST_TIME, STILL, SO_LONG = "Last time you were blocked by: ", "Still", 40
"""What asks again about a blocker, the answer that opens it again, and how much of its words surely stands in both."""
WHO_COULD, SOMEBODY_ELSE, NOBODY = "Who could clear it?", "Somebody else", "Nobody"
"""Of a blocker that is passed on; the last is how a choice begins."""
PEOPLE_FIELDS = (APPROVER, DRIVER, CONTRIBUTORS, INFORMED, OWNER, HELPERS, NEW_OWNER, SOMEBODY_ELSE)
"""Where somebody is named who may then read it."""
ANSWER_LATE, STILL_ANSWER = "Answer late", "still answer"
"""On Home, at what is over and takes answers; and in the message about it."""
BRIEF_THREAD, REVIEW, DISCARD, RECORD, ADD_ITEMS = (
    "Brief this thread",
    "Review",
    "Discard",
    "Record decision",
    "Add action items",
)
AGAIN, LEAVE_OUT, ADD_BACK, REWORD = "Draw it up again", "Leave it out", "Add it back", "Put it in other words"
SHARE_BRIEF, TAKE_BRIEF_BACK = "Share in the thread", "Take back"
IN_YOUR_WORDS = "In your words"
"""Of a brief: in the menu of a message, below it, and when it is gone over."""
