"""What answers become: each says by its question's `into` which field of which record it fills."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.templates import Question, split_label

TITLE = "title"


@dataclass(frozen=True)
class Filled:
    """One field of a record, and the question whose answer fills it."""

    question_id: str
    value: str


@dataclass(frozen=True)
class Made:
    """A record that one answer makes, or one line of it."""

    key: str
    """The question; of a line with its words, so that those that stay keep what was made of them."""
    title: Filled
    others: Mapping[str, Filled]
    """By field, such as owner."""

    def value(self, name: str) -> str:
        return self.others[name].value if name in self.others else ""


@dataclass
class _Group:
    """Titles in a row, with the fields after them."""

    titles: list[tuple[str, Filled]] = field(default_factory=list)
    others: dict[str, Filled] = field(default_factory=dict)
    is_closed: bool = False


def made_by(kind: str, questions: Iterable[Question], answers: Mapping[str, str]) -> list[Made]:
    """The records of that kind. The other fields belong to the titles of the same label before them: the next title
    after them begins a record of its own."""
    by_label: dict[str, list[_Group]] = {}
    for question in questions:
        label, into = split_label(question.into)
        name, _, wanted = into.partition(".")
        if name != kind:
            continue
        groups = by_label.setdefault(label, [_Group()])
        value = answers.get(question.id, "")
        if wanted == TITLE:
            if groups[-1].is_closed:
                groups.append(_Group())
            groups[-1].titles += titles(question, value)
        else:
            groups[-1].is_closed = True
            groups[-1].others |= {wanted: Filled(question.id, value)} if value else {}
    found = (group for groups in by_label.values() for group in groups)
    return [Made(key, title, group.others) for group in found for key, title in group.titles]


def titles(question: Question, value: str) -> list[tuple[str, Filled]]:
    """(key, title) of what one answer makes."""
    if not value:
        return []
    if not question.split:
        return [(question.id, Filled(question.id, value))]
    lines = dict.fromkeys(" ".join(line.split()) for line in value.splitlines() if line.strip())
    return [(f"{question.id}:{line}", Filled(question.id, line)) for line in lines]
