"""A year, from the first Saturday of January on."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from domain.templates import Template
from services import digest_settings
from storage.engine import Database
from tests.year.deeds import Deeds
from tests.year.life import WORKSPACE, Life
from tests.year.team import BEGIN, HUMANS, STOPS, WEEK


def lived(db: Database, library: Mapping[str, Template], *, weeks: int, seed: int = 1) -> Life:
    life = Life(db, library, seed)
    life.settle_in()
    deeds = Deeds(life)
    deeds.begin_measures()
    _choose(life)
    _plan_absences(life, deeds, weeks)
    _plan_changes(life)
    begin = BEGIN.replace(hour=0) + timedelta(days=2)
    stops = [each for each in STOPS if each[1] < begin + weeks * WEEK]
    for number in range(weeks):
        monday = begin + number * WEEK
        deeds.week(monday)
        for since, until in stops:
            if monday <= since < monday + WEEK:
                life.until(since)
                life.stand_still(until)
        life.until(max(monday + WEEK, life.now))
    return life


def _choose(life: Life) -> None:
    usual = {"rhythm": "weekly", "day": "0", "hour": "8", "length": "by_role"}
    chosen = {
        "UMIRA": {"delegate": "UZOE"},
        "UHANA": {"about": "channels"},
        "UTESS": {"rhythm": "fortnightly"},
    }
    for person_id, given in chosen.items():
        digest_settings.choose(
            life.db, workspace_id=WORKSPACE, person_id=person_id, given={**usual, **given}, now=life.now
        )


def _plan_absences(life: Life, deeds: Deeds, weeks: int) -> None:
    """Said three days ahead and more."""
    for person_id in HUMANS:
        day = BEGIN.date() + timedelta(days=life.random.randrange(9, 60))
        while day < BEGIN.date() + weeks * WEEK:
            last = day + timedelta(days=life.random.choice((0, 1, 2, 4, 6, 11)))
            life.at(BEGIN + (day - BEGIN.date() - timedelta(days=3)), partial(_go_away, deeds, person_id, day, last))
            day = last + timedelta(days=life.random.randrange(20, 120))


def _go_away(deeds: Deeds, person_id: str, first: date, last: date) -> None:
    if any(person_id in ids for ids in deeds.life.members.values()) or person_id == "UXENIA":
        deeds.away(person_id, first, last)


def _plan_changes(life: Life) -> None:
    """On Saturdays: who joins and leaves channels, and the workspace."""
    for week, act in (
        (6, partial(life.come, "C3", "UADA")),
        (7, partial(life.go, "C3", "UADA")),
        (9, partial(life.come, "C2", "UADA")),
        (12, partial(life.go, "C2", "UFAY")),
        (14, partial(life.come, "C3", "UMIRA")),
        (18, partial(life.go, "C3", "UMIRA")),
        (20, partial(life.come, "C3", "UADA")),
        (26, partial(life.quit, "UGUS")),
        (30, partial(life.come, "C2", "UEMIL")),
    ):
        life.at(BEGIN + week * WEEK, act)
