"""What is written as a file is read as the same template."""

from dataclasses import replace

import pytest

from bot.library import shipped_library
from domain.hours import Duration
from domain.template_reader import read_template
from domain.template_writer import as_yaml
from domain.templates import Post, Question, QuestionType, Template

LIBRARY = shipped_library()
ODD = replace(
    LIBRARY["weekly-sync"],
    title="Yes: # \"no\" '1'",
    purpose="A ünïcode purpose - with: all the signs, {a}, [b] and @c. " + "x" * 80,
    remind=(),
    closes=Duration(days=2),
    facilitator="@U024BE7LH",
    who=("everyone",),
    post=Post(by="person", early=True, brief=True),
    ask=(
        Question("on", "2026-01-31", QuestionType.ONE, hint="null", options=("Yes", "No", "10:30"), optional=True),
        Question("next", "12", QuestionType.LONG, condition=(("on", ("Yes", "10:30")),), into="blocker.title"),
        Question("sure", "~", QuestionType.SCALE, options=("0x1", "1_000"), audience=("legal",)),
    ),
)


@pytest.mark.parametrize("template", [*LIBRARY.values(), ODD], ids=[*LIBRARY, "odd"])
def test_a_template_survives_being_written(template: Template) -> None:
    assert read_template(as_yaml(template)) == template
