"""Changing questions in Slack: the list of them, the form of one, and all of them as text."""

from collections.abc import Sequence
from enum import StrEnum

from domain.answering_time import MOST_SECONDS, seats, seconds_to_answer, taken_text, time_text
from domain.own_templates import FILE, FILE_LIMIT, LONGER
from domain.question_form import NOTHING, WITH_OPTIONS, QuestionSheet, answer_key, sentence_case
from domain.question_reader import answers_of
from domain.question_text import as_text
from domain.question_words import TYPES, by_number, facts, into_text
from domain.runs import Ritual
from domain.said import scale_text
from domain.sketches import Sketch, SketchCard, has_room
from domain.template_format import HINT_LIMIT
from domain.templates import SCALE, TEXT_LIMIT, Question, QuestionType, Template, chosen
from domain.words import count_text
from surface import forms, own_templates
from surface.forms import about, field
from surface.kit import (
    Block,
    Element,
    Json,
    button,
    buttons,
    context,
    divider,
    escape,
    escape_cut,
    modal,
    section,
    sections,
)

SHOWN_LINES = 12
FACTS_ROOM = 900
"""Forty questions must fit into one form."""


class Id(StrEnum):
    FORM = "questions.form"
    MORE = "questions.more"
    """What can be done with one question."""
    ADD = "questions.add"
    TEXT = "questions.text"
    TEXT_FORM = "questions.text_form"
    ANEW = "questions.anew"
    """Throws away what has not been saved."""
    QUESTION = "questions.question"
    TYPE = "questions.type"
    """The type of a question, on which other fields of its form depend."""


def list_view(card: SketchCard) -> Json:
    sketch = card.sketch
    ask = sketch.template.ask
    blocks: list[Block] = [
        *([] if sketch.near else _said(sketch.said)),
        *(own_templates.fields(sketch) if sketch.ritual_id is None else _of_ritual(card)),
        *[block for place in range(len(ask)) for block in _entry(sketch, place)],
        divider(),
        buttons(*_below(sketch)),
        context(" ".join(_notes(sketch))),
    ]
    ids = {"draft": sketch.id, "round": str(sketch.round)}
    ids |= {"ritual": str(sketch.ritual_id)} if sketch.ritual_id is not None else {}
    return modal(_title(sketch), Id.FORM, blocks, submit="Save", ids=ids)


def _title(sketch: Sketch) -> str:
    if sketch.ritual_id is not None:
        return "Questions"
    return "Change a template" if sketch.template_id else "New template"


def _of_ritual(card: SketchCard) -> list[Block]:
    return [
        section(f"*{escape(card.sketch.template.title)}* in {escape(card.place)}"),
        context("Nothing changes before you save. Then it asks them from its next run on; what is open goes on."),
        divider(),
    ]


def _said(lines: Sequence[str], begin: str = "") -> list[Block]:
    shown = [escape_cut(each, FACTS_ROOM) for each in lines[:SHOWN_LINES]]
    more = len(lines) - SHOWN_LINES
    shown[:1] = [f"{begin}{each}" for each in shown[:1]]
    return sections([*shown, *([f"… and {more} more."] if more > 0 else [])])


def _entry(sketch: Sketch, place: int) -> list[Block]:
    """With what was said of it below: its place in the form may be all that is seen."""
    ask = sketch.template.ask
    question = ask[place]
    said = escape_cut(" · ".join(facts(question, by_number(ask))), FACTS_ROOM)
    text = f"*{place + 1}.* {escape(question.text)}\n_{said}_"
    found = [("Edit", f"edit {question.id}")]
    found += [("Move up", f"move {question.id} {place - 1}")] if place else []
    found += [("Move down", f"move {question.id} {place + 1}")] if place + 1 < len(ask) else []
    entry = section(text, forms.overflow([*found, ("Remove", f"remove {question.id}")], Id.MORE))
    return [entry, *(_said(sketch.said, "*Not done.* ") if sketch.near == question.id else [])]


def _below(sketch: Sketch) -> list[Element]:
    found = [button("Add a question", Id.ADD, sketch.id)] if has_room(sketch) else []
    found += [button("As text", Id.TEXT, sketch.id)] if _fits_as_text(sketch) else []
    return [*found, *([button("Begin anew", Id.ANEW, sketch.id)] if sketch.is_changed else [])]


def _fits_as_text(sketch: Sketch) -> bool:
    return len(as_text(sketch)) <= FILE_LIMIT


def _notes(sketch: Sketch) -> list[str]:
    too_long = f"As text it is longer than the {FILE_LIMIT:,} characters that a field of Slack takes."
    return [*_time(sketch.template), *([] if _fits_as_text(sketch) else [too_long])]


def _time(template: Template) -> list[str]:
    if not template.ask:
        return ["No question yet."]
    longest = max(seconds_to_answer(template, whom, in_full=True) for whom in seats(template))
    found = [f"{count_text(len(template.ask), 'question')}, {time_text(template)} to answer."]
    if longest > MOST_SECONDS:
        found.append(
            f"Whoever answers everything needs {taken_text(longest)}, more than the three minutes people should need: "
            "make some optional, leave some out, or split it in two."
        )
    return found


def question_form(sheet: QuestionSheet) -> Json:
    is_new = not sheet.question.id
    ids = {"draft": sheet.sketch.id, "question": sheet.question.id, "form": sheet.form_id}
    return modal("New question" if is_new else "Question", Id.QUESTION, _fields(sheet), submit="Done", ids=ids)


def _fields(sheet: QuestionSheet) -> list[Block]:
    typed = sheet.given
    types = [(each.value, label) for each, label in TYPES.items()]
    fields = [
        field("text", "What are people asked?", forms.text(typed.get("text", ""), limit=TEXT_LIMIT)),
        field("type", "How do they answer?", forms.menu(types, sheet.type, action_id=Id.TYPE), dispatch=True),
    ]
    if sheet.type in WITH_OPTIONS:
        fields.append(_options(sheet))
    if sheet.intos:
        records = [(NOTHING, "Nothing more"), *((each, sentence_case(into_text(each))) for each in sheet.intos)]
        into = typed.get("into", NOTHING)
        menu = forms.menu(records, into if into in sheet.intos else NOTHING)
        fields.append(field(about("into", sheet.type), "What does the answer become?", menu))
    fields += _reach(sheet)
    if sheet.also:
        ticked = forms.choices(list(sheet.also.items()), typed.get("also", "").split("\n"))
        fields.append(field(about("also", sheet.type), "Also", ticked, optional=True))
    hint = forms.text(typed.get("hint", ""), limit=HINT_LIMIT)
    return [*fields, field("hint", "Hint", hint, hint="Stands below the field, like this one.", optional=True)]


def _reach(sheet: QuestionSheet) -> list[Block]:
    """Who is asked it, and on which answers to others."""
    found = []
    if audiences := sheet.audiences:
        picked = chosen(sheet.given.get("for", ""))
        found.append(
            field(
                "for",
                "Who is asked it?",
                forms.choices([*audiences.items()], picked),
                hint="Empty: everybody who is asked.",
                optional=True,
            )
        )
    if sheet.follows:
        groups = [(f"{number}. {each.text}", _answers(number, each)) for number, each in sheet.follows]
        found.append(
            field(
                "if",
                "On which answers does it appear?",
                forms.grouped_choices(groups, chosen(sheet.given.get("if", ""))),
                hint="Empty: always. Several answers to one question: any of them. "
                "Several questions: one answer to each.",
                optional=True,
            )
        )
    return found


def _answers(number: int, earlier: Question) -> list[tuple[str, str]]:
    is_scale = earlier.type is QuestionType.SCALE
    said = [scale_text(earlier, step) for step in SCALE] if is_scale else earlier.options
    keys = (answer_key(earlier, answer) for answer in answers_of(earlier))
    return [(key, f"Question {number}: {text}") for key, text in zip(keys, said, strict=True)]


def _options(sheet: QuestionSheet) -> Block:
    text = forms.text(sheet.given.get("options", ""), multiline=True)
    if sheet.type is QuestionType.SCALE:
        return field(
            "options.scale", "What do its ends mean?", text, hint="Two lines: what 1 means, then what 5 means."
        )
    return field("options", "Options", text, hint="One on each line.")


def text_form(sketch: Sketch) -> Json:
    blocks: list[Block] = [
        context("Done brings you back, to save it. Keep the ids of questions: answers stay comparable by them."),
        field(
            FILE,
            "The questions" if sketch.ritual_id is not None else "The file",
            forms.text(as_text(sketch), multiline=True, limit=FILE_LIMIT),
            hint=f"YAML, as the docs show it. Longer than {FILE_LIMIT:,} characters? Then {LONGER}.",
        ),
    ]
    return modal("As text", Id.TEXT_FORM, blocks, submit="Done", ids={"draft": sketch.id})


def saved_view(ritual: Ritual) -> Json:
    """Also when nothing was different, and when the form came a second time."""
    count = count_text(len(ritual.template.ask), "question")
    text = f"*{escape(ritual.template.title)}* has {count} now (version {ritual.version})."
    kept = "What has changed is asked from the next run on, also of whoever answered ahead. Answers stay comparable."
    return modal("Saved", Id.FORM, [section(text), context(kept)], is_end=True)
