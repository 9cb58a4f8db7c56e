"""Check-ins that came as one message are judged one by one."""

from dataclasses import replace
from datetime import timedelta

from domain.deliveries import Kind as Owed
from services import rituals
from simulation.joint import parted
from simulation.messages import Message, Version
from simulation.promises import asked, once
from simulation.recognition import IN_SHORT, Kind, recognise
from storage.engine import Database
from surface import kit
from tests.checkin.team import AFTER, ANA, BERLIN, BERLIN_ENDS, CHANNEL, FRIDAY, GRACE, WORKSPACE, settle_in, weekly
from tests.simulation.breaking import again, broken
from tests.simulation.story import Json, Prompt, invitation, local
from tests.simulation.week import MONDAY, Week, week

HOUR = timedelta(hours=1)


def as_seen(versions: list[kit.Message]) -> Message:
    """As the judge reads it from a trace."""
    seen = [Version(BERLIN, place, each.text, each.blocks) for place, each in enumerate(versions)]
    return Message("D1", "1.0", "UBOT", from_app=True, thread_ts=None, only_for=None, delivery="d", versions=seen)


def test_the_judge_finds_each_check_in_of_what_muster_really_sends(database: Database) -> None:
    team = settle_in(database)
    for name in ("retro", "plan"):
        template = replace(weekly(), id=name, title=name.capitalize(), purpose="What to try next.")
        who = {"workspace_id": WORKSPACE, "channel_id": CHANNEL, "person_id": GRACE.id}
        rituals.switch_on(team.db, **who, template=template, now=FRIDAY)
    team.at(BERLIN)
    team.answer(ANA, BERLIN, moved="A long story. " * 20, blocked="A long story. " * 20)
    team.at(BERLIN + AFTER)
    team.at(BERLIN_ENDS - 2 * HOUR)
    said = {key.partition(":")[0]: each for key, each in team.sent.items() if key.endswith(f":{ANA.id}")}
    for kind, wanted in ((Owed.PROMPT, Kind.PROMPT), (Owed.REMINDER, Kind.REMINDER)):
        parts = parted(as_seen(said[kind]))
        found = [what for part in parts if (what := recognise(part, is_direct=True))]
        titles = ["Weekly sync", "Retro", "Plan"] if kind is Owed.PROMPT else ["Weekly sync", "Retro"]
        assert [(each.kind, each.title) for each in found] == [(wanted, title) for title in titles]
        assert len({each.prompt for each in found}) == len(titles)
        assert {each.place for each in found} == {"#forecast"}
    assert [IN_SHORT in part.last.words for part in parted(as_seen(said[Owed.PROMPT]))] == [False, False, True]


def joint(found: Week) -> Json:
    """Ben's invitation with one to something that is not due before Tuesday."""
    posted = found.named["prompt ben"]
    other, blocks = invitation(Prompt("90", "board", "council", "ben", MONDAY))
    for line in found.story.lines:
        if line["kind"] == "message" and line["message"]["ts"] == posted["message"]["ts"]:
            message = line["message"]
            message["text"] = f"2 check-ins for you\n{message['text']}\n{other}"
            head = {"type": "section", "text": {"type": "mrkdwn", "text": "2 check-ins for you"}}
            message["blocks"] = [head, {"type": "divider"}, *message["blocks"], {"type": "divider"}, *blocks]
    return posted


def test_each_is_judged_by_what_it_is_about() -> None:
    found = week()
    joint(found)
    texts = broken(found)
    assert list(texts) == [asked.PROMISE]
    assert texts[asked.PROMISE] == ["Ben Okafor was asked for Board & agenda, and nothing of it was due."]


def test_the_same_message_posted_twice_is_found() -> None:
    found = week()
    again(found, joint(found), local("ana", 24, "17:00"))
    assert any("was posted twice" in text for text in broken(found)[once.PROMISE])
