"""Each run asks and shows its own questions, whatever they are changed to; and whoever saves second is told."""

from collections.abc import Iterator

from simulation.case import Case
from simulation.dues import Run
from simulation.findings import Book
from simulation.messages import Version, ids_of, squeezed
from simulation.promises.summaries import named
from simulation.recognition import CHECKIN_FORM, Kind
from simulation.rewriting import labels
from simulation.switching import On

PROMISE = "Each run asks and shows its own questions"
SECOND = "Whoever changes questions that others have changed is told"


def judge(case: Case, book: Book) -> None:
    _judge_forms(case, book)
    for run in case.runs:
        if others := _of_other_versions(case, run.on):
            _judge_shown(case, book, run, others)
    _judge_saves(case, book)


def _of_other_versions(case: Case, on: On) -> set[str]:
    """The texts of questions that the ritual asks in other runs only."""
    of_ritual = (each for each in case.switched if (each.template.id, each.channel) == (on.template.id, on.channel))
    texts = {squeezed(question.text) for each in of_ritual for question in each.template.questions}
    return texts - {squeezed(each.text) for each in on.template.questions}


def _judge_forms(case: Case, book: Book) -> None:
    """Whoever has been asked answers what they were asked, however late."""
    for shown in case.views:
        if shown.view.get("callback_id") != CHECKIN_FORM:
            continue
        due = case.by_prompt_id.get(str(ids_of(shown.view).get("prompt")), (None, None))[1]
        others = _of_other_versions(case, due.on) if due else set()
        book.count("forms of rituals that ask something else by now or did before", len(others) > 0)
        if due and (wrong := sorted(others & labels(shown.version.blocks))):
            who, of = case.world.name_of(shown.user), f"{due.template.title} of {due.day}"
            book.broken(PROMISE, f"{who} was asked what {of} does not ask: {wrong[0]!r}", shown.version.line)


def _judge_shown(case: Case, book: Book, run: Run, others: set[str]) -> None:
    for version in _of_run(case, run):
        words = squeezed(version.words)
        if wrong := sorted(each for each in others if each in words):
            text = f"What is told of {named(case, run)} has a question that it did not ask: {wrong[0]!r}"
            book.broken(PROMISE, text, version.line)


def _of_run(case: Case, run: Run) -> Iterator[Version]:
    """All that shows its answers, there and wherever it goes, and the receipts."""
    kinds = (Kind.RUN, Kind.PART, Kind.INTERIM, Kind.SUMMARY)
    for owed in case.of(*kinds):
        if (owed.what.title, owed.what.day) == (run.on.template.title, run.day):
            yield from owed.message.versions
    for due in run.dues:
        yield from (version for owed in case.sent(due) for version in owed.message.versions)


def _judge_saves(case: Case, book: Book) -> None:
    for save in case.rewriting.saves.values():
        book.count("changes of questions", save.is_made and save.asks is not None)
        for other in case.rewriting.overtaken(save):
            book.count("changes of questions that met")
            if save.line.get("ok") and not case.rewriting.is_told(save, other):
                who, first = (case.world.name_of(each.line["person"]) for each in (save, other))
                text = f"{who} saved questions after {first} had changed them, and was not told."
                book.broken(SECOND, text, other.line.number, save.line.number)
