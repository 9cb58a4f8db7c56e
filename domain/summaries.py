"""The summary of a run as the team reads it: in the order its ritual asks for, cut into pages that fit one message."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.cards import RunCard
from domain.counted import CHOICES, counted
from domain.people import FUNCTIONS, GONE, Person
from domain.runs import UNREACHED, Missed, Prompt, PromptState, Run, counts, shown, unreached
from domain.templates import SCALE, Question, QuestionType, Template, chosen
from domain.words import day_text, joined

PAGE_WEIGHT = 8000
"""Characters of one message; Slack refuses messages from about 12,000 on, marks and names included."""
PIECE = 1400
"""An answer too heavy for one message is cut into pieces that fit whatever signs they hold."""
SHOWN_BLOCKERS = 7
SHOWN_TITLE = 200
"""Characters of a blocker at the head, escaped signs counted in full."""
BLOCKER_WEIGHT = 480
"""What a blocker at the head of the summary may take of its page."""


@dataclass(frozen=True)
class Line:
    """One answer, with what must be said before it when a page begins."""

    group: str
    """A function, or the option chosen; empty where the summary goes by question or by person."""
    person: str
    """The name, with "edited" and "late" where it is so."""
    question: str
    answer: str

    @property
    def weight(self) -> int:
        text = self.group + self.person + self.question + self.answer
        return _escaped_size(text) + 20


@dataclass(frozen=True)
class Tally:
    """Who was heard. Names are in alphabetical order."""

    answered: int
    asked: int
    away: tuple[str, ...]
    skipped: tuple[str, ...]
    silent: tuple[str, ...]
    """Asked, and no answer by their deadline."""
    unreached: tuple[str, ...]
    """Who was not asked in time, by reason: a sentence each, without its full stop."""
    spared: tuple[str, ...] = ()
    """The ritual was switched off before they were asked."""
    released: tuple[str, ...] = ()
    """They left the channel, were no longer meant, or got a day off, before they were asked."""


def tally(card: RunCard) -> Tally:
    def names(*wanted: Missed | PromptState) -> tuple[str, ...]:
        found = (prompt for prompt in card.prompts if (prompt.missed or prompt.state) in wanted)
        return tuple(sorted(card.people[prompt.person_id].name + _reason(prompt) for prompt in found))

    counted = [prompt for prompt in card.prompts if counts(prompt)]
    return Tally(
        answered=sum(prompt.state is PromptState.ANSWERED for prompt in counted),
        asked=len(counted),
        away=names(Missed.AWAY),
        skipped=names(PromptState.SKIPPED),
        silent=names(Missed.NO_ANSWER, PromptState.SENT, PromptState.PENDING),
        unreached=unreached_texts(card.prompts, card.people),
        spared=names(Missed.ENDED),
        released=names(Missed.RELEASED),
    )


def _reason(prompt: Prompt) -> str:
    """Of somebody who skipped and said why."""
    is_said = prompt.state is PromptState.SKIPPED and prompt.skip_reason
    return f" ({prompt.skip_reason})" if is_said else ""


def unreached_texts(prompts: Iterable[Prompt], people: Mapping[str, Person]) -> tuple[str, ...]:
    """ "Not asked, because Slack did not answer: Ana Souza and Ben Okafor"; "Not heard" of those who had been asked."""
    found: dict[Missed, list[str]] = {}
    for prompt in prompts:
        if why := unreached(prompt):
            found.setdefault(why, []).append(people[prompt.person_id].name)
    return tuple(
        f"Not {'heard' if why is Missed.STOPPED else 'asked'}, because {reason}: {joined(sorted(found[why]))}"
        for why, reason in UNREACHED.items()
        if why in found
    )


def skipped_text(run: Run) -> str:
    """Many missed occurrences are one line."""
    since = f" since {run.skipped_since.day} {run.skipped_since:%b}" if run.skipped_since else ""
    what = "1 earlier check-in was" if run.skipped == 1 else f"{run.skipped} earlier check-ins were"
    return f"Muster was not running, so {what} not asked{since}"


def pages(card: RunCard) -> list[list[Line]]:
    """All answers in order, at least one page, each light enough for one message; the first may hold blockers only."""
    found: list[list[Line]] = [[]]
    room = PAGE_WEIGHT - BLOCKER_WEIGHT * min(len(card.blockers) + len(card.earlier), SHOWN_BLOCKERS)
    room -= sum(_escaped_size(text) + 10 for each in numbers(card) for text in each)
    for line in all_lines(card):
        if line.weight > room:
            found.append([])
            room = PAGE_WEIGHT
        found[-1].append(line)
        room -= line.weight
    return found


def numbers(card: RunCard) -> list[tuple[str, str]]:
    """(question, what its answers come to) of those that can be counted."""
    given = [response.answers for response in card.responses.values()]
    found = ((each, counted(each, [one[each.id] for one in given if each.id in one])) for each in card.run.template.ask)
    return [(question.text, text) for question, text in found if text]


def asked_by_option(template: Template) -> Question | None:
    """The question whose options a summary by answer goes by: the first choice."""
    return next((each for each in template.ask if each.type in CHOICES), None)


def all_lines(card: RunCard) -> list[Line]:
    answered = [prompt for prompt in card.prompts if prompt.id in card.responses]
    answered.sort(key=lambda prompt: (_place(prompt.function), card.people[prompt.person_id].name))
    names = {key: each.name for key, each in card.people.items()}
    found = [line for prompt in answered for line in _lines_of(card, prompt, names)]
    by, template = card.run.template.post.by, card.run.template
    if by == "person":
        found.sort(key=lambda line: line.person)
    elif by == "question":
        texts = [each.text for each in template.ask]
        found.sort(key=lambda line: texts.index(line.question))
    elif by == "answer" and (first := asked_by_option(template)):
        found.sort(key=lambda line: first.options.index(line.group) if line.group else len(first.options))
    return found


def _group(card: RunCard, prompt: Prompt) -> str:
    template = card.run.template
    if template.post.by == "function":
        return prompt.function or "other"
    first = asked_by_option(template) if template.post.by == "answer" else None
    # Of many, the first: so nobody's words stand twice.
    return next(iter(chosen(card.responses[prompt.id].answers.get(first.id, ""))), "") if first else ""


def _place(function: str | None) -> int:
    return FUNCTIONS.index(function) if function in FUNCTIONS else len(FUNCTIONS)


def _lines_of(card: RunCard, prompt: Prompt, names: dict[str, str]) -> list[Line]:
    response = card.responses[prompt.id]
    marks = [mark for mark, is_so in (("late", response.late), ("edited", bool(response.edited_at))) if is_so]
    person = card.people[prompt.person_id].name + (f" ({', '.join(marks)})" if marks else "")
    asked = shown(card.run.template.questions_for(prompt.function), response.answers)
    told, group = _told_above(card, prompt), _group(card, prompt)
    given = ((each, response.answers[each.id]) for each in asked if each.id in response.answers and each.id not in told)
    whole = [Line(group, person, each.text, answer_text(names, each, text)) for each, text in given]
    return [piece for line in whole for piece in _pieces(line)]


def _told_above(card: RunCard, prompt: Prompt) -> set[str]:
    """The questions whose answers stand whole among the blockers at the head of the summary.

    Who was named as able to clear them stands there only until somebody has taken them up.
    """
    mine = [each for each in card.blockers if each.raised_by == prompt.person_id]
    if len(card.blockers) > SHOWN_BLOCKERS or not mine:
        return set()
    given = card.responses[prompt.id].answers
    above = {each.title for each in mine} | {each.owner_id for each in mine if each.waits}
    asked = (each for each in card.run.template.questions_for(prompt.function) if each.into)
    found = ((each.id, given.get(each.id, "")) for each in asked)
    return {name for name, value in found if value in above and _escaped_size(value) <= SHOWN_TITLE}


def _escaped_size(text: str) -> int:
    return len(text) + 4 * sum(text.count(sign) for sign in "&<>") + 3 * sum(text.count(sign) for sign in "*_~")


def _pieces(line: Line) -> list[Line]:
    if line.weight <= PAGE_WEIGHT:
        return [line]
    starts = range(0, len(line.answer), PIECE)
    return [replace(line, answer=line.answer[start : start + PIECE]) for start in starts]


def answer_text(names: dict[str, str], question: Question, value: str) -> str:
    """The answer as a person reads it: a name for an id, a day as people write it, a scale with its ends."""
    if question.type is QuestionType.USER:
        return names.get(value, GONE)
    if question.type is QuestionType.MANY:
        return ", ".join(chosen(value))
    if question.type is QuestionType.DATE:
        return day_text(date.fromisoformat(value))
    if question.type is QuestionType.SCALE:
        return scale_text(question, int(value))
    return value


def scale_text(question: Question, step: int) -> str:
    ends = {SCALE[0]: question.options[0], SCALE[-1]: question.options[1]}
    return f"{step} ({ends[step]})" if step in ends else f"{step} of {SCALE[-1]}"
