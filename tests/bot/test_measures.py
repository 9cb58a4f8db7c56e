"""`muster measures import` as whoever runs Muster types it."""

from contextlib import closing
from pathlib import Path

from storage.engine import Database
from tests.bot.command import muster
from tests.team import settle

TABLE = "measure,value,moment\nDrift,0.31,2020-11-19\nTickets,120,2020-11-19"


def test_a_file_is_brought_in_whole_or_refused_with_a_sentence(tables_url: str, tmp_path: Path) -> None:
    with closing(Database(tables_url)) as db:
        settle(db)
    file = tmp_path / "lab.csv"

    def bring(text: str, channel: str = "forecast") -> tuple[int, str]:
        file.write_text(text, encoding="utf-8")
        where = {"DATABASE_URL": tables_url}
        found = muster("measures", "import", str(file), "--channel", channel, settings=where)
        return found.returncode, found.stdout + found.stderr

    assert bring(TABLE) == (0, "Recorded in #forecast: 2 values.\n")
    assert bring(TABLE) == (0, "Nothing changed: 2 values of #forecast stood there so already.\n")
    assert bring(f"{TABLE}\nDrift,0.3,2020-11-12") == (
        0, "Recorded in #forecast: 1 value; 2 lines said nothing new.\n",
    )  # fmt: skip
    code, said = bring(f"{TABLE}\nDrift,1,2020-02-30")
    assert (code, said) == (1, "muster: Line 4: 2020-02-30 is no day of the calendar.\n")
    code, said = bring(TABLE, "nowhere")
    assert code == 1
    assert "Muster knows no channel nowhere." in said
    file.write_bytes(b"\xff\xfe")
    found = muster("measures", "import", str(file), "--channel", "C1", settings={"DATABASE_URL": tables_url})
    assert "lab.csv cannot be read: it is not UTF-8." in found.stderr
