"""The buttons and forms of decisions, and what the card says once they were pressed or sent."""

import re

DECISION_BUTTONS = (
    "decision.read",
    "decision.concern",
    "decision.approve",
    "decision.object",
    "decision.overrule",
    "decision.reject",
    "decision.withdraw",
    "decision.withdraw_proposal",
    "decision.edit",
    "decision.view",
    "decision.keep",
    "decision.supersede",
    "decision.deprecate",
    "decision.result",
)
APPROVE, WITHDRAW, READ = "decision.approve", "decision.withdraw", "decision.read"
DECISION_FORM, OBJECTION_FORM = "decision.form", "decision.objection"
ADDS = "complete"
"""What a form of a decision says that only adds to it."""
KEEP, KEEP_FORM = "decision.keep", "decision.keep_form"
KEPT, ADDED = "still right, said ", "added to by "
"""On the card."""
REJECT_FORM, WITHDRAWAL_FORM, OVERRULE_FORM = "decision.rejection", "decision.withdrawal", "decision.overrule_form"
DEPRECATE_FORM, CONCERN_FORM = "decision.deprecate_form", "decision.concern_form"
SUPERSEDED = "decision.superseded"
"""By the acceptance of another: no button or form of its own."""
PASSED = "decision.passed"
"""By a round to which all consented whose word it needs: no button or form of its own."""
ENDS = {
    REJECT_FORM: "Rejected",
    WITHDRAWAL_FORM: "Withdrawn",
    DEPRECATE_FORM: "No longer holds",
    SUPERSEDED: "Superseded",
}
"""After which nothing comes of what is pressed."""
ACCEPTS = (APPROVE, OVERRULE_FORM, PASSED)
NAMED = re.compile(r"D-\d+")
REPLACES = re.compile(r"Once accepted, it supersedes ([^.]+)\.")
"""In a form that begins with what it takes the place of."""
READ_BY = re.compile(r"Read by (\d+) (?:person|people)")
"""On the card."""
VERDICTS = {**dict.fromkeys(ACCEPTS, "Accepted"), OBJECTION_FORM: "Contested"}
STATES = {DECISION_FORM: "Proposed"} | VERDICTS | ENDS
"""How the card of a decision begins, by what was last done with it."""
ROUND_TITLE = re.compile(r"(?:Consent|Advice) round (D-\d+)")
"""Of what is asked in a round."""
HEARD = re.compile(r"(\d+) of \d+ ha(?:s|ve) said where they stand\.( It is open until)?")
"""On the card of a decision with a round, until that is over and then."""
