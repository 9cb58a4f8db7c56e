"""Whose turn it is, where a ritual asks only so many at a time: those who were asked longest ago, or never."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from simulation.dues import Due, Run
from simulation.team import Team
from simulation.world import World

Had = Mapping[str, Sequence[int]]
"""In which runs somebody had it, the newest first."""


def in_turn(world: World, people: Iterable[str], had: Had) -> list[str]:
    """The next first; of those who had it last in the same run, whoever had it longer ago before that."""
    return sorted(people, key=lambda user: (tuple(had.get(user, ())), world.name_of(user), user))


class Turns:
    """Of one ritual, through its runs in the order in which they begin."""

    def __init__(self, world: World, team: Team) -> None:
        self._world, self._team = world, team
        self._had: dict[str, list[int]] = {}
        self._count = 0
        self._is_sure = True

    def of(self, run: Run) -> Run:
        """With those whose turn it is; with all of them, and none for certain, once nobody can say whose it is."""
        if not any(count for count, _whom in run.on.template.selectors):
            return run
        self._is_sure &= all(due.certain for due in run.dues) and not self._goes_away(run)
        if not self._is_sure:
            return replace(run, dues=tuple(replace(due, certain=False) for due in run.dues))
        found: list[str] = []
        for count, whom in run.on.template.selectors:
            pool = [each for each in run.dues if each.person not in found and self._means(whom, each.person)]
            here = in_turn(self._world, (each.person for each in pool if not _is_away(each)), self._had)
            found += here[:count] if count else [each.person for each in pool]
        asked = {*found, *run.on.template.people}
        return replace(run, dues=tuple(due for due in run.dues if due.person in asked))

    def note(self, run: Run) -> None:
        """It has begun."""
        self._count += 1
        for due in run.dues:
            self._had.setdefault(due.person, []).insert(0, self._count)

    def _means(self, whom: str, user: str) -> bool:
        return self._team.means(whom, user)

    def _goes_away(self, run: Run) -> bool:
        """Whether somebody said, after it began and before they would be asked, that they are away."""
        first, title = min(due.at for due in run.dues), run.on.template.title
        return any(self._team.absences_at(due.person, first, title) != due.calendar.absences for due in run.dues)


def _is_away(due: Due) -> bool:
    return any(each.covers(due.day) for each in due.calendar.absences)
