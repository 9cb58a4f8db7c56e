"""`muster people erase` as whoever runs Muster types it."""

from contextlib import closing

from storage.engine import Database
from tests.bot.command import muster
from tests.checkin.team import ANA, BERLIN, settle_in

SECRET = "The licence of the Frankfurt cluster"


def test_it_says_what_there_is_first_and_deletes_it_only_when_told_to(tables_url: str) -> None:
    with closing(Database(tables_url)) as db:
        team = settle_in(db)
        team.at(BERLIN)
        team.answer(ANA, BERLIN, moved=SECRET)
    settings = {"DATABASE_URL": tables_url}
    asked = muster("people", "erase", "Ana", settings=settings)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.startswith(
        "2 answers of Ana (U1) in 1 check-in.\nNothing is deleted yet: type the same with --yes"
    )
    done = muster("people", "erase", "Ana", "--yes", settings=settings)
    assert done.stdout.startswith("Deleted: 2 answers of Ana (U1) in 1 check-in.\n")
    assert "Blockers, action items and decisions stay" in done.stdout
    assert muster("people", "erase", "Ana", settings=settings).stdout.startswith("0 answers of Ana (U1)")
    unknown = muster("people", "erase", "Zoe", settings=settings)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "Nobody in this database is called Zoe." in unknown.stderr
