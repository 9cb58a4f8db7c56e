"""Being marked as away, and days off, through Bolt and the sandbox."""

from sandbox.client import Person, eventually, texts
from tests.muster import running


def said(person: Person, text: str) -> str:
    """What the person is answered."""
    person.command("/muster", text, channel="forecast")
    return "\n".join(texts(person.ephemerals("forecast")[-1]))


def test_a_manager_marks_somebody_as_away_and_a_lead_adds_a_day_off(tables_url: str) -> None:
    with running(tables_url) as muster:
        grace, ben = muster.people.person("Grace"), muster.people.person("Ben")
        grace.command("/muster", f"people <@{ben.id}>", channel="forecast")
        grace.fill({"Manager": "Grace"})
        assert grace.submit() == {}
        grace.command("/muster", f"away <@{ben.id}>", channel="forecast")
        grace.fill({"First day": "2026-12-01", "Last day": "2026-12-04", "Reason": "A new child"})
        assert grace.submit() == {}
        assert "Ben Okafor is away from Tue 1 Dec 2026 to Fri 4 Dec 2026" in str(grace.modal())
        assert eventually(
            lambda: "Grace Kim marked you as away from Tue 1 Dec 2026" in str([texts(m) for m in ben.dm()])
        )
        grace.command("/muster", f"away <@{ben.id}> 2026-11-20 2026-11-24", channel="forecast")
        assert said(grace, f"back <@{ben.id}>") == "Ben Okafor is asked again from today on. Muster tells them."
        assert eventually(lambda: "Grace Kim ended your absence." in str([texts(m) for m in ben.dm()]))
        assert "• Thu 24 Dec 2026 (Christmas Eve)" in said(grace, "days add 2026-12-24 Christmas Eve")
        assert "Public holidays* of DE-BY, next Fri 25 Dec 2026" in said(grace, "days region Germany-Bayern")
        assert said(ben, "days remove 2026-12-24").startswith("Only leads")
        assert "`/muster days` does not know “frob”" in said(ben, "days frob")


def test_what_is_said_ahead_is_taken_back_where_it_is_shown(tables_url: str) -> None:
    with running(tables_url) as muster:
        ben = muster.people.person("Ben")
        for days in ("2026-12-24 to 2026-12-31 Skiing", "2027-02-01", "2027-03-01"):
            assert "You are away" in said(ben, f"away {days}")
        ben.click(ben.ephemerals("forecast")[-1], "Take back")
        assert eventually(lambda: "Taken back: you are not away on Mon 1 Mar 2027." in str(ben.ephemerals("forecast")))
        answer = said(ben, "back")
        assert answer.startswith("You are not away today. To take back what is still to come, press *Take back*.")
        assert "from Thu 24 Dec 2026 to Thu 31 Dec 2026 (Skiing)" in answer
        ben.home(open_tab=True)
        assert eventually(lambda: "Mon 1 Feb 2027" in str(ben.home()))
        ben.click(ben.home() or {}, "Take back")
        assert eventually(lambda: "Skiing" not in str(ben.home()))
        ben.click(ben.home() or {}, "I am away")
        ben.fill({"First day": "2027-04-01"})
        ben.click(ben.modal() or {}, "Take back")
        assert eventually(lambda: "Mon 1 Feb 2027" not in str(ben.modal()))
        ben.fill({"Last day": "2027-04-02"})
        assert ben.submit() == {}
        assert "You are away from Thu 1 Apr 2027 to Fri 2 Apr 2027" in str(ben.modal())
        ben.click(ben.modal() or {}, "Take back")
        assert eventually(lambda: "Taken back: you are not away from Thu 1 Apr 2027" in str(ben.modal()))
        ben.close()
        assert eventually(lambda: "You have not said that you are away." in str(ben.home()))
