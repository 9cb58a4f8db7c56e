"""What `/checkin` answers."""

from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from domain.cards import LateCheckin, OpenCheckins
from domain.runs import Prompt, PromptState, Run
from surface import checkin, own_answers, people
from surface.answers import answer, help_text, not_understood
from surface.kit import Block, Element, button, context, escape, message, moment, section


class Id(StrEnum):
    EARLY = "checkin.answer_early"
    """A check-in that has not begun."""
    JOIN = "checkin.join"
    """One that was open already when its person came; its value is the id of the run."""


SETTLED = {PromptState.SKIPPED: "skipped", PromptState.MISSED: "not waited for while you are away"}
NOTHING = "You have nothing to answer right now. The next check-in comes to you as a direct message."
MOST_OPEN = 40
"""Slack takes fifty blocks in a message, and the rest follows."""
HELP = help_text(
    "`/checkin` shows the check-ins you can answer now, and those that come until the end of your next "
    "working day, with a button to answer each; "
    "below them what you answered last, and your settings.",
    "`/checkin history` shows past ones of a channel, `/checkin history words` those in whose answers the words stand. "
    "*Search* there finds by person, function and days, too.",
    "They also come to you as a direct message in your own working hours, with Answer and Skip today.",
)


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))


def not_understood_answer(typed: str) -> dict[str, Any]:
    return not_understood(typed, HELP)


def open_answer(found: OpenCheckins) -> dict[str, Any]:
    told, blocks = _told_all(found), _open(found)
    text = " ".join(told) or NOTHING
    more = len(blocks) - MOST_OPEN
    blocks = [*blocks[:MOST_OPEN], context(f"+{more} more; answer some of these first.")] if more > 0 else blocks
    blocks = blocks or [section(NOTHING)]
    if found.last:
        blocks += [section("*What you answered last*"), *map(own_answers.row, found.last)]
    blocks.append(people.settings_row(found.person))
    return answer(message(text, blocks))


def _open(found: OpenCheckins) -> list[Block]:
    zone = found.person.zone
    blocks: list[Block] = [section(_line(prompt, run, zone), _button(prompt, run)) for prompt, run in found.in_time]
    blocks += [section(joined_text(prompt, run, zone), join_button(run)) for prompt, run in found.joined]
    blocks += [section(_late(each, zone), _late_button(each.prompt, each.run)) for each in found.late]
    blocks += [
        section(_coming(prompt, run, zone, is_sent=is_sent), _early_button(prompt, run, is_sent=is_sent))
        for prompt, run, is_sent in found.coming
    ]
    return blocks


def _told_all(found: OpenCheckins) -> list[str]:
    told = _told("You can answer", [*found.in_time, *found.joined]) + _told(
        "You can still answer late", [(each.prompt, each.run) for each in found.late]
    )
    return told + _told("You can answer ahead", [(prompt, run) for prompt, run, _ in found.coming])


def _told(what: str, found: list[tuple[Prompt, Run]]) -> list[str]:
    return [f"{what}: {', '.join(escape(run.template.title) for _, run in found)}."] if found else []


def joined_text(prompt: Prompt, run: Run, zone: ZoneInfo) -> str:
    title, until = escape(run.template.title), moment(prompt.deadline, zone)
    return f"*{title}*, open until {until}. It began before you joined: you may answer, and need not."


def join_button(run: Run) -> Element:
    return button("Answer", Id.JOIN, run.id, label=f"Answer: {run.template.title}")


def _line(prompt: Prompt, run: Run, zone: ZoneInfo) -> str:
    settled = f"{SETTLED[prompt.state]}, " if prompt.state in SETTLED else ""
    return f"*{escape(run.template.title)}*, {settled}open until {moment(prompt.deadline, zone)}"


def _button(prompt: Prompt, run: Run) -> Element:
    text, style = ("Answer after all", "") if prompt.state in SETTLED else ("Answer", "primary")
    return button(text, checkin.Id.ANSWER, prompt.id, style=style, label=f"{text}: {run.template.title}")


def _coming(prompt: Prompt, run: Run, zone: ZoneInfo, *, is_sent: bool) -> str:
    answered = ". You have answered it; it counts from then on." if is_sent else ""
    return f"*{escape(run.template.title)}*, asks {moment(prompt.due_at, zone)}{answered}"


def _early_button(prompt: Prompt, run: Run, *, is_sent: bool) -> Element:
    text = "Change" if is_sent else "Answer now"
    action_id, row_id = (checkin.Id.ANSWER, prompt.id) if prompt.id else (Id.EARLY, run.ritual_id)
    return button(text, action_id, row_id, label=f"{text}: {run.template.title}")


def _late(found: LateCheckin, zone: ZoneInfo) -> str:
    title, closed = escape(found.run.template.title), moment(found.prompt.deadline, zone)
    return f"*{title}*, closed {closed}. {checkin.late_text(found.until, zone)}"


def _late_button(prompt: Prompt, run: Run) -> Element:
    return button("Answer late", checkin.Id.ANSWER, prompt.id, label=f"Answer late: {run.template.title}")
