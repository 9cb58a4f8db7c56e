"""Whoever came when a run was open already, and answered it all the same: one more than were asked."""

from collections.abc import Iterator

from simulation.answers import Submission
from simulation.case import Case
from simulation.dues import Run
from simulation.messages import ids_of
from simulation.trace import Line


def of_run(case: Case, run: Run) -> dict[str, list[Submission]]:
    """By person, what they submitted: first in a form of the run, then in those of the prompt that made."""
    found: dict[str, list[Submission]] = {}
    for submitted, occurrence in _all(case):
        line = submitted.line
        is_of_run = line["title"] == run.on.template.title and occurrence.startswith(run.day.isoformat())
        if is_of_run and case.world.is_member(submitted.person, run.on.channel, line.at):
            found.setdefault(submitted.person, []).append(submitted)
    return found


def channel_of(case: Case, form: Line) -> str:
    """Of the run it is about; nothing if it is of none."""
    if not ids_of(form).get("run") and str(ids_of(form).get("prompt")) not in case.joined:
        return ""
    found = ((run, each) for run in case.runs for given in of_run(case, run).values() for each in given)
    return next((run.on.channel for run, each in found if each.line.number == form.number), "")


def _all(case: Case) -> Iterator[tuple[Submission, str]]:
    """Each with the occurrence it is about."""
    by_line = sorted((each for found in case.submissions.values() for each in found), key=lambda each: each.line.number)
    newest: dict[tuple[str, str], str] = {}
    for each in by_line:
        ids, key = ids_of(each.line), (each.person, str(each.line["title"]))
        if ids.get("run"):
            newest[key] = str(ids["occurrence"])
        if key in newest and (ids.get("run") or str(ids.get("prompt")) in case.joined):
            yield each, newest[key]
