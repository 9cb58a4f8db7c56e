"""Planted: a form that Slack gave up on, though it was taken, and that is sent again until Slack hears so."""

from datetime import timedelta

from simulation.action_ids import ACTION_FORM
from simulation.promises import records
from tests.simulation.items import says, send, tell, utc
from tests.simulation.week import Week, week

SENT = utc(11, 24, "15:39")
VALUES = {"What is to be done?": "Settle it [eeee-0099]", "Owner": "Ben Okafor"}


def sent_again(told: bool = True) -> Week:
    """Ben is told when it is sent first; Slack hears that it was taken only the third time."""
    found = week()
    first = send(found, "ana", SENT, ACTION_FORM, VALUES)
    if told:
        tell(found, "ben", SENT, "A-9: Settle it [eeee-0099] is yours. Ana Souza asked for it.")
        tell(found, "ana", SENT, "Recorded A-9: Settle it [eeee-0099]. Ben Okafor owns it.")
    for seconds in (15, 75):
        again = send(found, "ana", SENT + timedelta(seconds=seconds), ACTION_FORM, VALUES)
        again |= {"view_id": first["view_id"], "private_metadata": first["private_metadata"]}
        again["ok"] = seconds == 75
    first["ok"] = False
    return found


def test_whoever_was_told_when_it_was_first_sent_was_told() -> None:
    assert says(sent_again(), records) == []


def test_nobody_told_at_all_is_found() -> None:
    assert "Ben Okafor was not told of 'Settle it [eeee-0099]'" in says(sent_again(told=False), records)[0]
