from collections.abc import Iterator

import pytest

from sandbox.server import Sandbox
from tests.muster import FRIDAY, MANIFEST, request_url


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as found:
        yield found


@pytest.fixture
def http_box() -> Iterator[Sandbox]:
    """A Slack that sends requests."""
    with (
        request_url() as url,
        Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False, request_url=url) as box,
    ):
        yield box
