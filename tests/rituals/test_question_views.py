"""What people see where they change questions, over nasty texts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.library import shipped_library
from domain.question_form import sheet
from domain.runs import Ritual
from domain.sketches import Sketch, SketchCard
from domain.templates import Question, QuestionType
from surface import questions
from tests.surface.views import NASTY, check_view

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
TEMPLATE = shipped_library()["weekly-ml-sync"]


def sketch(text: str, count: int, **changed: object) -> Sketch:
    options = (text[:75] or "x", "other")
    asked = Question("q", text[:120] or "x", QuestionType.ONE, text[:2000], options, optional=True, recall="q")
    ask = tuple(replace(asked, id=f"q{place}") for place in range(count))
    template = replace(TEMPLATE, title=text[:24] or "x", ask=ask)
    found = Sketch("s" * 32, "T1", "U1", template, TEMPLATE, NOW, ritual_id=1, said=(text,) * 20)
    return replace(found, **changed)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_the_list_of_questions_fits(text: str) -> None:
    for count in (0, 1, 40):
        check_view(questions.list_view(SketchCard(sketch(text, count), text[:80])))
    check_view(questions.saved_view(Ritual(1, "T1", "C1", sketch(text, 3).template, "U1", None, None, version=3)))


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("kind", QuestionType)
def test_the_form_of_a_question_fits(text: str, kind: QuestionType) -> None:
    found = sketch(text, 2)
    condition = (("q0", (text[:75] or "x",)),)
    asked = replace(found.template.ask[1], type=kind, condition=condition, audience=("legal", "@U1"), into="")
    for each in (asked, replace(asked, recall="q0"), None):
        check_view(questions.question_form(sheet(found, each, "f")))
    given = {"text": text, "type": str(kind), "options": text, "hint": text, "also": "recall", "into": "action.due"}
    check_view(questions.question_form(sheet(found, asked, "f", given)))


@pytest.mark.parametrize("template", shipped_library().values(), ids=list(shipped_library()))
def test_every_question_of_the_library_opens_as_it_is(template: object) -> None:
    found = replace(sketch("x", 1), template=template)  # type: ignore[arg-type] # a template
    check_view(questions.list_view(SketchCard(found, "#forecast")))
    check_view(questions.text_form(found))
    for each in found.template.ask:
        check_view(questions.question_form(sheet(found, each, "f")))
