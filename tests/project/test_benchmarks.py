"""The benchmarks run; what they measure is for `make bench`."""

from benchmarks.asking import ask
from benchmarks.digesting import Team, living, tell


def test_the_benchmarks_know_the_tables_as_they_are() -> None:
    ours, floor = ask(2)
    assert min(ours, floor) > 0
    with living(Team(weeks=1, people=4)) as db:
        assert tell(db) > 0
