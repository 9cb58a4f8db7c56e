"""What is known of a decision, as its card, the messages about it and the lists say it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.decision_cards import DecisionCard
from domain.decision_form import missing
from domain.decision_states import DecisionState
from domain.decisions import Decision
from domain.items_below import weight
from domain.people import Person
from domain.words import day_text, joined
from surface import decision_texts, lineage, objections, posted
from surface.actions import below
from surface.brief_texts import drafted_by
from surface.decision_rounds import round_lines
from surface.kit import (
    TEXTS_ROOM,
    Block,
    context,
    cut_escaped,
    escape,
    escape_cut,
    fitted,
    line,
    name_of,
    names,
    section,
    sections,
)

TITLE_ROOM = 400
FACTS_ROOM = 1100
OBJECTIONS_ROOM = 600
"""For all of them, if the rest is as long as can be."""
SHOWN_NAMES = 15
FALLBACK_ROOM = 1500
NAME_ROOM = 150
WHOLE = 100_000
"""Room enough for everything, where a view has it."""


def standing(card: DecisionCard) -> str:
    """How things are, in one sentence."""
    approver = escape(card.name_of(card.decision.form.approver_id))
    is_so = {
        DecisionState.ACCEPTED: f"is accepted by {approver}.",
        DecisionState.PROPOSED: f"is proposed and {waits(card)}.",
        DecisionState.CONTESTED: f"is contested by {objections.objectors(card.decision, card.people)}.",
        DecisionState.REJECTED: f"was {_ended_because(card)}",
        DecisionState.WITHDRAWN: f"was {_ended_because(card)}",
        DecisionState.SUPERSEDED: f"was superseded by {lineage.by(card)} on {day_of(card.decision, card.people)}.",
        DecisionState.DEPRECATED: _ended_because(card),
    }[card.decision.state]
    return f"{title_of(card)} {is_so}"


def waits(card: DecisionCard) -> str:
    approver = escape(card.name_of(card.decision.form.approver_id))
    if card.approver_left:
        return f"waits for another approver, because {approver} has left"
    if card.decision.in_round:
        return "waits for its round"
    return f"waits for {approver} to approve"


def brief(card: DecisionCard) -> list[Block]:
    """The title, what was decided and why, what is held against it, and what else the record says, in a few words."""
    also = [label.lower() for label, _ in decision_texts.more(card.decision.form)]
    also += ["what came of it"] if card.decision.result else []
    return [*_shown(card, _texts(card)), *([context(f"Also in the record: {joined(also)}.")] if also else [])]


def record(card: DecisionCard, room: int = TEXTS_ROOM) -> list[Block]:
    """The title, all that is known of it, and what came of it; the texts are cut to have room together."""
    more = decision_texts.more(card.decision.form) + decision_texts.came(card)
    return _shown(card, _texts(card) + more, room)


def lacks(card: DecisionCard, reader_id: str) -> list[Block]:
    """What the record does not say yet, for those who can add it."""
    found = missing(card.decision.form) if card.may_edit(reader_id) or card.may_complete(reader_id) else ()
    return [context(f"Not yet: {', '.join(found)}.")] if found else []


def _texts(card: DecisionCard) -> decision_texts.Texts:
    form = card.decision.form
    found = [
        (_sentence(_ended(card)), card.decision.ended_because),
        (chosen(card), form.choice),
        ("Why", form.because),
    ]
    return [(label, text) for label, text in found if text]


def _shown(card: DecisionCard, texts: decision_texts.Texts, room: int = TEXTS_ROOM) -> list[Block]:
    about = round_lines(card, room // 4)
    room -= weight(card.items) + sum(map(len, about))
    against = objections.kept(card)
    shown = fitted([text for _, text in texts], room - OBJECTIONS_ROOM if against else room)
    shown += fitted([text for _, text in against], room - sum(map(len, shown)))
    lines = [f"*{escape(label)}*\n{text}" for (label, _), text in zip(texts + against, shown, strict=True) if text]
    if named := lineage.titled(card, card.decision.superseded_by):
        lines.insert(0, f"*Superseded by* {named}")
    facts = context(cut_escaped(_facts(card), FACTS_ROOM))
    return [section(title_of(card)), *sections(lines), *sections(about), facts, *below(card.items, card.people)]


def chosen(card: DecisionCard) -> str:
    """What was never accepted stays a proposal."""
    return "Proposal" if card.decision.is_proposal else "Decided"


def _ended(card: DecisionCard) -> str:
    """How and since when; empty while it has not ended."""
    decision = card.decision
    if decision.ended_at is None:
        return ""
    day = day_of(decision, card.people)
    if decision.is_proposal:
        return f"{decision.state} by {card.name_of(decision.ended_by)} on {day}"
    return f"no longer holds since {day}"


def _ended_because(card: DecisionCard) -> str:
    return f"{escape(_ended(card))}: “{escape(card.decision.ended_because)}”."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _facts(card: DecisionCard) -> str:
    decision, form = card.decision, card.decision.form
    proposed_on = _day(decision.proposed_at, card.people, decision.recorded_by)
    accepted_on = _day(decision.decided_at or decision.proposed_at, card.people, form.approver_id)
    approver, objectors = escape(card.name_of(form.approver_id)), objections.objectors(decision, card.people)
    facts = [
        {
            DecisionState.ACCEPTED: f"*Accepted* by {approver} on {day_of(decision, card.people)}",
            DecisionState.PROPOSED: f"*Proposed* on {day_of(decision, card.people)}, {waits(card)}",
            DecisionState.CONTESTED: f"*Contested* by {objectors}{f', {waits(card)}' if card.approver_left else ''}",
            # How these ended stands above, with the reason.
            DecisionState.REJECTED: f"Proposed on {proposed_on}",
            DecisionState.WITHDRAWN: f"Proposed on {proposed_on}",
            DecisionState.DEPRECATED: f"Accepted by {approver} on {accepted_on}",
            DecisionState.SUPERSEDED: f"*Superseded*{_by_unseen(card)} on {day_of(decision, card.people)}",
        }[decision.state]
    ]
    if decision.state is DecisionState.SUPERSEDED:
        facts.append(f"accepted by {approver} on {accepted_on}")
    facts += _connections(card)
    if link := posted.link(decision.message, decision.channel_id, card.people, card.workspace_url):
        facts.append(link)  # Far from where many names would be cut.
    if drafted := drafted_by(decision.drafted, escape(card.name_of(decision.recorded_by))):
        facts.append(drafted)
    if decision.recorded_by != form.approver_id:
        facts.append(f"recorded by {escape(card.name_of(decision.recorded_by))}")
    if decision.driver_id != decision.recorded_by:
        facts.append(f"driven by {escape(card.name_of(decision.driver_id))}")
    facts += [f"decided in {escape(card.forum)}"] if card.forum else []
    named = {"contributors:": form.contributors, "informed:": form.informed}
    facts += [f"{part} {_people(card, ids)}" for part, ids in named.items() if ids]
    if decision.kept_at:
        facts.append(f"still right, said {_kept(card)}")
    if form.look_again_on and not decision.is_over:
        facts.append(f"look again on {day_text(form.look_again_on)}")
    if decision.edited_at:
        facts.append("edited")
    if decision.completed_at:
        by, on = decision.completed_by, _day(decision.completed_at, card.people, decision.completed_by)
        facts.append(f"added to by {escape(card.name_of(by))} on {on}")
    return " · ".join(facts)


def _by_unseen(card: DecisionCard) -> str:
    """What has superseded it is named above, for those who may see that."""
    return "" if card.decision.superseded_by in card.related else f" by {lineage.LATER}"


def _connections(card: DecisionCard) -> list[str]:
    decision, form = card.decision, card.decision.form
    does = "was to supersede" if decision.is_proposal else "supersedes"
    does = "is to supersede" if decision.is_open else does
    named = ((does, form.supersedes), ("based on", form.based_on))
    return [f"{how} {lineage.all_of(card, numbers)}" for how, numbers in named if numbers]


def _kept(card: DecisionCard) -> str:
    decision = card.decision
    if decision.kept_at is None:
        return ""
    return f"{escape(card.name_of(decision.kept_by))} on {_day(decision.kept_at, card.people, decision.kept_by)}"


def kept(card: DecisionCard) -> str:
    """What came of looking again, in a sentence or two."""
    return f"{title_of(card)} still holds, said {_kept(card)}.{looks_again(card.decision)}"


def looks_again(decision: Decision) -> str:
    day = decision.form.look_again_on
    return f" Somebody looks at it again on {day_text(day)}." if day else ""


def day_of(decision: Decision, people: Mapping[str, Person]) -> str:
    """When it came into its state, or while it is open was proposed, on the calendar of whoever did that."""
    if decision.ended_at:
        return _day(decision.ended_at, people, decision.ended_by)
    if decision.decided_at:
        return _day(decision.decided_at, people, decision.form.approver_id)
    return _day(decision.proposed_at, people, decision.recorded_by)


def _day(at: datetime, people: Mapping[str, Person], person_id: str) -> str:
    person = people.get(person_id)
    return day_text((at.astimezone(person.zone) if person else at).date())


def stands(decision: Decision, people: Mapping[str, Person], *, reader_id: str = "", by: str = "") -> str:
    """In a line of a list. `by`: what has superseded it, if the reader may see that."""
    if decision.state is DecisionState.CONTESTED:
        return f"contested by {objections.objectors(decision, people)}"
    if decision.is_open:
        approver_id = decision.form.approver_id
        if decision.in_round:
            return f"{decision.state}, waits for its round"
        waits_for = "you" if approver_id == reader_id else name_of(people, approver_id, NAME_ROOM)
        return f"{decision.state}, waits for {waits_for}"
    if decision.state is DecisionState.SUPERSEDED:
        return f"superseded{f' by {by}' if by else ''} on {day_of(decision, people)}"
    if decision.state is DecisionState.DEPRECATED:
        return f"no longer holds since {day_of(decision, people)}"
    return f"{decision.state} on {day_of(decision, people)}"


def _people(card: DecisionCard, ids: Sequence[str]) -> str:
    found = sorted(card.name_of(each) for each in ids)
    more = len(found) - SHOWN_NAMES
    return names(found) if more <= 0 else names([*found[:SHOWN_NAMES], f"{more} more"])


def title_of(card: DecisionCard) -> str:
    return f"*{card.decision.name}: {line(card.decision.form.title, TITLE_ROOM)}*"


def substance(card: DecisionCard) -> str:
    """For notifications and screen readers."""
    form = card.decision.form
    choice, because = escape_cut(form.choice, FALLBACK_ROOM), escape_cut(form.because, FALLBACK_ROOM)
    objection = "".join(f" {escape(label)}: {escape(words)}" for label, words in objections.kept(card)[-1:])
    return (
        f"{card.decision.name}: {line(form.title)}.{_end_of(card)} {chosen(card)}: {choice} Why: {because}{objection}"
    )


def _end_of(card: DecisionCard) -> str:
    decision = card.decision
    if decision.state is DecisionState.SUPERSEDED:
        return f" Superseded by {lineage.by_name(card)} on {day_of(decision, card.people)}."
    return f" {escape(_sentence(_ended(card)))}: {escape(decision.ended_because)}" if decision.ended_at else ""
