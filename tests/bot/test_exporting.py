"""`muster export answers` as whoever runs Muster types it."""

from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from services import auditing
from storage.engine import Database
from tests.bot.command import muster
from tests.records import run
from tests.team import settle


def test_it_prints_the_table_only_reads_and_says_what_is_wrong(tables_url: str, tmp_path: Path) -> None:
    db = Database(tables_url)
    settle(db)
    run(db)
    db.close()
    path = Path(make_url(tables_url).database or "")
    before = path.read_bytes()
    settings = {"DATABASE_URL": tables_url}
    found = muster("export", "answers", "--ritual", "1", settings=settings)
    assert (found.returncode, found.stdout.split(), found.stderr) == (
        0,
        ["run_day,ritual,version,question_id,question,answer,function,person,late,edited"],
        "",
    )
    assert path.read_bytes() == before
    private = muster("export", "answers", "--ritual", "1", "--format", "json", "--include-private", settings=settings)
    assert (private.returncode, private.stdout) == (0, "[]\n")
    with closing(Database(tables_url)) as db:
        (trail,) = auditing.check(db)
    assert f"The audit trail goes up to {trail.head}: with that" in private.stderr
    unknown = muster("export", "answers", "--ritual", "7", settings=settings)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "There is no ritual 7 in this database. Choose one of these: 1 (Sync)." in unknown.stderr
    nothing = muster("export", "answers", "--ritual", "1", settings={"DATABASE_URL": f"sqlite:///{tmp_path}/no.db"})
    assert nothing.returncode == 1
    assert "Traceback" not in nothing.stderr
    assert not (tmp_path / "no.db").exists()
