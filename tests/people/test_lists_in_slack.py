"""Lists of people as somebody pastes them, through Bolt and the sandbox."""

from tests.muster import Running
from tests.people.test_people_in_slack import known, shown


def test_a_pasted_list_is_shown_as_understood_before_it_is_saved(muster: Running) -> None:
    grace = muster.people.person("Grace")
    grace.command("/muster", "people", channel="forecast")
    grace.click(grace.modal() or {}, "Paste a list")
    grace.fill({"The list": "Benn, ml"})
    assert grace.submit() == {"The list": "Line 1: nobody here is called “Benn”. Did you mean Ben Okafor?"}
    ana, ben = known(muster, "Ana").email, known(muster, "Ben").email
    lines = ["E-mail;Reports to;Grade", f"{ana.upper()};Grace Kim;4", f"{ben};@Grace;", f"z{ana};;"]
    grace.fill({"The list": "\n".join(lines)})
    assert grace.submit() == {}
    assert "2 people change manager." in shown(grace)
    assert "Ana Souza: manager Grace Kim (was none)" in shown(grace)
    assert f"1 line has a problem and is left out:*\nLine 4: nobody here has the address “z{ana}”" in shown(grace)
    assert "Not read: “Grade”." in shown(grace)
    assert known(muster, "Ana").manager_id is None
    assert grace.submit() == {}
    assert shown(grace).startswith("Set up people\n2 people set up.")
    assert known(muster, "Ana").manager_id == known(muster, "Ben").manager_id == grace.id


def test_a_list_that_is_changed_after_the_look_is_shown_again(muster: Running) -> None:
    grace = muster.people.person("Grace")
    grace.command("/muster", "people csv", channel="forecast")
    grace.fill({"The list": "Ana, research"})
    assert grace.submit() == {}
    grace.fill({"The list": "Ana, legal"})
    assert grace.submit() == {}
    assert known(muster, "Ana").function is None
    assert "Ana Souza: function legal (was none)" in shown(grace)
