"""What `/checkin` answers."""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from domain.cards import LateCheckin, OpenCheckins
from domain.runs import Prompt, PromptState, Run
from domain.words import day_text
from surface import checkin, own_answers, people
from surface.answers import answer, help_text, not_understood
from surface.kit import Block, Element, button, context, escape, message, moment, section

Name = Callable[[Run], str]


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
    name = told_apart(_all_of(found))
    told, blocks = _told_all(found, name), _open(found, name)
    text = " ".join(told) or NOTHING
    more = len(blocks) - MOST_OPEN
    blocks = [*blocks[:MOST_OPEN], context(f"+{more} more; answer some of these first.")] if more > 0 else blocks
    blocks = blocks or [section(NOTHING)]
    if found.last:
        blocks += [section("*What you answered last*"), *map(own_answers.row, found.last)]
    blocks.append(people.settings_row(found.person))
    return answer(message(text, blocks))


def told_apart(runs: Iterable[Run]) -> Name:
    """What each of them is called: by its title, and by its day where another one has the same."""
    of = Counter(run.template.title for run in runs)

    def name(run: Run) -> str:
        title = run.template.title
        return f"{title}, {day_text(run.day)}" if of[title] > 1 else title

    return name


def _all_of(found: OpenCheckins) -> list[Run]:
    open_ = [run for _, run in (*found.in_time, *found.joined)]
    return [*open_, *(each.run for each in found.late), *(run for _, run, _ in found.coming)]


def _open(found: OpenCheckins, name: Name) -> list[Block]:
    zone = found.person.zone
    blocks: list[Block] = []
    for prompt, run in found.in_time:
        blocks.append(section(_line(prompt, name(run), zone), _button(prompt, name(run))))
    for prompt, run in found.joined:
        blocks.append(section(joined_text(prompt, name(run), zone), join_button(run, name(run))))
    blocks += [section(_late(each, name(each.run), zone), late_button(each, name(each.run))) for each in found.late]
    for prompt, run, is_sent in found.coming:
        early = _early_button(prompt, run, name(run), is_sent=is_sent)
        blocks.append(section(_coming(prompt, name(run), zone, is_sent=is_sent), early))
    return blocks


def _told_all(found: OpenCheckins, name: Name) -> list[str]:
    told = _told("You can answer", [run for _, run in (*found.in_time, *found.joined)], name)
    told += _told("You can still answer late", [each.run for each in found.late], name)
    return told + _told("You can answer ahead", [run for _, run, _ in found.coming], name)


def _told(what: str, found: list[Run], name: Name) -> list[str]:
    return [f"{what}: {'; '.join(escape(name(run)) for run in found)}."] if found else []


def joined_text(prompt: Prompt, name: str, zone: ZoneInfo) -> str:
    until = moment(prompt.deadline, zone)
    return f"*{escape(name)}*, open until {until}. It began before you joined: you may answer, and need not."


def join_button(run: Run, name: str) -> Element:
    return button("Answer", Id.JOIN, run.id, label=f"Answer: {name}")


def _line(prompt: Prompt, name: str, zone: ZoneInfo) -> str:
    settled = f"{SETTLED[prompt.state]}, " if prompt.state in SETTLED else ""
    return f"*{escape(name)}*, {settled}open until {moment(prompt.deadline, zone)}"


def _button(prompt: Prompt, name: str) -> Element:
    text, style = ("Answer after all", "") if prompt.state in SETTLED else ("Answer", "primary")
    return button(text, checkin.Id.ANSWER, prompt.id, style=style, label=f"{text}: {name}")


def _coming(prompt: Prompt, name: str, zone: ZoneInfo, *, is_sent: bool) -> str:
    answered = ". You have answered it; it counts from then on." if is_sent else ""
    return f"*{escape(name)}*, asks {moment(prompt.due_at, zone)}{answered}"


def _early_button(prompt: Prompt, run: Run, name: str, *, is_sent: bool) -> Element:
    text = "Change" if is_sent else "Answer now"
    action_id, row_id = (checkin.Id.ANSWER, prompt.id) if prompt.id else (Id.EARLY, run.ritual_id)
    return button(text, action_id, row_id, label=f"{text}: {name}")


def _late(found: LateCheckin, name: str, zone: ZoneInfo) -> str:
    return f"*{escape(name)}*, closed {moment(found.prompt.deadline, zone)}. {checkin.late_text(found.until, zone)}"


def late_button(found: LateCheckin, name: str) -> Element:
    return button("Answer late", checkin.Id.ANSWER, found.prompt.id, label=f"Answer late: {name}")
