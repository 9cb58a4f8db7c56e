"""Taking turns as facilitator, through Bolt and real sockets."""

from dataclasses import replace
from datetime import timedelta

from bot.library import shipped_library
from domain.cadence import parse
from services import rituals
from tests.checkin.slack import BERLIN, who
from tests.muster import running
from tests.seen import find


def test_whose_turn_it_is_looks_at_the_ritual_and_hands_it_over(tables_url: str) -> None:
    with running(tables_url) as muster:
        grace, ana, ben, dev = (who(muster, name) for name in ("Grace", "Ana", "Ben", "Dev"))
        daily = replace(shipped_library()["weekly-sync"], cadence=parse("every weekday at 09:30"), who=("everyone",))
        rituals.switch_on(
            muster.process.db,
            workspace_id=muster.workspace_id,
            channel_id=grace.channel_id("forecast"),
            person_id=grace.id,
            template=replace(daily, facilitator="1 of everyone"),
            now=muster.process.clock(),
        )
        find(ana.dm, "with you as its facilitator")
        muster.people.jump_to(BERLIN)
        muster.people.jump_to(BERLIN + timedelta(days=1, hours=1))
        told = find(ben.dm, "It is your turn to facilitate", "you come after Ana Souza", "Details", "Somebody else")
        ben.click(told, "Details")
        assert "Ben Okafor" in str(ben.modal())
        ben.close()
        ben.click(told, "Somebody else\N{HORIZONTAL ELLIPSIS}")
        ben.fill({"New facilitator": "Dev"})
        assert ben.submit() == {}
        find(dev.dm, "You facilitate", "in the place of Ben Okafor")
        find(ben.dm, "It was your turn to facilitate")
