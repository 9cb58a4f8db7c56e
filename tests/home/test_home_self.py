"""The part of App Home about oneself: what one facilitates and answered, and when one is away."""

from sandbox.client import Person, eventually, texts
from services import home
from storage.engine import Database
from surface.home import home_page
from tests.checkin.slack import BERLIN, answer, who
from tests.checkin.team import AFTER, ANA, BERLIN_ENDS, GRACE, WORKSPACE, settle_in
from tests.checkin.team import BERLIN as NINE_THIRTY
from tests.muster import running


def page(db: Database, person_id: str) -> str:
    card = home.card(db, workspace_id=WORKSPACE, person_id=person_id, now=BERLIN_ENDS)
    return str(home_page(card))


def test_it_shows_what_i_answered_and_how_many_have_answered_what_i_facilitate(database: Database) -> None:
    team = settle_in(database)
    team.at(NINE_THIRTY)
    team.answer(ANA, NINE_THIRTY + AFTER, moved="The labels came.")
    assert "*Weekly sync* in #forecast\\nopen now, 1 of 4 answered · next on Mon 30 Nov 2026" in page(
        database, GRACE.id
    )
    assert "The labels came." not in page(database, GRACE.id)
    assert "The labels came." in page(database, ANA.id)
    assert "Check-ins you facilitate" not in page(database, ANA.id)


def shown(person: Person) -> str:
    return "\n".join(texts(person.home() or {"blocks": []}))


def test_from_home_i_see_a_ritual_in_detail_and_say_when_i_am_away(tables_url: str) -> None:
    with running(tables_url) as muster:
        muster.switch_on()
        muster.people.jump_to(BERLIN)
        grace = answer(muster, "Grace")
        grace.home(open_tab=True)
        assert eventually(lambda: "1 of 8 answered" in shown(grace))
        answer(muster, "Chloe")
        assert eventually(lambda: "2 of 8 answered" in shown(grace)), "it follows"
        assert "Grace moved things." in shown(grace)
        grace.click(grace.home() or {}, "Details")
        assert "The last runs" in str(texts(grace.modal() or {}))
        grace.click(grace.modal() or {}, "History")
        assert "Nothing found that you can see." in str(texts(grace.modal() or {})), "it is still open"
        for _ in range(2):
            grace.close()
        grace.click(grace.home() or {}, "I am away")
        grace.fill({"First day": "2026-11-23", "Last day": "2026-11-24"})
        assert grace.submit() == {}
        grace.close()
        assert eventually(lambda: "You are away from Mon 23 Nov 2026 to Tue 24 Nov 2026." in shown(grace))
        grace.click(grace.home() or {}, "I am back")
        assert eventually(lambda: "You have not said that you are away." in shown(grace))
        assert who(muster, "Grace").modal() is None
