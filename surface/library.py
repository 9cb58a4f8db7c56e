"""The library: what can be switched on, a preview of its form, and the form that switches it on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from domain.answering_time import Measured, taken_text, time_text
from domain.pages import in_use, pages_of
from domain.people import FUNCTIONS, Person
from domain.previews import NOBODY_ELSE, Preview, Trial
from domain.ritual_form import (
    BRIEF,
    CLOSES_LIMIT,
    EARLY,
    PEOPLE_LIMIT,
    QUIET,
    REMIND_LIMIT,
    WHEN_LIMIT,
    WHO_LIMIT,
    RitualSheet,
    ids,
    places,
    takes_turns,
)
from domain.runs import Ritual
from domain.selectors import audience_text
from domain.templates import CHANNEL, FACILITATOR, MANAGERS, PARTICIPANTS, UNNAMED_ORDERS, Template
from domain.words import function_title
from surface import checkin, checkin_form, forms, outsiders
from surface.forms import field
from surface.kit import Block, Element, Json, button, buttons, context, divider, escape, modal, name_of, section
from surface.ritual_list import on_blocks
from surface.rituals import when_text
from surface.runs import run_message

SHOWN = 45
"""Each takes two of the hundred blocks of a form."""
NAME_ROOM = 60
GO_ON = "Is it right like this? Nobody has been asked. Close brings you back to the library."
ON_ALREADY = "It is on in this channel already. `/ritual`, *Details* and then *Questions* change what it asks there."
AS_FIELD = "as-function"
"""No question has a name like this."""
ORDERS = {"function": "By function", "question": "By question", "person": "By person", "answer": "By answer"}
PLACES = {
    CHANNEL: "This channel, when it closes",
    EARLY: "This channel, already as answers come",
    QUIET: "Nothing here before it closes",
    FACILITATOR: "The facilitator",
    PARTICIPANTS: "Those who were asked",
    MANAGERS: "Their managers",
    BRIEF: "In short above the answers: what they come to",
}


class Id(StrEnum):
    PREVIEW = "ritual.preview"
    AS = "ritual.preview_as"
    """Whose form is drawn."""
    FOLLOW = "ritual.preview_follow"
    """A choice within a preview that brings another question."""
    TRY = "ritual.try"
    ON = "ritual.on"
    FORM = "ritual.form"
    COPY = "ritual.copy"
    EDIT = "ritual.edit"
    """Of a template that was written here."""


def library_view(
    library: Mapping[str, Template],
    files: Collection[str],
    on: Collection[str],
    channel_id: str,
    took: Mapping[str, Measured],
) -> Json:
    """`files` and `on`: the ids of those that come as files, and that are on in the channel already; `took`: how long
    people here needed, by id."""
    found = sorted(library.values(), key=lambda template: template.title.casefold())
    blocks: list[Block] = [
        context("Preview shows the very form that people get. Nothing is sent by looking. `/ritual new` writes one.")
    ]
    for template in found[:SHOWN]:
        here = took.get(template.id)
        blocks += _entry(template, here, is_on=template.id in on, is_yours=template.id not in files)
    if more := [template.id for template in found[SHOWN:]]:
        blocks.append(context(f"Also: {', '.join(more)}. Type `/ritual on` and the name."))
    return modal("Library", "ritual.library_view", blocks, ids={"channel": channel_id})


def _entry(template: Template, took: Measured | None, *, is_on: bool, is_yours: bool) -> list[Block]:
    takes = f"{time_text(template)}; here {taken_text(took.seconds)}" if took else time_text(template)
    facts = [when_text(template), f"asks {escape(audience_text(template.who))}", takes]
    facts += ["yours"] if is_yours else []
    text = f"*{escape(template.title)}* (`{template.id}`)\n{escape(template.purpose)}\n_{' · '.join(facts)}_"
    preview = button("Preview", Id.PREVIEW, template.id, label=f"Preview: {template.title}")
    found = [preview, *_next(template, may_begin=not is_on, is_yours=is_yours)]
    return [section(f"{text}\nOn in this channel." if is_on else text), buttons(*found)]


def _next(template: Template, *, may_begin: bool, is_yours: bool) -> list[Element]:
    switch = button("Switch on", Id.ON, template.id, label=f"Switch on: {template.title}")
    edit = button("Change", Id.EDIT, template.id, label=f"Change: {template.title}")
    copy = button("Copy and change", Id.COPY, template.id, label=f"Copy and change: {template.title}")
    return [*([switch] if may_begin else []), *([edit] if is_yours else []), copy]


def _reader(whom: str) -> str:
    if whom == NOBODY_ELSE:
        return "Everybody else"
    return function_title(whom) if whom in FUNCTIONS else audience_text((whom,))


def preview_view(preview: Preview) -> Json:
    """The form as people get it, its pages one below the other; sent, it shows what would come of it."""
    form = preview.form
    used = in_use(pages_of(preview.template, form.prompt), form.answers)
    drawn = [block for page in used for block in checkin_form.checkin_form(replace(form, page=page))["blocks"]]
    takes = time_text(preview.template, [form.prompt])
    blocks: list[Block] = [
        context(
            f"This is the form that people get; it takes {takes}. A trial: nobody else sees it, and nothing is kept."
        )
    ]
    if preview.readers:
        readers = [(each, _reader(each)) for each in preview.readers]
        chosen = forms.choice(readers, preview.reader, action_id=Id.AS)
        blocks.append(field(AS_FIELD, "As seen by", chosen, dispatch=True))
    blocks += [_harmless(block) for block in drawn if block["type"] != "actions"]
    return modal(
        preview.template.title,
        Id.TRY,
        blocks,
        submit="See the summary",
        ids={"template": preview.template.id, "channel": preview.channel_id},
    )


def trial_view(trial: Trial, *, is_yours: bool) -> Json:
    """The message that people would get, and what the channel would see; their buttons would have nothing to do.
    `is_yours`: the template was written in this workspace."""
    run = trial.summary.run
    asked = checkin.prompt_message(trial.invitation, is_out=False)
    blocks: list[Block] = [
        context("A trial, nobody else sees it. Each person would be asked with this message, in their working hours:"),
        *_without_buttons(asked.blocks if asked else []),
        divider(),
        context("And this would be the summary, with everybody's answers:"),
        *_without_buttons(run_message(trial.summary).blocks),
        *_told_of(trial),
        divider(),
        context(ON_ALREADY if trial.is_on else GO_ON),
        buttons(*_next(run.template, may_begin=trial.may_begin, is_yours=is_yours)),
    ]
    return modal(run.template.title, Id.TRY, blocks, ids={"channel": run.channel_id})


def _told_of(trial: Trial) -> list[Block]:
    """Who would get a message of their own."""
    card, reader_id = trial.summary, trial.invitation.person.id
    owners = {each.owner_id: "an action item that would be theirs" for each in card.items}
    clearers = {each.clearer_id: "a blocker that they can clear" for each in card.blockers}
    found = [(who, what) for told in (clearers, owners) for who, what in told.items() if who not in ("", reader_id)]
    lines = [f"{name_of(card.people, who, NAME_ROOM)} would get a message about {what}." for who, what in found]
    return [context("\n".join(lines))] if lines else []


def _without_buttons(drawn: Sequence[Block]) -> list[Block]:
    return [_harmless(block) for block in drawn if block["type"] != "actions"]


def _harmless(block: Json) -> Json:
    """Its clicks draw the preview anew, and reach no check-in."""
    if block["type"] != "input":
        return {name: value for name, value in block.items() if name not in ("accessory", "block_id")}
    if not block.get("dispatch_action"):
        return block
    element = {name: value for name, value in block["element"].items() if name != "dispatch_action_config"}
    is_click = element["action_id"] == checkin_form.Id.CHOOSE
    action_id = str(Id.FOLLOW) if is_click else forms.VALUE
    return {**block, "dispatch_action": is_click, "element": {**element, "action_id": action_id}}


def ritual_form(sheet: RitualSheet) -> Json:
    label = "Switch on" if sheet.ritual_id is None else "Save"
    blocks: list[Block] = [
        *outsiders.warning(sheet.outsiders, sheet.place, "what it asks and what is answered", label=label),
        section(f"*{escape(sheet.template.title)}* in {escape(sheet.place)}\n{escape(sheet.template.purpose)}"),
        *_fields(sheet),
    ]
    ids_of = {
        "draft": sheet.draft_id,
        "channel": sheet.channel_id,
        "template": sheet.template.id,
        outsiders.ID: outsiders.joined(sheet.outsiders),
    }
    title = "Switch on"
    if sheet.ritual_id is not None:
        title, ids_of = "Change", ids_of | {"ritual": str(sheet.ritual_id), "seen": sheet.seen}
        blocks.insert(1, context("It holds from the next time on. What is open now goes on as it began."))
    submit = outsiders.submit(label, sheet.outsiders)
    return modal(title, Id.FORM, blocks, submit=submit, ids=ids_of)


def _fields(sheet: RitualSheet) -> Sequence[Block]:
    given, template = sheet.given, sheet.template
    turns = f"Empty: {template.facilitator}, in turn. " if takes_turns(template) else ""
    return [
        field(
            "when",
            "When?",
            forms.text(given.get("when", ""), limit=WHEN_LIMIT),
            hint="In each person's own time: every mon at 09:30, every weekday at 10:00, every 2 weeks on tue at 11:00 "
            "or every month on last wed at 14:00; manual: whenever somebody starts it.",
        ),
        field(
            "who",
            "Who is asked?",
            forms.text(given.get("who", ""), limit=WHO_LIMIT),
            hint="Among the people of this channel: everyone, leads, research, lead of legal. Commas between them.",
            optional=True,
        ),
        field(
            "people",
            "And these people",
            forms.people(ids(given, "people"), limit=PEOPLE_LIMIT),
            hint=outsiders.hint(sheet.outsiders, given.get("people", ""), ""),
            optional=True,
        ),
        field(
            "closes",
            "How long is it open?",
            forms.text(given.get("closes", ""), limit=CLOSES_LIMIT),
            hint="From each person's own question on: 4h is hours, 2d is working days.",
        ),
        field(
            "remind",
            "When is somebody reminded?",
            forms.text(given.get("remind", ""), limit=REMIND_LIMIT),
            hint="So long before the end, while they have not answered: 4h, or 1d, 2h. Empty: not at all.",
            optional=True,
        ),
        field(
            "post",
            "Where does the summary go?",
            forms.choices([(each, _place(sheet, each)) for each in places(template)], _chosen_places(sheet)),
            hint="Without this channel it reads only how many answered. People get it as a message.",
        ),
        field("by", "How is the summary ordered?", forms.choice(_orders(template), given.get("by", ""))),
        field(
            "facilitator",
            "Who facilitates?",
            forms.person(given.get("facilitator", "")),
            hint=outsiders.hint(
                sheet.outsiders,
                given.get("facilitator", ""),
                f"{turns}Hears when nobody answers, or something goes wrong.",
            ),
            optional=True,
        ),
        field(
            "observers",
            "Who only reads?",
            forms.people(ids(given, "observers"), limit=PEOPLE_LIMIT),
            hint=outsiders.hint(
                sheet.outsiders,
                given.get("observers", ""),
                "Never asked, and not counted. Outside the channel, the summary comes as a message.",
            ),
            optional=True,
        ),
    ]


def _place(sheet: RitualSheet, place: str) -> str:
    return "Another channel" if place in sheet.unnamed else PLACES.get(place, place)


def _chosen_places(sheet: RitualSheet) -> Sequence[str]:
    return sheet.given.get("post", "").split("\n")


def _orders(template: Template) -> list[tuple[str, str]]:
    return [(key, label) for key, label in ORDERS.items() if not template.anonymous or key in UNNAMED_ORDERS]


def on_view(ritual: Ritual, asked: Sequence[Person]) -> Json:
    return modal("Switched on", Id.FORM, on_blocks(ritual, asked), is_end=True)
