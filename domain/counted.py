"""What many answers to one question come to, always with how many they are."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import mean, median

from domain.templates import SCALE, Question, QuestionType, chosen
from domain.words import count_text

CHOICES = (QuestionType.ONE, QuestionType.MANY)


def counted(question: Question, values: Sequence[str]) -> str:
    """ "Yes 5 of 8, No 3 of 8", "3.9 of 5 (2 to 5), 8 answers"; empty for a question that is not counted."""
    if not values:
        return ""
    if question.type in CHOICES:
        return ", ".join(f"{option} {count} of {len(values)}" for option, count in by_option(question, values))
    numbers = [Decimal(value) for value in values] if question.type in (QuestionType.SCALE, QuestionType.NUMBER) else []
    if not numbers:
        return ""
    told = _rounded(mean(numbers)) if question.type is QuestionType.SCALE else f"median {_rounded(median(numbers))}"
    of = f" of {SCALE[-1]}" if question.type is QuestionType.SCALE else ""
    spread = f" ({min(numbers):f} to {max(numbers):f})" if min(numbers) != max(numbers) else ""
    return f"{told}{of}{spread}, {count_text(len(numbers), 'answer')}"


def by_option(question: Question, values: Sequence[str]) -> list[tuple[str, int]]:
    """How many chose what, in the order of the options; what nobody chose is left out."""
    given = [chosen(value) for value in values]
    found = ((option, sum(option in each for each in given)) for option in question.options)
    return [(option, count) for option, count in found if count]


def _rounded(number: Decimal) -> str:
    text = f"{number:.1f}"
    return text.removesuffix(".0")
