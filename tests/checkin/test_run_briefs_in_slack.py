"""What stands above the answers of a run, in the channel: with a language model, and while Muster is stopped."""

from dataclasses import replace

import pytest

from bot.library import shipped_library
from bot.settings_model import ModelSettings
from briefs.endpoint.contract import EndpointSettings
from domain.templates import Post
from sandbox.client import Person, eventually
from services import rituals
from tests.checkin.slack import BERLIN, CERTAIN, CONFIDENCE, MOVED, invitation, read, who
from tests.checkin.test_telling_in_slack import LAST_ENDS, MINUTE, head
from tests.model.answering import honest
from tests.model.server import standing_in
from tests.muster import Running, running

SAID = {
    "Ben": "Cleared half of the labelling backlog",
    "Chloe": "The labelling backlog grew in the fresh-food stores",
    "Farid": "The backlog of labelling waits for new guidelines",
}


def switch_on(muster: Running) -> None:
    grace = who(muster, "Grace")
    rituals.switch_on(
        muster.process.db,
        workspace_id=muster.workspace_id,
        channel_id=grace.channel_id("forecast"),
        person_id=grace.id,
        template=replace(shipped_library()["weekly-sync"], post=Post(brief=True)),
        now=muster.process.clock(),
    )


def answer(person: Person, moved: str) -> None:
    person.click(invitation(person), "Answer")
    person.fill({MOVED: moved, CONFIDENCE: CERTAIN})
    assert person.submit() == {}


@pytest.mark.parametrize("is_worded", [False, True])
def test_it_comes_into_the_summary_without_anybody_asking(tables_url: str, *, is_worded: bool) -> None:
    with standing_in(honest) as server:
        endpoint = ModelSettings(EndpointSettings(server.url, "small-1"), 500_000) if is_worded else None
        with running(tables_url, model=endpoint) as muster:
            switch_on(muster)
            muster.people.jump_to(BERLIN)
            for name, moved in SAID.items():
                answer(who(muster, name), moved)
            for moment in (BERLIN.replace(hour=12), BERLIN.replace(hour=17), LAST_ENDS - MINUTE, LAST_ENDS):
                muster.people.jump_to(moment)
            eventually(lambda: "In short" in read(head(muster)))
            said = read(head(muster))
        assert ("Worded by small-1" if is_worded else "(similar: ") in said
        assert len(server.requests) == is_worded
        assert not any(name in request.text for request in server.requests for name in SAID)
