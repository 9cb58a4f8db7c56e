"""How long forms took to answer in this workspace, as far as it was measured."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from domain.answering_time import Measured, measured
from domain.runs import Run
from domain.templates import Template
from storage import answered
from storage.engine import Database


def took(session: Session, runs: Iterable[Run], template: Template) -> Measured | None:
    """Of those runs that asked the very questions of the template."""
    same = [run.id for run in runs if run.template.ask == template.ask]
    return measured(answered.seconds(session, run_ids=same))


def of_library(db: Database, *, workspace_id: str, library: Mapping[str, Template]) -> dict[str, Measured]:
    """By template, where enough have answered."""
    with db.read() as session:
        found = answered.newest_by_template(session, workspace_id=workspace_id)
        times = {name: took(session, found[name], library[name]) for name in found.keys() & library.keys()}
    return {name: time for name, time in times.items() if time}
