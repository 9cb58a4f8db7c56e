"""The buttons and forms of blockers."""

BLOCKER_BUTTONS = ("blocker.take", "blocker.clear")
"""Whose values are the ids of blockers."""
PASS_ON, PASS_FORM = "blocker.pass_on", "blocker.pass_form"
"""The button has the same value, and the form has it among its ids."""
STILL_BLOCKED = "blocker.still"
"""With the same value: whoever raised it objects."""
