"""Planted: a blocker that was cleared, in a message to somebody who has left the workspace meanwhile, or has not."""

from datetime import timedelta

import pytest

from simulation.promises import blocked
from tests.simulation.breaking import broken
from tests.simulation.story import buttons, channel, direct, local, user
from tests.simulation.week import week

AT = local("ben", 25, "10:00")


@pytest.mark.parametrize("has_left", [True, False])
def test_what_only_somebody_who_left_could_still_press_is_left_open(*, has_left: bool) -> None:
    found = week()
    text = "Ana Souza is blocked and says that you can clear it: No data [aaaa-0002]"
    found.story.post(AT - timedelta(hours=1), direct("cai"), text, [buttons(("Cleared", "blocker.clear", "7"))])
    if has_left:
        found.story.add("person", AT - timedelta(minutes=30), user=user("cai"), changed={"deleted": True})
    fields = {"label": "Cleared", "action_id": "blocker.clear", "value": "7", "where": "message"}
    found.story.did("ben", "clicked", AT, **fields, channel=channel("forecast"), ts="1")
    assert (blocked.PROMISE in broken(found)) is not has_left
