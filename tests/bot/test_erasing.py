"""`muster people erase` as whoever runs Muster types it."""

from contextlib import closing

import pytest

from bot.erasing import erase
from services.erasing import NoSuchPerson
from storage.engine import Database
from tests.bot.command import muster
from tests.checkin.team import ANA, BERLIN, settle_in


def test_it_says_what_there_is_first_and_erases_only_when_told_to(tables_url: str) -> None:
    with closing(Database(tables_url)) as db:
        team = settle_in(db)
        team.at(BERLIN)
        team.answer(ANA, BERLIN)
    asked = erase(tables_url, person="Ana", is_sure=False)
    assert asked.startswith("Ana (U1), with 2 answers in 1 check-in.\nNothing is erased yet: type the same with --yes")
    done = muster("people", "erase", "@Ana", "--yes", settings={"DATABASE_URL": tables_url})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Erased: Ana (U1), with 2 answers in 1 check-in.\n")
    assert "what others wrote or quoted in Slack" in done.stdout
    for typed in ("Ana", "Zoe"):
        with pytest.raises(NoSuchPerson, match=rf"Nobody in this database is called {typed}\."):
            erase(tables_url, person=typed, is_sure=True)
