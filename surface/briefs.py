"""A brief: the message to whoever asked for it, and what it fills into the forms of records."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from domain import decision_options
from domain.briefings import BriefingCard, Progress
from domain.briefs import Brief, Option, State, Statement, Status, Task
from domain.decisions import DETAIL_LIMIT, TEXT_LIMIT, TITLE_LIMIT
from domain.words import count_text, day_text, joined
from surface import typed
from surface.answers import answer, help_text
from surface.brief_texts import DOUBTS, LOOK, NOTHING, PERHAPS, STATES, STATUSES, TROUBLES, YOU, foot, why_not
from surface.kit import (
    Block,
    Element,
    Message,
    button,
    buttons,
    context,
    cut,
    escape,
    line,
    message,
    message_link,
    section,
    sections,
)

LINES, ROOM, SOURCES = 3, 200, 1
"""The message shows so many statements of each part, so much of each, and so many of its sources; the review shows
all."""
HINTS = 3
"""So many messages of a kind are linked."""
NAME_ROOM, QUOTE_ROOM = 80, 250


HELP = help_text(
    "• `/brief` and a link to a message draws up a brief of its thread: what was asked, proposed and decided, why, who "
    "objected, what is open and who does what, each with a link to where it was said. *Copy link* is in the menu of "
    "every message.",
    "• *Brief this thread* in the menu of a message does the same.",
    "• The brief comes to you in a direct message. Nothing is recorded, and nobody else sees it, until you press "
    "*Record decision* or *Add action items* there.",
)


class Id(StrEnum):
    THREAD = "brief.thread"
    """Below a message of Muster's own: of its thread."""
    RECORD = "brief.record"
    ITEMS = "brief.items"
    REVIEW = "brief.review"
    SHARE = "brief.share"
    TAKE_BACK = "brief.take_back"
    DISCARD = "brief.discard"


def of_thread(about: str) -> Element:
    """Below a message that people may reply to; `about` says to screen readers which."""
    return button("Brief this thread", Id.THREAD, "thread", label=f"Brief this thread: {about}")


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))


def brief_message(card: BriefingCard, turn: int) -> Message:
    """`turn` is the request that it answers: an older one says that there is a newer."""
    found = card.briefing
    if turn != found.turn:
        return _said(card, "You asked for a brief of {thread} again: it stands below.")
    if found.progress is Progress.WRITING:
        read = count_text(found.read, "message")
        return _said(card, f"I have read {read} of {{thread}}; the language model is writing your brief.")
    if found.progress is Progress.READING:
        of_all = f", {found.read} of {found.total} messages so far" if found.read else ""
        return _said(card, f"I am reading {{thread}} for your brief{of_all}.")
    if found.trouble:
        again = "Choose *Brief this thread* in the menu of a message to try again."
        return _said(card, f"There is no brief of {{thread}}: {TROUBLES[found.trouble]}. {again}")
    if found.brief is None:
        return _discarded(card)
    return _draft(card, found.brief)


def _said(card: BriefingCard, text: str) -> Message:
    return message(text.format(thread=f"a thread in {escape(card.place)}"), sections([text.format(thread=_link(card))]))


def _discarded(card: BriefingCard) -> Message:
    if card.briefing.shared is None:
        return _said(card, "The brief of {thread} is discarded.")
    said = _said(card, "The brief of {thread} is discarded. What you shared in the thread still stands there.")
    return message(said.text, [*said.blocks, buttons(_take_back(card))])


def _link(card: BriefingCard) -> str:
    found = card.briefing
    return f"<{message_link(card.workspace_url, found.channel_id, found.thread_ts)}|a thread> in {escape(card.place)}"


def _draft(card: BriefingCard, brief: Brief) -> Message:
    count, looked = count_text(card.briefing.read, "message"), hints_of(card, brief)
    blocks = [section(f"*Brief* of {_link(card)}, from {count}."), *unworded(card, brief), *told(card, brief)]
    blocks += sections([f"*{LOOK}*", *looked]) if looked else []
    blocks += [context(f"Left out: {len(brief.left_out)}. *Review* shows why.")] if brief.left_out else []
    text = f"Brief of a thread in {escape(card.place)}, from {count}."
    return message("\n".join([text, *heard(card, brief)]), [*blocks, _pressed(card, brief), context(foot(card, brief))])


def told(card: BriefingCard, brief: Brief, by: str = YOU) -> list[Block]:
    """What it says, in short. `by`: who went over it, as its reader knows them."""
    blocks: list[Block] = []
    for title, said in parts_of(card, brief):
        shown = [f"• {line_of(brief, *each, ROOM, by=by)} {sources(card, each[0], SOURCES)}" for each in said[:LINES]]
        more = [f"and {len(said) - LINES} more"] if len(said) > LINES else []
        blocks += sections([f"*{title}*", *shown, *more])
    return blocks or [section(NOTHING)]


def heard(card: BriefingCard, brief: Brief, by: str = YOU) -> list[str]:
    """The same for notifications and screen readers."""
    return [
        f"{title}: {'; '.join(line_of(brief, *each, ROOM, by=by) for each in said[:LINES])}"
        for title, said in parts_of(card, brief)
    ]


def _pressed(card: BriefingCard, brief: Brief) -> Block:
    found = card.briefing
    pressed = [button("Record decision", Id.RECORD, found.id, style="primary")]
    pressed += [button("Add action items", Id.ITEMS, found.id)] if brief.tasks else []
    pressed += [button("Review", Id.REVIEW, found.id)]
    if not card.is_shared_as_it_is:
        pressed.append(button("Share it again" if found.shared else "Share in the thread", Id.SHARE, found.id))
    pressed += [_take_back(card)] if found.shared else []
    return buttons(*pressed, button("Discard", Id.DISCARD, found.id))


def _take_back(card: BriefingCard) -> Element:
    return button("Take back", Id.TAKE_BACK, card.briefing.id, label="Take back what you shared in the thread")


def parts_of(card: BriefingCard, brief: Brief) -> Iterator[tuple[str, list[tuple[Statement, str]]]]:
    """What there is: each part's title, and its statements with who said or has them."""

    def by_nobody(statements: Iterable[Statement]) -> list[tuple[Statement, str]]:
        return [(each, "") for each in statements]

    options = [said for option in brief.options for said in (option.label, *option.pros, *option.cons)]
    found = {
        "Question": by_nobody([brief.question] if brief.question else []),
        STATUSES[brief.status]: by_nobody(brief.decision[: candidates(brief)]),
        PERHAPS: by_nobody(brief.decision[candidates(brief) :]),
        "Why": by_nobody(brief.rationale),
        "Options": by_nobody(options),
        "Objections": [(each.statement, name_in(card, each.by)) for each in brief.dissent],
        "Still open": by_nobody(brief.open_questions),
        "To do": [(each.statement, owner_in(card, each)) for each in brief.tasks],
        "Context": by_nobody(brief.context),
    }
    return ((title, said) for title, said in found.items() if said)


def candidates(brief: Brief) -> int:
    """How many of what may be the decision stand under what became of it: where something did, the likeliest alone."""
    return len(brief.decision) if brief.status is Status.NONE else 1


def line_of(brief: Brief, statement: Statement, who: str, room: int, *, quotes: bool = False, by: str = YOU) -> str:
    """Whoever is named before it, and behind it why it may be wrong, or whose words it is in.

    What was extracted is a quote; what a model worded is none, and `quotes` adds the words it rests on.
    """
    text = words(brief, statement.text, room)
    is_quoted = quotes and brief.made.model and statement.quote not in ("", statement.text)
    text += f" (“{line(statement.quote, QUOTE_ROOM)}”)" if is_quoted else ""
    said = [DOUBTS[each] for each in statement.doubts] if statement.state is State.WEAK else []
    said += [STATES[statement.state].format(by=by)] if statement.state in STATES else []
    notes = f" ({', '.join(said)})" if said else ""
    return f"{who}: {text}{notes}" if who else f"{text}{notes}"


def words(brief: Brief, text: str, room: int) -> str:
    return line(text, room) if brief.made.model else f"“{line(text, room)}”"


def unworded(card: BriefingCard, brief: Brief) -> list[Block]:
    said = why_not(brief.made, card.zone)
    return [context(said)] if said else []


def sources(card: BriefingCard, statement: Statement, most: int) -> str:
    return _links(card, statement.sources[:most])


def hints_of(card: BriefingCard, brief: Brief) -> list[str]:
    """What its reader should look at beside it, a line each."""
    found = {
        "Perhaps an objection, and not in the draft": brief.hints.objections,
        "Several people agree with it, and it is not in the draft": brief.hints.supported,
        "Said to be a decision, and not in the draft": brief.hints.marked,
        "Speaks to a machine rather than to people": brief.hints.addressed,
    }
    return [f"• {what}: {_links(card, shown[:HINTS])}" for what, shown in found.items() if shown]


def unheard(card: BriefingCard, brief: Brief) -> str:
    names = [name for each in brief.hints.people if (name := name_in(card, each))]
    return f"Nothing of {joined(names)} is quoted." if names else ""


def _links(card: BriefingCard, shown: Sequence[str]) -> str:
    found, thread = card.briefing, card.briefing.thread_ts
    names = ["source"] if len(shown) == 1 else [f"source {place}" for place in range(1, len(shown) + 1)]
    addresses = (message_link(card.workspace_url, found.channel_id, ts, "" if ts == thread else thread) for ts in shown)
    return " ".join(f"<{address}|{name}>" for address, name in zip(addresses, names, strict=True))


def name_in(card: BriefingCard, person_id: str) -> str:
    return line(card.names.get(person_id, ""), NAME_ROOM)


def owner_in(card: BriefingCard, task: Task) -> str:
    due = f", by {day_text(task.due)}" if task.due else ""
    return f"{name_in(card, task.owner_id) or 'nobody named'}{due}"


def as_decision(card: BriefingCard) -> dict[str, str]:
    """What a brief fills into the form of a decision. Whether it is one is for its reader to say: they send it."""
    brief = card.brief
    first = [each.text for each in brief.decision[:1]]
    title = typed.first_line((brief.question.text if brief.question else "") or "".join(first), TITLE_LIMIT)
    found = {
        "title": title,
        "choice": cut("".join(first), TEXT_LIMIT),
        "because": _joined(brief.rationale, TEXT_LIMIT),
        "context": _joined(brief.context, DETAIL_LIMIT),
        "status": Status.DECIDED.value if brief.is_plainly_decided else "",
        "options": decision_options.written([_as_option(each) for each in brief.options[: decision_options.MOST]]),
    }
    return {name: text for name, text in found.items() if text}


def _as_option(option: Option) -> decision_options.Option:
    limit = decision_options.PART_LIMIT
    title = typed.first_line(option.label.text, decision_options.TITLE_LIMIT)
    return decision_options.Option(title, _joined(option.pros, limit), _joined(option.cons, limit))


def _joined(statements: Iterable[Statement], limit: int) -> str:
    return cut("\n".join(each.text for each in statements), limit)
