"""The benchmarks run; what they measure is for `make bench`."""

from benchmarks.asking import ask


def test_the_benchmarks_know_the_tables_as_they_are() -> None:
    ours, floor = ask(2)
    assert min(ours, floor) > 0
