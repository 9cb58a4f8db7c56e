"""An answer that becomes an action item, through Bolt and real sockets."""

from dataclasses import replace

from bot.library import shipped_library
from domain.templates import Question, QuestionType
from sandbox.client import eventually, texts
from services import rituals
from tests.checkin.slack import BERLIN, invitation, newest, who
from tests.muster import running
from tests.seen import find

NEXT, OWNER, DAY = "What should happen next?", "Who does it?", "By when?"
ASK = (
    Question("next", NEXT, QuestionType.SHORT, into="action.title"),
    Question("owner", OWNER, QuestionType.USER, optional=True, into="action.owner"),
    Question("day", DAY, QuestionType.DATE, optional=True, into="action.due"),
)


def test_an_answer_is_somebodys_to_do_until_it_is_taken_back(tables_url: str) -> None:
    with running(tables_url) as muster:
        grace, chloe, ben = who(muster, "Grace"), who(muster, "Chloe"), who(muster, "Ben")
        rituals.switch_on(
            muster.process.db,
            workspace_id=muster.workspace_id,
            channel_id=grace.channel_id("forecast"),
            person_id=grace.id,
            template=replace(shipped_library()["weekly-sync"], ask=ASK, who=(f"@{chloe.id}",)),
            now=muster.process.clock(),
        )
        muster.people.jump_to(BERLIN)
        chloe.click(invitation(chloe), "Answer")
        chloe.fill({NEXT: "Relabel March", OWNER: "Ben", DAY: "2026-11-20"})
        assert "That day has passed" in chloe.submit()[DAY]
        chloe.fill({DAY: "2026-12-01"})
        assert chloe.submit() == {}
        find(ben.dm, "Relabel March", "is yours", "asked for by Chloe", "from #forecast")
        assert eventually(lambda: "/action A-1" in newest(chloe))
        shown = ("Action items (1)", "Relabel March", "Ben", "asked for by", "Chloe", "1 Dec")
        find(lambda: grace.messages("forecast"), *shown)
        chloe.click(chloe.dm()[-1], "Edit")
        chloe.fill({NEXT: "Relabel April", OWNER: "Chloe"})
        assert chloe.submit() == {}
        find(ben.dm, "Relabel April", "was handed over to Chloe")
        find(lambda: grace.messages("forecast"), "Action items (1)", "Relabel April")
        assert not [each for each in chloe.dm() if "is yours" in " ".join(texts(each))], "she said it herself"
