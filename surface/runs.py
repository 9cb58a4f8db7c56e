"""The message of a run in its channel: a count while it is open, the summary once it is closed."""

from domain.cards import Reason, RunCard, SentOn, UnpostedCard
from domain.runs import WAITING, RunState, counted
from domain.summaries import SHOWN_BLOCKERS
from domain.summary_pages import pages
from domain.tallies import Tally, skipped_text, tally
from domain.zones import zone as zone_of
from surface import actions, anonymous, blockers, in_short
from surface.briefs import of_thread
from surface.kit import (
    Block,
    Message,
    buttons,
    context,
    divider,
    escape,
    header,
    message,
    moment,
    names,
    section,
)
from surface.refusals import because
from surface.rituals import where_text
from surface.run_answers import BLOCKERS, numbered, page_of_answers, title, what_was_raised

REASONS = {
    Reason.FACILITATES: "you facilitate this check-in",
    Reason.ASKED: "you were asked",
    Reason.JOINED: "you answered this check-in",
    Reason.MANAGES: "people you manage take part in this check-in",
    Reason.OBSERVES: "you were named as an observer of this check-in",
}


def run_message(card: RunCard) -> Message:
    return _open_message(card) if card.run.state is RunState.OPEN else _summary(card)


def _open_message(card: RunCard) -> Message:
    counted = _counted(card)
    post = card.run.template.post
    is_shown = post.early and post.is_in_channel and card.responses
    shown = _below(_blockers(card), _answers_so_far(card)) if is_shown else []
    goes = "" if post.is_in_channel else f" It goes to {where_text(post, card.observers, card.unnamed_places)}."
    return message(
        f"{escape(title(card))}: {counted}.",
        [
            section(f"*{escape(title(card))}*\n{counted}"),
            *shown,
            context(f"{escape(card.run.template.purpose_sentence)} {_when_it_comes(card)}{goes}"),
        ],
    )


def interim_message(card: RunCard, *, is_out: bool) -> Message | None:
    """For the thread of a run that is open for more than a day; None when it has closed before that was posted."""
    head = f"{escape(title(card))}, so far:"
    if card.run.state is not RunState.OPEN:
        over = f"{head} the summary stands at the head of this thread."
        return message(over, [context(over)]) if is_out else None
    text = f"{head} {_counted(card)}."
    shown = _answers_so_far(card) if card.run.template.post.early else []
    found = _below(_blockers(card), shown)
    blocks = [section(f"*{head}* {_counted(card)}"), *found, context(_when_it_comes(card))]
    return message(_with_blockers(card, text), blocks)


def _counted(card: RunCard) -> str:
    found = tally(card)
    if not found.least:
        return found.text
    return f"Anonymous: {found.text} so far" if found.is_told else anonymous.counts_later(found.least)


def _when_it_comes(card: RunCard) -> str:
    # Of an anonymous one, that nobody is waited for any more would tell who had answered.
    waited_for = [each for each in card.prompts if each.state in WAITING]
    ends = counted(card.run, card.prompts) if card.run.template.anonymous else waited_for
    last = max((each.deadline for each in ends), default=card.run.opened_at)
    facilitator = card.people.get(card.run.facilitator_id)
    zone = facilitator.zone if facilitator else zone_of("UTC")
    return f"The summary comes {moment(last, zone)} at the latest."


def _answers_so_far(card: RunCard) -> list[Block]:
    found = pages(card)
    more = [context("The other answers are in the thread.")] if len(found) > 1 else []
    return [*numbered(card), *page_of_answers(card, 1), *actions.below(card.items, card.people), *more]


def _summary(card: RunCard) -> Message:
    found = tally(card)
    if not found.is_told:
        return anonymous.too_few(title(card), found)
    if not found.answered and not card.responses:
        return _nobody_answered(card, found)
    if not card.run.template.post.is_in_channel:
        return _elsewhere(card, found)
    blocks = _first_page(card, found)
    if len(pages(card)) > 1:
        blocks.append(context("The other answers are in the thread."))
    return message(_fallback(card, found), [*blocks, buttons(of_thread(title(card)))])


def _first_page(card: RunCard, found: Tally, *, with_buttons: bool = True) -> list[Block]:
    return [
        header(title(card)),
        context(_counts(card, found)),
        *_below(
            [*in_short.blocks(card), *_blockers(card, with_buttons=with_buttons)],
            [*numbered(card), *page_of_answers(card, 1)],
        ),
        *actions.below(card.items, card.people),
    ]


def _below(above: list[Block], answers: list[Block]) -> list[Block]:
    """Under a head of their own, so that nobody takes them for more blockers."""
    is_headed = not above or not answers or answers[0]["type"] == "header"
    return [*above, *([] if is_headed else [header("Answers")]), *answers]


def summed_up_message(card: RunCard, link: str, *, is_out: bool) -> Message | None:
    """For the thread and the channel; None if the answers are gone before that was posted."""
    is_there = card.unnamed or any(each.answers for each in card.responses.values())
    if not is_out and not is_there:
        return None
    standing = blockers.still_open([*card.blockers, *card.earlier]) if what_was_raised(card) == BLOCKERS else ""
    said = ", ".join([tally(card).text, *([standing] if standing else [])])
    what = escape(title(card))
    return message(f"{what}: {said}. Read the summary.", [section(f"*{what}*: {said}. <{link}|Read the summary>")])


def unposted_message(card: UnpostedCard, *, is_out: bool) -> Message | None:
    """To the facilitator, when the channel does not take the summary: as much of it as they may see, without buttons.
    Once the channel has taken it, only that it is there; None while that is tried."""
    what, place = escape(title(card.summary)), escape(card.place)
    if card.is_open and card.standing.is_shown:
        text = f"The summary of *{what}* is in {place} now."
        return message(text, [context(text)]) if is_out else None
    why = "is_archived" if card.is_archived else card.standing.refusal if card.is_open else "not_in_channel"
    if not why:
        return None
    text = f"The summary of *{what}* could not be posted in {place}, {because(why)}"
    if not card.may_read:
        return message(text, [section(text), context("The answers are kept until then.")])
    found = tally(card.summary)
    blocks = [section(text), divider(), *_first_page(card.summary, found, with_buttons=False)]
    if len(pages(card.summary)) > 1:
        blocks.append(context("The other answers are kept, and come with the summary."))
    return message(f"{text} {_fallback(card.summary, found)}", blocks)


def _elsewhere(card: RunCard, found: Tally) -> Message:
    """Where the channel reads only how many answered."""
    text = f"{escape(title(card))}: {found.text}."
    where = where_text(card.run.template.post, card.observers, card.unnamed_places)
    return message(text, [section(text), context(f"The summary went to {where}.")])


def sent_on_message(sent: SentOn, number: int, *, is_out: bool) -> Message | None:
    """A page of a summary for somebody in particular, or for another channel."""
    card = sent.summary
    found = tally(card)
    if number > 1 or not found.is_heard or not found.is_told:
        return part_message(card, number, is_out=is_out) if found.is_heard else None
    more = ["The other answers are in the thread."] if len(pages(card)) > 1 else []
    shown = _first_page(card, found, with_buttons=sent.why is not None)
    blocks = [*shown, context(" ".join([*more, _why_sent(sent)]))]
    return message(f"Summary of {_fallback(card, found)}", blocks)


def _why_sent(sent: SentOn) -> str:
    """Why somebody reads what was not asked where they read it."""
    place = escape(sent.place)
    if sent.why is None:
        return f"From {place}, whose check-in is set up to be read here too."
    return f"From {place}. You get it because {REASONS[sent.why]}."


def _nobody_answered(card: RunCard, found: Tally) -> Message:
    reason = f" Away: {names(found.away)}." if found.away else ""
    text = f"{escape(title(card))}: Closed, no answers.{reason}"
    text += "".join(f" {escape(each)}." for each in found.unreached)
    text += f" Switched off before they were asked: {names(found.spared)}." if found.spared else ""
    text += f" No longer asked: {names(found.released)}." if found.released else ""
    return message(text, [section(text)])


def part_message(card: RunCard, number: int, *, is_out: bool) -> Message | None:
    """A later page of a summary, for its thread. The summary may have become shorter: then None, or where it went."""
    found = pages(card)
    if number <= len(found):
        lines = found[number - 1]
        head = escape(f"{title(card)}, answers continued ({number} of {len(found)})")
        said = " ".join(f"{escape(line.person or line.question)}: {escape(line.answer)}" for line in lines)
        return message(f"{head}. {said}", [context(head), *page_of_answers(card, number)])
    why = "are no longer kept" if card.run.forgotten_at else "have moved up"
    gone = f"{escape(title(card))}: these answers {why}."
    return message(gone, [context(gone)]) if is_out else None


def _counts(card: RunCard, found: Tally) -> str:
    parts = [found.text, "anonymous"] if found.least else [found.text]
    late = sum(response.late for response in card.responses.values())
    labels = [("away", found.away), ("skipped", found.skipped), ("not heard from", found.silent)]
    parts += [f"{label}: {names(people)}" for label, people in labels if people]
    parts += [escape(each[:1].lower() + each[1:]) for each in found.unreached]
    if found.spared:
        parts.append(f"switched off before they were asked: {names(found.spared)}")
    if found.released:
        parts.append(f"no longer asked: {names(found.released)}")
    if late:
        parts.append(f"{late} late")
    if card.run.skipped:
        parts.append(skipped_text(card.run))
    return " · ".join(parts)


def _blockers(card: RunCard, *, with_buttons: bool = True) -> list[Block]:
    """Those of this run first; `with_buttons` where a press does something."""
    found = [*card.blockers, *card.earlier]
    if not found:
        return []
    blocks: list[Block] = []
    for blocker in found[:SHOWN_BLOCKERS]:
        days = (card.run.day - blocker.recorded_at.date()).days if blocker.run_id != card.run.id else 0
        drawn = blockers.rows(blocker, card.people, days=days)
        blocks += drawn if with_buttons else drawn[:1]
    more = len(found) - SHOWN_BLOCKERS
    rest = [context(f"and {more} more among the answers, these and earlier ones")] if more > 0 else []
    return [header(f"{what_was_raised(card)} ({blockers.count(found)})"), *blocks, *rest]


def _fallback(card: RunCard, found: Tally) -> str:
    return _with_blockers(card, f"{escape(title(card))}: {_counts(card, found)}.")


def _with_blockers(card: RunCard, text: str) -> str:
    titles = "; ".join(escape(blocker.title) for blocker in card.blockers)
    what = escape(what_was_raised(card))
    head = what if what.endswith("?") else f"{what}:"
    return f"{text} {head} {titles}." if titles else text
