"""`/muster measures` as people use it, through Bolt and the sandbox."""

from sandbox.client import Person, eventually, texts
from storage import measures as stored
from tests.muster import Running

TABLE = """\
measure,value,moment,unit,source
Drift,0.31,2026-11-19,points,lab
Tickets,120,2026-11-19,a week,support desk"""


def listed(person: Person) -> str:
    return "\n".join(texts(person.ephemerals("forecast")[-1]))


def ask(person: Person) -> str:
    person.command("/muster", "measures", channel="forecast")
    return listed(person)


def test_a_team_begins_a_measure_and_adds_values_to_it(muster: Running) -> None:
    grace = muster.people.person("Grace")
    assert "No measure is followed in #forecast yet." in ask(grace)
    grace.click(grace.ephemerals("forecast")[-1], "New measure")
    grace.fill({"What is it called?": "Drift", "Unit": "points", "Where do its numbers come from?": "the lab"})
    assert grace.submit() == {}
    assert eventually(lambda: "*Drift*: no value yet" in listed(grace))
    grace.click(grace.ephemerals("forecast")[-1], "Add value")
    grace.fill({"Value (points)": "1,234"})
    assert grace.submit() == {"Value (points)": "1,234 may be 1234 or 1.234; write one of these."}
    grace.fill({"Value (points)": "0,31"})
    assert grace.submit() == {}
    assert eventually(lambda: "*Drift*: 0.31 points on Fri 20 Nov 2026" in listed(grace))
    assert "0.31 points on Fri 20 Nov 2026" in ask(muster.people.person("Ana"))


def test_a_value_is_taken_away_and_a_measure_changed_in_its_form(muster: Running) -> None:
    grace = muster.people.person("Grace")
    paste(grace, TABLE)
    grace.click(grace.ephemerals("forecast")[-1], "Add value")
    form = grace.modal() or {}
    assert "*0.31 points* · Thu 19 Nov 2026 · lab · from Grace" in "\n".join(texts(form))
    grace.click(form, "Remove")
    assert "Newest values" not in "\n".join(texts(grace.modal() or {}))
    grace.click(grace.modal() or {}, "Change the measure")
    grace.fill({"What is it called?": "Label drift"})
    assert grace.submit() == {}
    assert grace.modal() is None
    assert eventually(lambda: "*Label drift*: no value yet" in listed(grace))


def paste(person: Person, table: str) -> None:
    ask(person)
    person.click(person.ephemerals("forecast")[-1], "Paste a table")
    person.fill({"The table": table})
    assert person.submit() == {}
    shown = "\n".join(texts(person.modal() or {}))
    assert "As it is understood" in shown
    assert person.submit() == {}
    assert eventually(lambda: "Recorded in #forecast" in listed(person))


def test_a_pasted_table_is_shown_as_understood_before_it_is_recorded(muster: Running) -> None:
    grace = muster.people.person("Grace")
    ask(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Paste a table")
    grace.fill({"The table": TABLE.replace("0.31", "many")})
    assert grace.submit()["The table"].startswith("Line 2: “many” is no plain number")
    grace.fill({"The table": TABLE})
    assert grace.submit() == {}
    shown = "\n".join(texts(grace.modal() or {}))
    assert "*Drift* 0.31 points · Thu 19 Nov 2026 · lab" in shown
    assert "New here: Drift and Tickets." in shown
    with muster.process.db.read() as session:
        channel_id = grace.channel_id("forecast")
        assert stored.of_channel(session, workspace_id=muster.workspace_id, channel_id=channel_id) == []
    assert grace.submit() == {}
    assert eventually(lambda: "Recorded in #forecast: 2 values." in listed(grace))
    assert "*Tickets*: 120 a week on Thu 19 Nov 2026" in listed(grace)


def test_measures_are_taken_along_as_a_file(muster: Running) -> None:
    grace = muster.people.person("Grace")
    paste(grace, TABLE)
    grace.click(grace.ephemerals("forecast")[-1], "Take along as CSV")
    assert eventually(lambda: [each for each in grace.dm() if each.get("files")])
    (sent,) = [each for each in grace.dm() if each.get("files")]
    assert sent["files"][0]["name"] == "measures.csv"
    assert "The measures of #forecast, as you asked: 2 values." in "\n".join(texts(sent))


def test_a_direct_message_has_no_measures(muster: Running) -> None:
    grace = muster.people.person("Grace")
    grace.command("/muster", "measures", channel="app")
    assert "Measures belong to a channel." in "\n".join(texts(grace.ephemerals("app")[-1]))


DISAGREEING = """\
measure,value,moment
Quality,0.60,2026-11-04
Quality,0.66,2026-11-11
Quality,0.72,2026-11-18
Tickets,100,2026-11-04
Tickets,120,2026-11-11
Tickets,150,2026-11-18"""


def test_a_signal_offers_to_switch_on_what_answers_it_and_then_to_run_it(muster: Running) -> None:
    grace = muster.people.person("Grace")
    grace.command("/muster", "me", channel="forecast")
    grace.fill({"Function": "Product"})
    assert grace.submit() == {}
    grace.close(everything=True)
    paste(grace, DISAGREEING)
    assert "Quality rose 20 % and Tickets rose 50 %." in listed(grace)
    grace.click(grace.ephemerals("forecast")[-1], "Start a metrics translation")
    form = grace.modal() or {}
    assert "Metrics translation" in "\n".join(texts(form))
    assert grace.submit() == {}
    assert (grace.modal() or {})["title"]["text"] == "Switched on"
    grace.close(everything=True)
    grace.click(grace.ephemerals("forecast")[-1], "Start a metrics translation")
    assert "Run now" in "\n".join(texts(grace.modal() or {}))
