"""What somebody answered themselves: a line of each, and the whole of one."""

from enum import StrEnum

from domain.own_answers import OwnAnswers
from domain.words import day_text
from surface.kit import Block, Json, button, context, escape, line, modal, section, sections

ROOM = 150
NO_LONGER_KEPT = "What you answered is no longer kept."


class Id(StrEnum):
    SHOW = "checkin.show_own"


def row(found: OwnAnswers) -> Block:
    title, day = found.run.template.title, day_text(found.run.day)
    said = line(" · ".join(answer for _question, answer in found.lines), ROOM)
    show = button("Show", Id.SHOW, found.prompt.id, label=f"Show what you answered: {title}, {day}")
    return section(f"*{escape(title)}*, {day}{_marks(found)}\n{said or _forgotten(found)}", show)


def answers_view(found: OwnAnswers) -> Json:
    """For reading only: nothing is sent from it."""
    title = escape(found.run.template.title)
    lines = [f"_{escape(question)}_\n{escape(answer)}" for question, answer in found.lines] or [_forgotten(found)]
    blocks = [section(f"*{title}*, {day_text(found.run.day)}{_marks(found)}"), *sections(lines)]
    return modal("What you answered", "checkin.own_view", [*blocks, context("These are your own answers.")])


def _forgotten(found: OwnAnswers) -> str:
    return NO_LONGER_KEPT if found.run.forgotten_at else ""


def _marks(found: OwnAnswers) -> str:
    marks = [mark for mark, is_so in (("late", found.response.late), ("edited", found.response.edited_at)) if is_so]
    return f" ({', '.join(marks)})" if marks else ""
