"""`muster people import` as whoever runs Muster types it."""

from contextlib import closing
from pathlib import Path

from storage import people
from storage.engine import Database
from tests.bot.command import muster
from tests.team import BEN, CHLOE, DEV, WORKSPACE, settle

TABLE = "Employee,Manager,Cost centre\nBen,Chloe,7\nDev,Chloe,7\n"
LEFT_OUT = """\
1 line has a problem and is left out:
Line 4: Gone is no longer in this workspace.
Not read: “Cost centre”.
"""


def test_a_file_is_looked_at_first_and_saved_only_when_asked(tables_url: str, tmp_path: Path) -> None:
    with closing(Database(tables_url)) as db:
        settle(db)
    file = tmp_path / "people.csv"

    def bring(text: str, *more: str) -> tuple[int, str]:
        file.write_text(text, encoding="utf-8-sig")
        found = muster("people", "import", str(file), *more, settings={"DATABASE_URL": tables_url})
        return found.returncode, found.stdout + found.stderr

    changes = "Ben: manager Chloe (was none)\nDev: manager Chloe (was none)\n2 people change manager.\n"
    later = "Nothing is saved yet: type the same with --yes to save it.\n"
    assert bring(TABLE) == (0, f"{changes}Not read: “Cost centre”.\n{later}")
    assert bring(f"{TABLE}Gone,Ben,7") == (1, f"{changes}{LEFT_OUT}{later}"), "not all of it can be saved"
    assert bring(f"{TABLE}Gone,Ben,7", "--yes") == (1, f"2 people set up.\n{LEFT_OUT}")
    assert bring(TABLE, "--yes") == (0, "0 people set up. 2 people needed no change.\nNot read: “Cost centre”.\n")
    with closing(Database(tables_url)) as db, db.read() as session:
        assert {each.id for each in people.reports_of(session, workspace_id=WORKSPACE, manager_id=CHLOE)} == {BEN, DEV}
    code, said = bring("Ben", "--workspace", "T9")
    assert (code, said[-28:]) == (1, "There are: Northlight (T1).\n")
