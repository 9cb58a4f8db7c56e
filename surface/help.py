"""What can be typed."""

from typing import Any

from surface.answers import answer, help_text, quoted
from surface.kit import Block, context, message, section

COMMANDS = help_text(
    "`/checkin` answers what you have been asked.",
    "`/decision` records a decision; `/decision list` shows the newest.",
    "`/action` adds an action item; `/action list` shows yours.",
    "`/brief` and a link to a message draws up a brief of its thread, for you alone.",
    "`/digest` shows the digest of your people now; `/digest settings` says when it comes.",
    "`/ritual` shows what is on in this channel, and switches check-ins on and off.",
)
MUSTER = help_text(
    "`/muster people` sets up who does what: function, role, manager and hours; `/muster people csv` takes a list.",
    "`/muster people list` shows who is set up, and who has no function yet; `/muster people field` which field of "
    "Slack's profiles names managers.",
    "`/muster me` sets your own function, hours, zone, holidays, quiet hours and reminders.",
    "`/muster days` shows the workspace's days off; `/muster days add 2026-12-24 Christmas Eve`, "
    "`/muster days remove 2026-12-24` and `/muster days region DE-BY` change them.",
    "`/muster model` shows whether a language model may write briefs here.",
    "`/muster measures` shows the numbers that this channel follows, and takes new values, one by one or as a table.",
    "`/muster reactions` shows which emoji, as a reaction to a message, begin a decision or an action item.",
    "`/muster away` says when you are away; with words at once: `/muster away tomorrow`, `for 3 days`, "
    "`until Wednesday`, `2 Dec to 5 Dec Training`. `/muster back` ends it. "
    "Managers write `/muster away @Ben` and `/muster back @Ben` for those assigned to them.",
    "`/muster calendar` lets Muster read from your own calendar when you are away.",
)
FOOT = (
    "*Record decision*, *Add action* and *Brief this thread* are in the menu of every message, too. "
    "Each command has its own `help`. `/muster decision ...` is the same as `/decision ...`; "
    "the others work the same way."
)


def help_answer() -> dict[str, Any]:
    return _answer("Muster asks your team at its own hours, and keeps what was decided and promised.")


def not_understood_answer(typed: str, close: list[str]) -> dict[str, Any]:
    hint = f" Did you mean `/muster {close[0]}`?" if close else ""
    return _answer(f"Muster does not know {quoted(typed)}.{hint} This is what you can type:")


def _answer(first: str) -> dict[str, Any]:
    blocks: list[Block] = [section(first), section(COMMANDS), section(MUSTER), context(FOOT)]
    return answer(message(f"{first}\n{COMMANDS}\n{MUSTER}\n{FOOT}", blocks))
