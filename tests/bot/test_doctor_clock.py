"""What `muster doctor` says of this machine's clock, compared with the moment Slack gives."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.doctor import _clock
from domain.clock import machine_now


@pytest.mark.parametrize("seconds", [-90, 90])
def test_a_clock_that_slack_will_soon_refuse_is_to_be_set(seconds: int) -> None:
    told = format_datetime(machine_now() + timedelta(seconds=seconds), usegmt=True)
    found = _clock({"date": told})
    assert found.found.endswith(" s away from Slack's")
    assert found.mend == "Let the machine set its clock by NTP."


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_that_is_a_little_off_is_fine(seconds: int) -> None:
    told = format_datetime(machine_now() + timedelta(seconds=seconds), usegmt=True)
    assert _clock({"date": told}).found == "agrees with Slack's"
