"""Going over a draft: each statement with what it rests on, what was left out and why, and the form to reword one."""

from enum import StrEnum

from domain.brief_editing import Place, mark, statements
from domain.briefings import BriefingCard
from domain.briefs import Brief, Part, Statement, Task
from domain.decisions import TEXT_LIMIT
from domain.words import quoted
from surface import forms
from surface.brief_texts import DOUBTS, LOOK, NOTHING, PERHAPS, STATUSES, foot
from surface.briefs import candidates, hints_of, line_of, name_in, owner_in, sources, unheard, unworded, words
from surface.kit import Block, Json, button, context, header, modal, section, sections

ROOM, SOURCES = 1500, 3
MOST_STATEMENTS, MOST_LEFT_OUT = 60, 20
"""A form has room for no more."""
TITLES = {
    Part.QUESTION: "Question",
    Part.RATIONALE: "Why",
    Part.OPTION: "Options",
    Part.DISSENT: "Objections",
    Part.OPEN_QUESTION: "Still open",
    Part.ACTION_ITEM: "To do",
    Part.CONTEXT: "Context",
}
SIDES = {Part.PRO: "for it", Part.CON: "against it"}
ORDER = (
    Part.QUESTION, Part.DECISION, Part.RATIONALE, Part.OPTION, Part.DISSENT, Part.OPEN_QUESTION, Part.ACTION_ITEM,
    Part.CONTEXT,
)  # fmt: skip


class Id(StrEnum):
    CHANGE = "brief.change"
    """The menu of a statement."""
    ADD_BACK = "brief.add_back"
    AGAIN = "brief.again"
    REWORD = "brief.reword"


class Change(StrEnum):
    REWORD = "reword"
    LEAVE_OUT = "leave"


def review_view(card: BriefingCard, newer: int = 0) -> Json:
    """`newer`: how many messages have come since it was drawn up."""
    brief = card.briefing.brief or Brief()
    blocks = [
        *_since(card, newer),
        *unworded(card, brief),
        *_statements(card, brief),
        *_beside(card, brief),
        *_left_out(card, brief),
        context(foot(card, brief)),
    ]
    return modal("Review the brief", "brief.review_view", blocks, ids={"brief": card.briefing.id})


def _since(card: BriefingCard, newer: int) -> list[Block]:
    if not newer:
        return []
    came = "1 message has" if newer == 1 else f"{newer} messages have"
    return [section(f"{came} come since it was drawn up.", button("Draw it up again", Id.AGAIN, card.briefing.id))]


def _statements(card: BriefingCard, brief: Brief) -> list[Block]:
    found = sorted(statements(brief), key=lambda each: _order(each[0]))
    blocks: list[Block] = []
    titled = ""
    for place, statement in found[:MOST_STATEMENTS]:
        title = _title(brief, place)
        if title != titled:
            blocks.append(header(title))
            titled = title
        said = line_of(brief, statement, _who(card, brief, place), ROOM, quotes=True)
        text = f"{said} {sources(card, statement, SOURCES)}"
        blocks.append(section(text, _menu(card, place, statement)))
    more = len(found) - MOST_STATEMENTS
    blocks += [context(f"and {more} more: leave some out to see them")] if more > 0 else []
    return blocks or [section(NOTHING)]


def _title(brief: Brief, place: Place) -> str:
    if place.part is Part.DECISION:
        return STATUSES[brief.status] if place.number < candidates(brief) else PERHAPS
    return TITLES[Part.OPTION if place.part in SIDES else place.part]


def _order(place: Place) -> tuple[int, int, int, int]:
    """What is said of an option stands below it."""
    if place.part in SIDES:
        return ORDER.index(Part.OPTION), place.number, 1 + list(SIDES).index(place.part), place.within
    return ORDER.index(place.part), place.number, 0, 0


def _who(card: BriefingCard, brief: Brief, place: Place) -> str:
    if place.part is Part.DISSENT:
        return name_in(card, brief.dissent[place.number].by)
    if place.part is Part.ACTION_ITEM:
        return owner_in(card, brief.tasks[place.number])
    return SIDES.get(place.part, "").capitalize()


def _menu(card: BriefingCard, place: Place, statement: Statement) -> Json:
    """An option names the statement and bears the mark of its text, so that a late click changes no other."""
    about = f"{card.briefing.id}:{place}:{mark(statement.text)}"
    reword = "Change it" if place.part is Part.ACTION_ITEM else "Put it in other words"
    options = [(reword, f"{Change.REWORD}:{about}"), ("Leave it out", f"{Change.LEAVE_OUT}:{about}")]
    return forms.overflow(options, Id.CHANGE)


def _beside(card: BriefingCard, brief: Brief) -> list[Block]:
    looked, silent = hints_of(card, brief), unheard(card, brief)
    blocks: list[Block] = [header(LOOK), *sections(looked)] if looked else []
    return [*blocks, context(silent)] if silent else blocks


def _left_out(card: BriefingCard, brief: Brief) -> list[Block]:
    if not brief.left_out:
        return []
    blocks: list[Block] = [header(f"Left out ({len(brief.left_out)})")]
    for number, each in list(enumerate(brief.left_out))[-MOST_LEFT_OUT:]:
        back = button("Add it back", Id.ADD_BACK, f"{card.briefing.id}:{number}:{mark(each.text)}")
        blocks.append(section(f"{words(brief, each.text, ROOM)}: {DOUBTS[each.doubt]}", back))
    more = len(brief.left_out) - MOST_LEFT_OUT
    return (
        [*blocks, context(f"and {more} more: they come up once some of these are added back")] if more > 0 else blocks
    )


def reword_form(card: BriefingCard, place: Place, statement: Statement) -> Json:
    rests = sources(card, statement, SOURCES)
    words = forms.field("text", "In your words", forms.text(statement.text, multiline=True, limit=TEXT_LIMIT))
    said = [context(f"It rests on {rests}.")] if rests else []
    ids = {"brief": card.briefing.id, "place": str(place), "seen": mark(statement.text)}
    title, more = "Other words", []
    if place.part is Part.ACTION_ITEM:
        title, more = "Action item", _who_and_when(card.brief.tasks[place.number])
    return modal(title, Id.REWORD, [words, *more, *said], submit="Save", ids=ids)


def _who_and_when(task: Task) -> list[Block]:
    hint = f"The thread says {quoted(task.due_said)}." if task.due_said else ""
    return [
        forms.field("owner", "Owner", forms.person(task.owner_id), optional=True),
        forms.field("due", "Due", forms.day(task.due), hint=hint, optional=True),
    ]
