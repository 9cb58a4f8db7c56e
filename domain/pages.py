"""A long form in pages: never more inputs at once than people take in, and follow-ups on the page of their question."""

from domain.templates import Asked, Question, Template

MOST_INPUTS = 8
Pages = tuple[tuple[Question, ...], ...]


def pages_of(template: Template, whom: Asked, ahead: int = 0) -> Pages:
    """Of an anonymous form nothing is kept between pages, so it has one. `ahead` says how many other fields stand above
    the questions."""
    questions = template.questions_for(whom)
    return (questions,) if template.anonymous else pages(questions, ahead)


def pages(questions: tuple[Question, ...], ahead: int = 0) -> Pages:
    """In the order of the questions, counting follow-ups as if all were shown, so that a click never moves a page.

    A question with more follow-ups than one page holds goes on where they fit.
    """
    found: list[list[Question]] = [[]]
    room = MOST_INPUTS - ahead
    for group in _groups(questions):
        if found[-1] and len(group) > room:
            found.append([])
            room = MOST_INPUTS
        for question in group:
            if not room:
                found.append([])
                room = MOST_INPUTS
            found[-1].append(question)
            room -= 1
    order = {question.id: place for place, question in enumerate(questions)}
    return tuple(tuple(sorted(page, key=lambda each: order[each.id])) for page in found)


def _groups(questions: tuple[Question, ...]) -> list[list[Question]]:
    """Each question with those that wait for its answer, directly or not."""
    group_of: dict[str, list[Question]] = {}
    groups: list[list[Question]] = []
    for question in questions:
        group = next((group_of[earlier] for earlier, _ in question.condition if earlier in group_of), None)
        if group is None:
            groups.append(group := [])
        group.append(question)
        group_of[question.id] = group
    return groups


def in_use(found: Pages, answers: dict[str, str]) -> list[int]:
    """The pages that show anything, given what has been answered so far; at least the first."""
    return [place for place, page in enumerate(found) if any(each.appears(answers) for each in page)] or [0]


def after(found: Pages, answers: dict[str, str], page: int) -> int | None:
    return next((place for place in in_use(found, answers) if place > page), None)


def before(found: Pages, answers: dict[str, str], page: int) -> int:
    return max((place for place in in_use(found, answers) if place < page), default=0)


def page_of(found: Pages, question_id: str) -> int:
    return next(place for place, page in enumerate(found) if any(each.id == question_id for each in page))
