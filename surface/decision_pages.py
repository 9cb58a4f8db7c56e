"""The pages of the form to record a decision, and the menu that leads from one to the other."""

from collections.abc import Callable
from enum import StrEnum

from domain import decision_options
from domain.briefs import Status
from domain.decision_cards import DecisionSheet
from domain.decision_form import CONFIDENCES, not_given
from domain.decision_pages import NOTHING, SETTLED, Page
from domain.decision_states import Move
from domain.decisions import DETAIL_LIMIT, PEOPLE_LIMIT, SHORT_LIMIT, TEXT_LIMIT, TITLE_LIMIT
from domain.people import name_of
from domain.rounds import ALONE, Round
from surface import forms, outsiders
from surface.kit import Block, Element, button, buttons, context, escape, section, sections

NUMBERS_LIMIT = 200
STATUSES = {
    Status.DECIDED: "Yes, it is decided",
    Status.PROPOSED: "Not yet: its approver or a round is asked",
}
ROUNDS = {
    ALONE: "By the approver alone",
    Round.CONSENT: "Consent round: accepted unless somebody objects",
    Round.ADVICE: "Advice round: then the approver decides",
}


class Id(StrEnum):
    BASICS = "decision.page_basics"
    PEOPLE = "decision.page_people"
    CONTEXT = "decision.page_context"
    OPTIONS = "decision.page_options"
    AFTER = "decision.page_after"
    CONNECTIONS = "decision.page_connections"
    OPTION = "decision.option"
    REMOVE_OPTION = "decision.option_remove"


NAMES = {
    Page.BASICS: "Decision",
    Page.PEOPLE: "People",
    Page.CONTEXT: "Context",
    Page.OPTIONS: "Options",
    Page.AFTER: "What follows",
    Page.CONNECTIONS: "Connections",
}
LEADS = {Page[each.name]: each for each in Id if each.name in Page.__members__}
"""The button that leads to each page."""


def fields(sheet: DecisionSheet) -> list[Block]:
    """Of the page that is shown; what was accepted is there to read."""
    if sheet.move is not Move.COMPLETE:
        return _PAGES[sheet.page](sheet)
    if sheet.page is Page.BASICS:
        return _settled(sheet)
    return [each for each in _PAGES[sheet.page](sheet) if forms.field_name(each.get("block_id", "")) not in SETTLED]


def _settled(sheet: DecisionSheet) -> list[Block]:
    given = {**sheet.given, "round": ROUNDS.get(sheet.given.get("round") or ALONE, "")}
    given |= {name: name_of(sheet.people, given[name]) for name in ("approver", "driver") if name in given}
    labels = {
        "title": "Title",
        "choice": "What was decided",
        "because": "Why",
        "approver": "Approver",
        "driver": "Driver",
        "round": "How it was decided",
        "supersedes": "Supersedes",
    }
    return sections(f"*{label}*\n{escape(given[name])}" for name, label in labels.items() if given.get(name))


def menu(sheet: DecisionSheet) -> list[Block]:
    """To the other pages, and what the record does not say yet."""
    lacks = ", ".join(not_given(decision_options.folded(sheet.given, sheet.option)))
    free = "record it as it is" if sheet.move is Move.EDIT else "leave it as it is"
    can = f"Not yet: {lacks}. You can add it now, or {free}." if lacks else "Nothing is missing."
    can += " Going to another page keeps what you typed, for you alone, even if you then close the form."
    pages = [
        button(name, LEADS[page], page, style="primary" if page is sheet.page else "", label=_leads(sheet, page))
        for page, name in NAMES.items()
    ]
    return [context(can), buttons(*pages)]


def _leads(sheet: DecisionSheet, page: Page) -> str:
    return f"{NAMES[page]}, the page you see" if page is sheet.page else f"Go to {NAMES[page]}"


def _basics(sheet: DecisionSheet) -> list[Block]:
    return [
        _text(sheet, "title", "Title", limit=TITLE_LIMIT, optional=False, multiline=False),
        _text(sheet, "choice", "What was decided?", limit=TEXT_LIMIT, optional=False),
        *([_status(sheet)] if sheet.drafted else []),
        _text(sheet, "because", "Why?", limit=TEXT_LIMIT, optional=False),
        _field(
            sheet,
            "approver",
            "Approver",
            forms.person(sheet.given.get("approver", "")),
            hint="If it is you, it is accepted at once, unless a round is asked. Anybody else is asked to approve it.",
            optional=False,
        ),
        *([] if sheet.is_direct else [_round(sheet)]),
    ]


def _status(sheet: DecisionSheet) -> Block:
    """Of what a brief has filled in."""
    said = forms.choice(list(STATUSES.items()), sheet.given.get("status", ""))
    look = "Look at it before you record it: the brief links to where it was said."
    return _field(sheet, "status", "Was it decided?", said, hint=look, optional=False)


def _round(sheet: DecisionSheet) -> Block:
    """Each round asks the people named here."""
    rounds = forms.choice(list(ROUNDS.items()), sheet.given.get("round") or ALONE)
    asks = "A round asks the driver and the contributors first; a consent round also asks the approver. "
    asks += "Each has 3 working days. Without contributors it asks nobody else: choose them under People."
    return _field(sheet, "round", "How is it decided?", rounds, hint=asks, optional=False)


def _people(sheet: DecisionSheet) -> list[Block]:
    def several(name: str) -> Element:
        joined = sheet.given.get(name)
        return forms.people(joined.split(",") if joined else [], limit=PEOPLE_LIMIT)

    driver = forms.person(sheet.given.get("driver", ""))
    tells, stays = "Each gets one message with the reasons, once it is accepted.", ""
    if sheet.move is Move.COMPLETE:
        tells, stays = "Whom you add gets one message with the reasons.", "Whoever is named already stays."
    return [
        _field(sheet, "driver", "Driver", driver, hint="Who sees it through. You, unless you choose somebody else."),
        _field(sheet, "contributors", "Contributors", several("contributors"), hint=stays),
        _field(sheet, "informed", "Informed", several("informed"), hint=f"{tells} {stays}".strip()),
    ]


def _context(sheet: DecisionSheet) -> list[Block]:
    return [
        _text(sheet, "context", "Context", hint="What led to the question?"),
        _text(sheet, "constraints", "Constraints", hint="What does any option have to keep to?"),
    ]


def _options(sheet: DecisionSheet) -> list[Block]:
    options = decision_options.read(sheet.given)
    at = min(sheet.option, len(options))
    place = f"{at}-{len(options)}"  # Slack would put into one option what was typed into another.
    given = decision_options.shown(sheet.given, at)

    def part(name: str, label: str) -> Block:
        is_long, limit = name in ("pros", "cons"), decision_options.LIMITS[name]
        field = f"{decision_options.PREFIX}{name}"
        value = forms.text(given.get(field, ""), multiline=is_long, limit=limit)
        return _field(sheet, field, label, value, about=place)

    quick = forms.text("", multiline=True, limit=DETAIL_LIMIT)
    return [
        *_chooser(options, at, place),
        part("title", "Option considered"),
        part("pros", "What speaks for it?"),
        part("cons", "What speaks against it?"),
        part("cost", "What does it cost?"),
        part("gain", "What does it bring?"),
        _field(
            sheet, decision_options.LINES, "More options", quick, about=place, hint="A quick way: one name per line."
        ),
    ]


def _chooser(options: list[decision_options.Option], at: int, place: str) -> list[Block]:
    """Which of them is shown, once there are any."""
    if not options:
        return []
    offered = [(str(number), f"{number + 1}. {each.title}") for number, each in enumerate(options)]
    if len(options) < decision_options.MOST or at == len(options):
        offered.append((str(len(options)), "Another option"))
    pressed = [forms.menu(offered, str(at), action_id=Id.OPTION)]
    if at < len(options):
        pressed.append(button("Remove", Id.REMOVE_OPTION, at, label=f"Remove {options[at].title}"))
    return [buttons(*pressed, block_id=forms.about("option_shown", place))]


def _after(sheet: DecisionSheet) -> list[Block]:
    sure = [(str(each), f"{each} %") for each in CONFIDENCES]
    return [
        _text(sheet, "good", "What gets better?"),
        _text(sheet, "bad", "What gets worse, or has to be lived with?"),
        _text(sheet, "outcome", "Expected outcome", limit=SHORT_LIMIT, multiline=False),
        _text(sheet, "metric", "How is it measured?", limit=SHORT_LIMIT, multiline=False),
        _text(sheet, "target", "Target", limit=SHORT_LIMIT, multiline=False),
        _field(
            sheet,
            "look_again_on",
            "Look again on",
            forms.day(sheet.given.get("look_again_on")),
            hint="The driver is asked on that day whether it still holds.",
        ),
        _field(sheet, "confidence", "How sure are you of it?", _or_nothing(sheet, "confidence", sure)),
    ]


def _connections(sheet: DecisionSheet) -> list[Block]:
    ends = "Decisions that no longer hold once this one is accepted: D-12, D-15."
    rests = "Earlier decisions that this one rests on."
    blocks = [
        _text(sheet, "supersedes", "Supersedes", limit=NUMBERS_LIMIT, multiline=False, hint=ends),
        _text(sheet, "based_on", "Based on", limit=NUMBERS_LIMIT, multiline=False, hint=rests),
        _text(sheet, "links", "Links", hint="One per line: an address, then words if you like."),
    ]
    forums = [(str(ritual_id), title) for ritual_id, title in sheet.forums[: forms.MOST_OPTIONS - 1]]
    chosen = _or_nothing(sheet, "forum", forums)
    return [*blocks, _field(sheet, "forum", "Decided in", chosen)] if forums else blocks


def _or_nothing(sheet: DecisionSheet, name: str, options: list[tuple[str, str]]) -> Element:
    """A menu in which a choice can be taken back; Slack has no way to empty one."""
    return forms.menu([(NOTHING, "Not said"), *options], sheet.given.get(name, NOTHING))


def _text(
    sheet: DecisionSheet,
    name: str,
    label: str,
    *,
    limit: int = DETAIL_LIMIT,
    hint: str = "",
    optional: bool = True,
    multiline: bool = True,
) -> Block:
    value = forms.text(sheet.given.get(name, ""), multiline=multiline, limit=limit)
    return _field(sheet, name, label, value, hint=hint, optional=optional)


def _field(
    sheet: DecisionSheet,
    name: str,
    label: str,
    element: Element,
    *,
    hint: str = "",
    optional: bool = True,
    about: str = "",
) -> Block:
    """With what is wrong with it, or who is outside, in the place of its hint."""
    said = sheet.mistakes.get(name) or outsiders.hint(sheet.outsiders, sheet.given.get(name, ""), hint)
    if sheet.meanwhile:  # Otherwise Slack would show what stood there before.
        about = f"{about}-{sheet.version}"
    return forms.field(forms.about(name, about), label, element, hint=said, optional=optional)


def heading(sheet: DecisionSheet) -> Block | None:
    """Of a page beside the first."""
    return None if sheet.page is Page.BASICS else section(f"*{NAMES[sheet.page]}*")


_PAGES: dict[Page, Callable[[DecisionSheet], list[Block]]] = {
    Page.BASICS: _basics,
    Page.PEOPLE: _people,
    Page.CONTEXT: _context,
    Page.OPTIONS: _options,
    Page.AFTER: _after,
    Page.CONNECTIONS: _connections,
}
