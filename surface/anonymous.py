"""What people read of an anonymous check-in: what is hidden from whom, and its results."""

from collections.abc import Sequence
from itertools import groupby

from domain.cards import PromptCard, RunCard
from domain.summaries import Line, numbers, numbers_by_function
from domain.tallies import Tally
from domain.templates import Template
from domain.words import function_title
from surface.kit import Block, Message, context, escape, header, message, section, sections

MODEL = "Where a language model is set up, it may read the answers for the summary: mixed, and without names it knows."
DATABASE = "Whoever runs Muster's database could still work out more than Slack shows."


def notes(template: Template) -> list[str]:
    """Before the questions: what is hidden from whom."""
    least = template.anonymous or 1
    hidden = (
        "*Anonymous.* Nobody in Slack is shown who said what, nor named for answering or not. When the time is over "
        f"for everybody, the channel reads the answers mixed and without names if at least {least} answered. If fewer "
        "did, nobody ever reads them."
    )
    once = "You answer once: what you have sent cannot be shown to you again or changed. Your own words may name you."
    model = f" {MODEL}" if template.post.brief else ""
    return [hidden, f"{once} {DATABASE}{model}"]


def invitation_note(template: Template) -> str:
    return f"Anonymous: results without names, from {template.anonymous} answers on"


def receipt(card: PromptCard) -> Message:
    least = card.run.template.anonymous
    what = f"*{escape(card.run.template.title)}*: taken, thank you."
    later = (
        f"Your answers are kept without your name, so they cannot be shown again or changed. "
        f"{escape(card.place)} reads the results when the time is over for everybody, if at least {least} answered."
    )
    return message(f"{what} {later}", [section(what), context(later)])


def counts_later(least: int) -> str:
    return f"Anonymous: how many have answered is shown from {least} on"


def too_few(title: str, found: Tally) -> Message:
    why = "".join(f" {escape(each)}." for each in found.unreached)
    text = f"{escape(title)}: closed, {found.text}. It was anonymous, so nothing of it is shown, and nothing kept.{why}"
    return message(text, [section(text)])


def in_numbers(card: RunCard) -> list[Block]:
    told, by_function = numbers(card), numbers_by_function(card)
    texts = []
    for question, text in told:
        texts.append(f"_{escape(question)}_ {escape(text)}")
        texts += [f"{function_title(name)}: {escape(of_group)}" for name, of_group in by_function.get(question, [])]
    return [header("In numbers"), *sections(texts)] if texts else []


def by_question(lines: Sequence[Line]) -> list[Block]:
    texts: list[str] = []
    for question, of_question in groupby(lines, key=lambda line: line.question):
        texts.append(f"*{escape(question)}*")
        texts += [f"\N{BULLET} {escape(line.answer)}" for line in of_question]
    return sections(texts)
