"""The form that passes a blocker on."""

from enum import StrEnum

from domain.blocker_cards import PassSheet
from domain.blockers import WHY_LIMIT
from surface import forms, outsiders
from surface.kit import Block, Json, escape_cut, modal, section

TITLE_ROOM = 1000
SOMEBODY = "somebody"
WHO = ((SOMEBODY, "Somebody else"), ("nobody", "Nobody: I cannot clear it"))


class Id(StrEnum):
    FORM = "blocker.pass_form"


def pass_form(sheet: PassSheet) -> Json:
    """Somebody else is chosen already: most know who; nobody is named."""
    given = sheet.given
    why = forms.text(given.get("why", ""), limit=WHY_LIMIT)
    blocks: list[Block] = [
        *outsiders.warning(sheet.outsiders, sheet.place, "this blocker", label="Pass on"),
        section(f"*{escape_cut(sheet.blocker.title, TITLE_ROOM)}*"),
        forms.field("who", "Who could clear it?", forms.choice(WHO, given.get("who", SOMEBODY))),
        forms.field(
            "person",
            "Somebody else",
            forms.person(given.get("person", "")),
            hint="They are told at once.",
            optional=True,
        ),
        forms.field("why", "Why?", why, hint="Whoever may read the blocker reads it, too.", optional=True),
    ]
    ids = {
        "blocker": str(sheet.blocker.id),
        "channel": sheet.blocker.channel_id,
        "draft": sheet.draft_id,
        outsiders.ID: outsiders.joined(sheet.outsiders),
    }
    return modal("Pass on", Id.FORM, blocks, submit=outsiders.submit("Pass on", sheet.outsiders), ids=ids)
