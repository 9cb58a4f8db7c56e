"""One ritual that is on: how it stands and fares, and what those who may can do with it."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from domain.answering_time import Measured, taken_text
from domain.cards import RitualCard, RitualDesk
from domain.health import RunHealth
from domain.people import GONE, Person
from domain.ritual_form import PEOPLE_FIELDS, RitualChange
from domain.runs import Ritual
from domain.selectors import asks_starter
from domain.templates import Template
from domain.words import day_text, duration_text, joined, people_count
from surface import away, forms, history, rituals
from surface.exports import export_buttons
from surface.kit import Block, Element, Json, button, buttons, context, escape, modal, names, section, sections
from surface.library import ORDERS, PLACES
from surface.ritual_list import next_text, origin_text, when_facts, whom_facts
from surface.rituals import some

FIELDS = {
    "when": "when",
    "who": "asks",
    "people": "and these people",
    "closes": "open for",
    "remind": "reminders",
    "post": "summary",
    "by": "order",
    "facilitator": "facilitator",
    "observers": "observers",
}
"""What the fields of the form for changing it are called in a sentence."""


class Id(StrEnum):
    CHANGE = "ritual.change"
    QUESTIONS = "ritual.questions"
    NEWER = "ritual.newer"
    """What its template in the library asks by now."""
    KEEP_OURS = "ritual.keep_ours"
    RUN = "ritual.run"
    PAUSE = "ritual.pause"
    PAUSE_FORM = "ritual.pause_form"
    RESUME = "ritual.resume"
    HAND_OVER_FORM = "ritual.hand_over_form"
    END = "ritual.end"
    END_FORM = "ritual.end_form"


SHOWN_AWAY = 30
WEEK = timedelta(days=7)


def desk_view(desk: RitualDesk, *, said: str = "") -> Json:
    """`said`: what came of the last click."""
    card = desk.card
    ritual, template = card.ritual, card.ritual.template
    blocks: list[Block] = [section(said)] if said else []
    blocks += [
        section(f"*{escape(template.title)}* in {escape(card.place)}\n{escape(template.purpose)}"),
        section(" · ".join([*when_facts(ritual), *whom_facts(card)])),
        context(_open_text(template)),
        context(_origin(desk)),
        *_behind(desk),
    ]
    if found := _buttons(desk):
        blocks.append(buttons(*found))
    if looking := _looking_back(desk):
        blocks.append(buttons(*looking))
    if desk.away:
        blocks.append(section("*Away now or soon* (only you see this, as the facilitator)"))
        blocks += sections(away.who_is_away(desk.away[:SHOWN_AWAY]))
    blocks += [section("*The last runs*" if desk.last else "It has not run yet."), *sections(map(_run, desk.last))]
    blocks += [context(_took(desk.took, may_change=desk.may_change))] if desk.took else []
    return modal(template.title, "ritual.desk_view", blocks, ids={"ritual": str(ritual.id), "draft": desk.draft_id})


def _open_text(template: Template) -> str:
    """ "Open for 8 hours from each person's own question on, with a reminder 2 hours before the end"."""
    reminders = [duration_text(each) for each in template.remind]
    reminded = f"a reminder {joined(reminders)} before the end" if reminders else "without reminders"
    return f"Open for {duration_text(template.closes)}, {reminded}"


def _origin(desk: RitualDesk) -> str:
    if not desk.asker:
        return origin_text(desk.card)
    return f"{origin_text(desk.card)} · questions changed by {escape(desk.asker)} (version {desk.card.ritual.version})"


def _behind(desk: RitualDesk) -> list[Block]:
    """For those who may do something about it."""
    if not (desk.is_behind and desk.may_change):
        return []
    ritual = desk.card.ritual
    return [
        section(
            f"*Its template in the library (`{ritual.template.id}`) has changed* since its questions were taken from "
            "there. It asks as before, until somebody takes the new questions over."
        ),
        buttons(button("See the new questions", Id.NEWER, ritual.id), button("Keep ours", Id.KEEP_OURS, ritual.id)),
    ]


def _buttons(desk: RitualDesk) -> list[Element]:
    ritual = desk.card.ritual
    is_manual = ritual.template.cadence is None
    start = rituals.START_MINE if asks_starter(ritual.template.who) else "Run now"
    is_paused = ritual.paused_until is not None and desk.today < ritual.paused_until
    found = [(start, Id.RUN)] if (desk.may_change or is_manual) and not is_paused else []
    if desk.may_change:
        found += [("Change", Id.CHANGE), ("Questions", Id.QUESTIONS)]
        found.append(("Resume", Id.RESUME) if ritual.paused_until else ("Pause", Id.PAUSE))
    elements = [button(text, action, ritual.id) for text, action in found]
    if desk.may_change:
        elements += [*rituals.hand_over(desk.card), button("End", Id.END, ritual.id)]
    return elements


def _looking_back(desk: RitualDesk) -> list[Element]:
    """At what has been answered."""
    ritual_id = desk.card.ritual.id
    if not desk.last:
        return []
    export = export_buttons(ritual_id) if desk.may_change else []
    return [button("History", history.Id.OF_RITUAL, ritual_id), *export]


def _run(health: RunHealth) -> str:
    """ "Mon 23 Nov 2026: 3 of 4 answered, half of them within 2 hours, 1 late"."""
    day = f"{day_text(health.day)}{' (open)' if health.is_open else ''}"
    if health.least:
        is_told = not health.is_open and health.answered >= health.least
        few = "open" if health.is_open else f"fewer than {health.least} answers"
        return f"{day}: {f'{health.answered} of {health.asked} answered' if is_told else few}"
    facts = [f"{health.answered} of {health.asked} answered"]
    facts += [f"half of them within {_hours(health.hours)}"] if health.hours is not None else []
    facts += [f"{health.late} late"] if health.late else []
    facts += [f"{health.skipped} skipped"] if health.skipped else []
    facts += [f"{health.unreached} not reached, which was not their doing"] if health.unreached else []
    return f"{day}: {', '.join(facts)}"


def _took(took: Measured, *, may_change: bool) -> str:
    said = f"Answering took {taken_text(took.seconds)} (median of {took.answers} answers)."
    if not took.is_long:
        return said
    how = " Make questions optional, leave some out, or split it in two: *Questions* above changes them."
    return f"{said} That is more than the three minutes people should need.{how if may_change else ''}"


def _hours(hours: float) -> str:
    if hours < 1:
        return "an hour"
    return "2 hours" if hours <= 2 else f"{hours:.0f} hours"  # noqa: PLR2004 - as people say it


def pause_form(card: RitualCard, today: date) -> Json:
    """A week is proposed."""
    blocks: list[Block] = [
        section(f"Nobody is asked by *{escape(card.ritual.template.title)}* until then. What is open now goes on."),
        forms.field("until", "Asks again from", forms.day(today + WEEK), hint="The first day on which it asks again."),
    ]
    return modal("Pause", Id.PAUSE_FORM, blocks, submit="Pause", ids={"ritual": str(card.ritual.id)})


def hand_over_form(card: RitualCard) -> Json:
    blocks: list[Block] = [
        section(
            f"Who facilitates *{escape(card.ritual.template.title)}* in {escape(card.place)} from now on? "
            "They are told, and need do nothing."
        ),
        forms.field("to", "New facilitator", forms.person()),
    ]
    return modal("Hand over", Id.HAND_OVER_FORM, blocks, submit="Hand over", ids={"ritual": str(card.ritual.id)})


def end_form(card: RitualCard) -> Json:
    title = escape(card.ritual.template.title)
    still = " Whoever has been asked can still answer." if card.waits else ""
    blocks: list[Block] = [section(f"End *{title}* in {escape(card.place)}? Nobody else is asked.{still}")]
    return modal("End", Id.END_FORM, blocks, submit="End it", ids={"ritual": str(card.ritual.id)})


def handed_view(ritual: Ritual, to: Person) -> Json:
    text = f"{escape(to.name)} facilitates *{escape(ritual.template.title)}* now, and has been told."
    return modal("Hand over", Id.HAND_OVER_FORM, [section(text)], is_end=True)


def ended_view(ritual: Ritual) -> Json:
    return modal("End", Id.END_FORM, [section(f"*{escape(ritual.template.title)}* has ended.")], is_end=True)


def started_text(asked: Sequence[Person], starter_id: str = "") -> str:
    """`starter_id`: whoever it asks because they have started it."""
    others = [each for each in asked if each.id != starter_id]
    if not others:
        return "Started: it asks you."
    you = "you, and " if len(others) < len(asked) else ""
    return f"Started: it asks {you}{people_count(len(others))}, each while at work: {some(others)}."


def paused_view(ritual: Ritual) -> Json:
    text = f"*{escape(ritual.template.title)}* is {next_text(ritual)}."
    return modal("Pause", Id.PAUSE_FORM, [section(text)], is_end=True)


def changed_view(change: RitualChange) -> Json:
    """What has changed, in the words of the form."""
    template = change.ritual.template
    text = f"*{escape(template.title)}* is changed: {', '.join(when_facts(change.ritual))}."
    if what := "; ".join(f"{FIELDS[name]}: {_said(name, change)}" for name in FIELDS if name in change.after):
        text += f"\nNow {what}."
    return modal("Change", Id.CHANGE, [section(text)], is_end=True)


def _said(name: str, change: RitualChange) -> str:
    value = change.after[name]
    if name in PEOPLE_FIELDS:
        return names([change.names.get(each, GONE) for each in value.split(",") if each]) or "nobody"
    if name == "post":
        return escape(joined([PLACES.get(each, each) for each in value.split("\n")]))
    return escape(ORDERS.get(value, value) if name == "by" else value) or "none"
