"""Who is asked in turn, run after run: fairly, whoever is away, comes or goes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.people import Absence, Person
from domain.selectors import in_turn

MONDAY = date(2026, 11, 23)
TEAM = tuple(
    Person("T1", f"U{number}", name) for number, name in enumerate(["Ana", "Ben", "Chloe", "Dev", "Ana", "Eve"])
)
"""Two of them have the same name."""
teams = st.lists(st.sampled_from(TEAM), unique=True, min_size=1)
counts = st.integers(1, 4)
absences = st.lists(st.sets(st.sampled_from([each.id for each in TEAM])), min_size=12, max_size=12)
"""Who is away, run by run."""


class Rotation:
    """A run a day; whom each asks."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.last: dict[str, tuple[int, ...]] = {}
        self.asked: list[list[str]] = []

    def run(self, team: Iterable[Person], away: Iterable[str] = ()) -> list[str]:
        day = MONDAY + timedelta(days=len(self.asked))
        gone = tuple(away)
        here = (replace(each, absences=(Absence(day, day),)) if each.id in gone else each for each in team)
        found = [each.id for each in in_turn(here, self.count, self.last, day)]
        self.asked.append(found)
        self.last |= {each: (len(self.asked), *self.last.get(each, ())) for each in found}
        return found

    @property
    def times(self) -> Counter[str]:
        return Counter(person_id for found in self.asked for person_id in found)


@given(teams, counts, st.integers(0, 20))
def test_nobody_is_asked_twice_more_than_anybody_else(team: list[Person], count: int, runs: int) -> None:
    rotation = Rotation(count)
    for _ in range(runs):
        found = rotation.run(team)
        assert len(found) == len(set(found)) == min(count, len(team))
        times = [rotation.times[each.id] for each in team]
        assert max(times) - min(times) <= 1


@given(st.permutations(TEAM), counts)
def test_the_order_in_which_people_are_listed_decides_nothing(team: list[Person], count: int) -> None:
    one, other = Rotation(count), Rotation(count)
    for _ in range(6):
        assert one.run(TEAM) == other.run(team)


@given(teams, counts, absences)
def test_who_is_away_is_passed_over_and_comes_first_when_back(
    team: list[Person], count: int, away: list[set[str]]
) -> None:
    """Of those who are here, whoever is asked had it no later than whoever is not."""
    rotation = Rotation(count)
    for gone in away:
        before = dict(rotation.last)
        found = rotation.run(team, gone)
        here = [each.id for each in team if each.id not in gone]
        assert not set(found) & gone
        assert len(found) == min(count, len(here))
        left = [before.get(each, (0,))[0] for each in here if each not in found]
        assert all(before.get(each, (0,))[0] <= min(left, default=99) for each in found)


@given(teams, absences)
def test_one_after_the_other_nobody_waits_longer_than_it_takes_to_go_round(
    team: list[Person], away: list[set[str]]
) -> None:
    """Counted in runs in which they were here: being away never costs anybody their place."""
    rotation = Rotation(1)
    for gone in away:
        rotation.run(team, gone)
    for person in team:
        waited = 0
        for gone, found in zip(away, rotation.asked, strict=True):
            waited = 0 if person.id in found else waited + (person.id not in gone)
            assert waited < len(team)


@given(st.permutations(TEAM), counts, st.integers(0, 6))
def test_a_leaver_changes_nothing_of_the_order_of_the_others(team: list[Person], count: int, runs: int) -> None:
    rotation = Rotation(count)
    for _ in range(runs):
        rotation.run(team)
    everybody = [each.id for each in in_turn(team, len(team), rotation.last, None)]
    leaver, *stay = team
    left = [each.id for each in in_turn(stay, len(stay), rotation.last, None)]
    assert left == [each for each in everybody if each != leaver.id]


@given(st.permutations(TEAM), counts, st.integers(1, 6))
def test_a_joiner_is_asked_next_and_the_others_go_on_in_their_order(team: list[Person], count: int, runs: int) -> None:
    joiner, *others = team
    rotation = Rotation(count)
    for _ in range(runs):
        rotation.run(others)
    before = [each.id for each in in_turn(others, len(others), rotation.last, None)]
    after = [each.id for each in in_turn(team, len(team), rotation.last, None)]
    assert [each for each in after if each != joiner.id] == before
    waiting = sum(each.id not in rotation.last for each in others)
    assert after.index(joiner.id) <= waiting


@given(st.permutations(TEAM), st.integers(1, 6), st.integers(0, 12))
def test_a_joiner_is_soon_asked_as_often_as_the_others(team: list[Person], joins: int, runs: int) -> None:
    """Never asked first, they are not made to catch up: after that they come round like anybody."""
    joiner, *others = team
    rotation = Rotation(1)
    for _ in range(joins):
        rotation.run(others)
    since = len(rotation.asked)
    for _ in range(runs):
        rotation.run(team)
    times = Counter(person_id for found in rotation.asked[since:] for person_id in found)
    assert max((times[each.id] for each in others), default=0) - times[joiner.id] <= 1
    assert times[joiner.id] - min((times[each.id] for each in others), default=0) <= 1
