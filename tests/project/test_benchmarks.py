"""The benchmarks run; what they measure is for `make bench`."""

from benchmarks.arriving import arrive
from benchmarks.asking import ask
from benchmarks.digesting import Team, living, tell


def test_the_benchmarks_know_the_tables_as_they_are() -> None:
    ours, floor = ask(2)
    assert min(ours, floor) > 0
    with living(Team(weeks=1, people=4)) as db:
        assert tell(db) > 0


def test_digests_arrive_in_their_own_hour_within_slacks_limits() -> None:
    assert arrive(10)[0] < 60
