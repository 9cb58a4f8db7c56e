"""Somebody who was erased in what others fill in, through Bolt and the sandbox."""

from services import erasing
from tests.muster import running
from tests.seen import find


def test_a_decision_that_named_somebody_who_was_erased_is_edited_as_before(database_url: str) -> None:
    with running(database_url) as muster:
        ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
        ana.command("/decision", "Small model", channel="forecast")
        ana.fill({"What was decided?": "Ship it", "Why?": "Cheaper", "Approver": "Ben"})
        ana.click(ana.modal() or {}, "People")
        ana.fill({"Driver": "Dev", "Contributors": ["Dev", "Chloe"], "Informed": ["Dev"]})
        assert ana.submit() == {}
        find(ben.dm, "Small model", "asks you to approve")
        db = muster.process.db
        erasing.erase(db, erasing.look(db, typed="Dev Patel").person, now=muster.process.clock())
        ana.command("/decision", "D-1", channel="forecast")
        ana.click(find(lambda: ana.ephemerals("forecast"), "Small model", "Edit"), "Edit")
        ana.click(ana.modal() or {}, "People")
        shown = str(ana.modal())
        assert "'Driver'" in shown
        assert muster.people.person_id("Chloe") in shown
        assert "UERASED" not in shown
        ana.fill({"Driver": "Ana"})
        assert ana.submit() == {}
        find(ben.dm, "Small model", "asks you to approve")
