"""`muster people erase` as whoever runs Muster types it."""

from contextlib import closing

import pytest

from bot.erasing import erase
from services.forgetting import NoSuchPerson
from storage.engine import Database
from tests.bot.command import muster
from tests.checkin.team import ANA, BERLIN, settle_in


def test_it_says_what_there_is_first_and_deletes_it_only_when_told_to(tables_url: str) -> None:
    with closing(Database(tables_url)) as db:
        team = settle_in(db)
        team.at(BERLIN)
        team.answer(ANA, BERLIN)
    asked = erase(tables_url, person="Ana", is_sure=False)
    assert asked.startswith("2 answers of Ana (U1) in 1 check-in.\nNothing is deleted yet: type the same with --yes")
    done = muster("people", "erase", "@Ana", "--yes", settings={"DATABASE_URL": tables_url})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Deleted: 2 answers of Ana (U1) in 1 check-in.\n")
    assert "Blockers, action items and decisions stay" in done.stdout
    assert erase(tables_url, person="Ana", is_sure=False).startswith("0 answers of Ana (U1)")
    with pytest.raises(NoSuchPerson, match=r"Nobody in this database is called Zoe\."):
        erase(tables_url, person="Zoe", is_sure=True)
