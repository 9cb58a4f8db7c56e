from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox
from tests.muster import FRIDAY, MANIFEST


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as found:
        yield found
