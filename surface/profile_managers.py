"""Which field of Slack's profiles names managers: the answer of `/muster people field`."""

from typing import Any

from domain.profile_managers import GONE, ManagerField
from domain.words import people_count
from surface.answers import answer
from surface.kit import Block, context, escape, message, section

CHANGING = (
    "`/muster people field Manager` names a field of Slack's profiles by its label or its id, "
    "`/muster people field off` none."
)
RULE = (
    "Muster reads it once a day for the people in its channels. Whom somebody chose by hand or by a table stays; "
    "where that is cleared, the profile counts again."
)
TROUBLES = {
    GONE: "No field of profiles is called so here. Look for its label in Slack, or name another.",
    "missing_scope": "Slack does not let Muster read profiles: whoever looks after Muster gives the app "
    "`users.profile:read` and installs it again.",
}


def field_answer(found: ManagerField) -> dict[str, Any]:
    lines = _lines(found)
    blocks: list[Block] = [section("\n".join(lines)), *([context(CHANGING)] if found.may_change else [])]
    return answer(message("\n".join(lines), blocks))


def _lines(found: ManagerField) -> list[str]:
    if not found.name:
        return ["No field of Slack's profiles says who manages whom."]
    said = f"Managers come from the field *{escape(found.name)}* of Slack's profiles. {RULE}"
    if found.trouble:
        return [said, trouble_text(found.trouble)]
    if not found.assigned:
        return [
            said,
            "It has named nobody's manager yet; reading takes about a second per person.",
        ]
    return [said, f"It names the manager of {people_count(found.assigned)}."]


def trouble_text(trouble: str) -> str:
    return TROUBLES.get(trouble, f"Slack did not tell it last time ({escape(trouble)}); Muster tries again every day.")
