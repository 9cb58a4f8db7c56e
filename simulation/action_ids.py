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
DROP_FORM, EDIT_FORM = "action.drop_form", "action.edit_form"
DONE, ACCEPT, REOPEN = "action.done", "action.accept", "action.reopen"
TAKE, SNOOZE = "action.take", "action.snooze"
"""Of what nobody has; and the menu of a reminder, whose choices are how long."""
FIRST_DATE_FORM, LINES_FORM = "action.first_date_form", "action.lines_form"
ITEMS_FORM = "brief.items_form"
"""With fields of its own for each of several."""
SEVERAL_FORM = "action.bulk_form"
"""With which several are changed at once; its ids are joined by commas."""
