"""Fixtures: a Muster beside a sandbox, and the one who presses and types."""

from collections.abc import Iterator

import pytest

from sandbox.client import Person
from tests.muster import Running, running


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


@pytest.fixture
def grace(muster: Running) -> Person:
    return muster.people.person("Grace")
