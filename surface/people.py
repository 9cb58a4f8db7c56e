"""Setting people up: the form, the list to paste, and who is set up."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from domain.people import FUNCTIONS, Nudges, Person, Role
from domain.setting_up import LEADERS, PersonSheet, summary
from domain.words import count_text, function_name, function_title, hours_text, people_count
from surface import forms
from surface.answers import answer
from surface.forms import about, field
from surface.kit import (
    Block,
    Json,
    button,
    buttons,
    context,
    cut,
    escape,
    message,
    modal,
    names,
    section,
    sections,
)

HOURS_LIMIT = 60
HOURS_EXAMPLE = "for example mon-fri 09:00-17:30, or mon, wed 10-16."
OWN = {
    "function": "Decides which questions you are asked.",
    "role": "",
    "manager": "Gets the weekly digest about you.",
    "hours": f"In your own time, {HOURS_EXAMPLE}",
    "zone": "Only if Slack's is wrong, for example Europe/Berlin. Empty: what Slack says{zone}.",
    "region": "Whose public holidays you keep, for example DE-BY or US-CA. Empty: the workspace's{region}.",
    "quiet": "Muster does not ask or remind you then, for example 12:00-13:00. What others do, such as handing you an "
    "action item, arrives at once.",
    "nudges": "How many reminders a day at most, over all check-ins and action items.",
}
THEIRS = {
    "function": "Decides which questions they are asked.",
    "role": "",
    "manager": "Gets the weekly digest about them.",
    "hours": f"In their own time, {HOURS_EXAMPLE}",
    "region": "Whose public holidays they keep, for example DE-BY or US-CA. Empty: the workspace's{region}.",
}
"""What stands below each field, for oneself and for others."""
LABELS = {"hours": "Working hours", "zone": "Time zone", "region": "Public holidays", "quiet": "Quiet hours"}
NUDGES = [
    (Nudges.STANDARD.value, "Standard: 3 a day"),
    (Nudges.LIGHT.value, "Light: 1 a day"),
    (Nudges.NONE.value, "None"),
]
OWN_TITLE, OTHERS_TITLE = "Your settings", "Set up people"
LISTING_ROOM = 8_000
"""For the lines of those set up. Slack refuses messages from about 12,000 characters on."""
SHOWN_MISSING = 50


class Id(StrEnum):
    FORM = "people.form"
    CHOOSE = "people.choose"
    OPEN_LIST = "people.list"
    """The button that opens the form for a list."""
    ME = "people.me"
    """The button that opens one's own settings."""


def own_form(sheet: PersonSheet) -> Json:
    """One's own settings, and nobody else's."""
    others = "`/muster people` sets up others." if sheet.actor.leads else _fixed(sheet)
    return _form(sheet, OWN_TITLE, [*_fields(sheet), context(others)])


def people_form(sheet: PersonSheet) -> Json:
    """Choosing a person brings their fields, filled in with what is known. Others get their own."""
    if not sheet.actor.leads:
        return own_form(sheet)
    blocks: list[Block] = [context(f"Saved: {line(sheet.saved, {})}")] if sheet.saved else []
    saved_id = sheet.saved.id if sheet.saved else ""
    chosen = forms.person(sheet.person.id if sheet.person else "", action_id=Id.CHOOSE)
    blocks.append(field(about("person", saved_id), "Whom do you want to set up?", chosen, dispatch=True))
    paste = buttons(button("Paste a list", Id.OPEN_LIST, sheet.actor.id))
    return _form(sheet, OTHERS_TITLE, [*blocks, *_fields(sheet), paste])


def _form(sheet: PersonSheet, title: str, blocks: Sequence[Block]) -> Json:
    ids = {"person": sheet.person.id if sheet.person else "", "saved": sheet.saved.id if sheet.saved else ""}
    return modal(title, Id.FORM, blocks, submit="Save", ids={**ids, **sheet.shown})


def _fields(sheet: PersonSheet) -> list[Block]:
    problem = [section(escape(sheet.problem))] if sheet.problem else []
    if sheet.person is None:
        return problem
    whose = OWN if sheet.person.id == sheet.actor.id else THEIRS
    return [*problem, *(_field(name, sheet.person, whose[name]) for name in sheet.fields)]


def _field(name: str, person: Person, hint: str) -> Block:
    block_id = about(name, person.id)
    if name == "function":
        functions = [(each, function_title(each)) for each in FUNCTIONS]
        choice = forms.choice(functions, person.function or "")
        return field(block_id, "Function", choice, hint=hint, optional=True)
    if name == "role":
        roles = [(role.value, role.value.capitalize()) for role in Role]
        return field(block_id, "Role", forms.choice(roles, person.role.value), hint=hint)
    if name == "manager":
        return field(block_id, "Manager", forms.person(person.manager_id or ""), hint=hint, optional=True)
    if name == "nudges":
        return field(block_id, "Reminders", forms.choice(NUDGES, person.nudges.value), hint=hint)
    return field(
        block_id,
        LABELS[name],
        forms.text(summary(person)[name], limit=HOURS_LIMIT),
        hint=hint.format(zone=f", {person.zone_name}", region=f", {person.workspace_region or 'none'}"),
        optional=name != "hours",
    )


def _fixed(sheet: PersonSheet) -> str:
    person = sheet.actor
    manager = escape(sheet.manager_name) if sheet.manager_name else "nobody yet"
    known = f"Your role: {person.role} · manager: {manager}."
    return f"{known} Only {LEADERS} can change these."


def settings_row(person: Person) -> Block:
    """One's own settings in a line, and the way to change them."""
    off = f", public holidays of {escape(region)}" if (region := person.region or person.workspace_region) else ""
    quiet = f", quiet {person.quiet}" if person.quiet else ""
    when = f"{hours_text(person.hours)}, {escape(person.zone.key)} time{quiet}{off}"
    text = f"*Your settings*\n{when}, {_reminders(person)}. `/muster me` changes them, too."
    return section(text, button("Change settings", Id.ME, person.id))


def _reminders(person: Person) -> str:
    most = person.nudges.a_day
    return f"at most {count_text(most, 'reminder')} a day" if most else "no reminders"


def saved_form(person: Person) -> Json:
    """After one's own settings."""
    return modal(OWN_TITLE, Id.FORM, [section(f"Saved: {line(person, {})}")])


def people_answer(done: Sequence[Person], missing: Sequence[Person], managers: Mapping[str, str]) -> dict[str, Any]:
    lines = _fitting(f"• {line(person, managers)}" for person in done)
    if len(done) > len(lines):
        lines.append(f"and {len(done) - len(lines)} more")
    title = f"*Set up ({len(done)})*" if done else "Nobody is set up yet."
    blocks: list[Block] = [section(title), *sections(lines), section(_missing(missing, is_any=bool(done)))]
    blocks.append(context("`/muster people` sets up one person, `/muster people csv` many; `/muster me` yourself."))
    text = f"{people_count(len(done))} set up, {len(missing)} without a function"
    text += f": {names([each.name for each in missing])}." if missing else "."
    return answer(message(text, blocks))


def _fitting(lines: Iterable[str]) -> list[str]:
    room, kept = LISTING_ROOM, list[str]()
    for each in lines:
        room -= len(each)
        if room < 0:
            break
        kept.append(each)
    return kept


def _missing(missing: Sequence[Person], *, is_any: bool) -> str:
    if not missing and is_any:
        return "Everybody in Muster's channels has a function."
    if not missing:
        return "Muster is in no channel yet. Type `/invite @Muster` in the channel it is for, then come back here."
    shown = names([person.name for person in missing[:SHOWN_MISSING]])
    more = f" (the first {SHOWN_MISSING})" if len(missing) > SHOWN_MISSING else ""
    return f"*No function yet ({len(missing)})*{more}\n{shown}"


def line(person: Person, managers: Mapping[str, str]) -> str:
    """ "*Ana Souza*: research, lead, manager Grace Kim, Mon-Fri 09:00-17:30"."""
    parts = [function_name(person.function) if person.function else "no function yet"]
    parts += [person.role.value] if person.role is not Role.CONTRIBUTOR else []
    parts += (
        [f"manager {escape(managers[person.manager_id])}"]
        if person.manager_id and person.manager_id in managers
        else []
    )
    return f"*{escape(cut(person.name, 80))}*: {', '.join([*parts, hours_text(person.hours)])}"
