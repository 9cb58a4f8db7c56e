"""One's own settings, through Bolt and the sandbox."""

from tests.muster import Running
from tests.people.test_people_in_slack import known, shown


def test_whoever_sets_up_others_changes_their_own_settings_in_a_form_of_its_own(muster: Running) -> None:
    grace = muster.people.person("Grace")
    grace.command("/muster", "me", channel="forecast")
    form = grace.modal() or {}
    assert form["title"]["text"] == "Your settings"
    assert "Paste a list" not in shown(grace)
    grace.fill({"Quiet hours": "12-13"})
    assert grace.submit() == {}
    assert str(known(muster, "Grace").quiet) == "12:00-13:00"
    assert (grace.modal() or {})["title"]["text"] == "Your settings"
    assert "Saved: " in shown(grace)
