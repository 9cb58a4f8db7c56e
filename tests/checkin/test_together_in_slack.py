"""Two check-ins at half past nine: one message, one reminder, in Slack."""

from dataclasses import replace
from datetime import timedelta

from bot.library import shipped_library
from sandbox.client import eventually, texts
from services import rituals
from tests.checkin.slack import BERLIN, CERTAIN, CONFIDENCE, MOVED, read, who
from tests.muster import Running

RETRO = replace(shipped_library()["weekly-sync"], id="retro", title="Retro", purpose="What to try next.")


def test_two_check_ins_of_one_minute_are_answered_in_one_message(muster: Running) -> None:
    grace = who(muster, "Grace")
    muster.people.jump_to(BERLIN + timedelta(days=1))
    rituals.switch_on(
        muster.process.db,
        workspace_id=muster.workspace_id,
        channel_id=grace.channel_id("forecast"),
        person_id=grace.id,
        template=RETRO,
        now=muster.process.clock(),
    )
    before = len(grace.dm())
    muster.people.jump_to(BERLIN + timedelta(days=7))
    (message,) = eventually(lambda: [each for each in grace.dm()[before:] if "check-ins for you" in each["text"]])
    assert texts(message).count("Answer") == 2
    grace.click(message, "Answer", nth=1)
    grace.fill({MOVED: "We tried it.", CONFIDENCE: CERTAIN})
    assert grace.submit() == {}

    def now() -> str:
        return read(next(each for each in grace.dm() if each["ts"] == message["ts"]))

    assert eventually(lambda: "1 still open" in now())
    assert "Retro: answered, thank you. What moved" in now()
    assert "We tried it." in now()
    muster.people.jump_to(BERLIN + timedelta(days=7, hours=7))
    assert eventually(lambda: any(each["text"].startswith("Reminder: Weekly sync") for each in grace.dm()))
    assert not any("Reminder: Retro" in read(each) for each in grace.dm())
