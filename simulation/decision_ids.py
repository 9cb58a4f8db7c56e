"""The buttons and forms of decisions, and what the card says once they were pressed or sent."""

DECISION_BUTTONS = (
    "decision.read",
    "decision.concern",
    "decision.approve",
    "decision.object",
    "decision.overrule",
    "decision.reject",
    "decision.withdraw",
    "decision.edit",
    "decision.view",
    "decision.keep",
    "decision.supersede",
    "decision.deprecate",
)
APPROVE = "decision.approve"
DECISION_FORM, OBJECTION_FORM = "decision.form", "decision.objection"
REJECT_FORM, OVERRULE_FORM = "decision.rejection", "decision.overrule_form"
DEPRECATE_FORM = "decision.deprecate_form"
ENDS = {REJECT_FORM: "Rejected", DEPRECATE_FORM: "No longer holds"}
"""After which nothing comes of what is pressed."""
VERDICTS = {APPROVE: "Accepted", OVERRULE_FORM: "Accepted", OBJECTION_FORM: "Contested"}
STATES = {DECISION_FORM: "Proposed"} | VERDICTS | ENDS
"""How the card of a decision begins, by what was last done with it."""
