"""The buttons and forms of action items; the values of the buttons are their ids."""

ACTION_BUTTONS = (
    "action.accept",
    "action.done",
    "action.new_date",
    "action.hand_over",
    "action.drop",
    "action.reopen",
    "action.take",
    "action.set_date",
    "action.edit",
)
ACTION_FORM, DATE_FORM, OWNER_FORM = "action.form", "action.date_form", "action.owner_form"
DROP_FORM = "action.drop_form"
DONE, ACCEPT, REOPEN = "action.done", "action.accept", "action.reopen"
