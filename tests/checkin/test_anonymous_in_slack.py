"""An anonymous check-in through Bolt and real sockets: nothing of its form is left but the answers."""

from dataclasses import replace

from sqlalchemy import func
from sqlmodel import select

from bot.library import shipped_library
from domain.templates import Question, QuestionType
from sandbox.client import eventually, texts
from services import rituals
from storage.tables import AnonymousAnswerRow, DraftRow, KeptRow
from tests.checkin.slack import BERLIN, invitation, newest, who
from tests.muster import running
from tests.trail import entries

FINE, WHY = "Was the week fine?", "What was not?"
ASK = (
    Question("fine", FINE, QuestionType.ONE, options=("Yes", "No")),
    Question("why", WHY, QuestionType.LONG, condition=(("fine", ("No",)),)),
)


def test_an_answer_leaves_a_receipt_without_it_and_nothing_in_any_journal(tables_url: str) -> None:
    with running(tables_url) as muster:
        grace, chloe = who(muster, "Grace"), who(muster, "Chloe")
        rituals.switch_on(
            muster.process.db,
            workspace_id=muster.workspace_id,
            channel_id=grace.channel_id("forecast"),
            person_id=grace.id,
            template=replace(shipped_library()["weekly-sync"], ask=ASK, anonymous=5),
            now=muster.process.clock(),
        )
        muster.people.jump_to(BERLIN)
        chloe.click(invitation(chloe), "Answer")
        assert "whoever runs muster" in str(chloe.modal()).casefold()
        chloe.choose(FINE, "No")
        assert eventually(lambda: WHY in str(chloe.modal()))
        chloe.fill({WHY: "The planning."})
        assert chloe.submit() == {}
        assert eventually(lambda: "taken, thank you" in newest(chloe))
        assert "The planning." not in newest(chloe)
        assert not {"Answer", "Edit", "Skip today"} & set(texts(chloe.dm()[-1]))
        with muster.process.db.read() as session:
            rows = {
                table: session.exec(select(func.count()).select_from(table)).one()
                for table in (AnonymousAnswerRow, DraftRow, KeptRow)
            }
            assert rows == {AnonymousAnswerRow: 2, DraftRow: 0, KeptRow: 0}
        assert "planning" not in str(entries(muster.process.db))
