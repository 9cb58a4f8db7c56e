"""What the answers to one question come to."""

import pytest

from domain.counted import counted
from domain.templates import Question, QuestionType

LABELS = ("Not at all", "Certain")
CHOICES = ("Yes", "Mostly", "No")


@pytest.mark.parametrize(
    ("kind", "options", "values", "said"),
    [
        (QuestionType.ONE, CHOICES, ["Yes", "No", "Yes"], "Yes 2 of 3, No 1 of 3"),
        (QuestionType.MANY, CHOICES, ["Yes\nNo", "No"], "Yes 1 of 2, No 2 of 2"),
        (QuestionType.SCALE, LABELS, ["2", "5", "5"], "4 of 5 (2 to 5), 3 answers"),
        (QuestionType.SCALE, LABELS, ["3", "4", "4", "5", "5", "3", "4", "3"], "3.9 of 5 (3 to 5), 8 answers"),
        (QuestionType.SCALE, LABELS, ["4"], "4 of 5, 1 answer"),
        (QuestionType.NUMBER, (), ["3", "40", "12"], "median 12 (3 to 40), 3 answers"),
        (QuestionType.NUMBER, (), ["0.5", "1"], "median 0.8 (0.5 to 1), 2 answers"),
        (QuestionType.SHORT, (), ["words"], ""),
        (QuestionType.ONE, CHOICES, [], ""),
    ],
)
def test_a_count_names_how_many_it_is_of(
    kind: QuestionType, options: tuple[str, ...], values: list[str], said: str
) -> None:
    assert counted(Question("q", "Q?", kind, options=options), values) == said
