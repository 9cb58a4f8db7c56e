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
        assert "Public holidays* of DE-BY, next Fri 25 Dec" in said(grace, "days region Germany-Bayern")
        assert said(ben, "days remove 2026-12-24").startswith("Only leads")
        assert "`/muster days` does not know “frob”" in said(ben, "days frob")
