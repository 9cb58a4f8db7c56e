"""Many changes while a message is on its way: the last state is what stands, with few updates."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from domain.runs import Prompt, PromptState
from sandbox.client import eventually, texts
from services import checkins
from storage import prompts
from tests.databases import patient
from tests.muster import Running, running

TWO_O_CLOCK = [datetime(2026, 12, 3, hour, tzinfo=UTC) for hour in (13, 17, 22)]
"""Thursday 14:00 in Berlin, São Paulo and Los Angeles; after the last, nobody's day to answer is over."""


def test_ten_answers_within_a_second_all_show_although_the_message_is_being_sent(database_url: str) -> None:
    with running(database_url) as muster, patient(muster.process.db.engine):
        muster.switch_on("fail-celebration")
        for moment in TWO_O_CLOCK:
            muster.people.jump_to(moment)
        grace = muster.people.person("Grace")
        asked = [(prompt.id, prompt.person_id) for prompt in sent_prompts(muster)]
        assert len(asked) == 8
        hold = muster.box.faults.add("chat.update", "hold", times=1, when="after")
        answer(muster, asked[0], "the first, whose update hangs")
        assert hold.reached.wait(10)
        rest = [*asked[1:], *asked[:3]]
        with ThreadPoolExecutor(10) as pool:
            list(pool.map(lambda each: answer(muster, each, "we learned a lot"), rest))
        hold.release()

        def summary() -> list[str]:
            return texts([each for each in grace.messages("forecast") if not each["broadcast"]][-1])

        assert eventually(lambda: "8 of 8 answered" in str(summary()))
        assert eventually(lambda: str(summary()).count("we learned a lot") == 8), summary()
        updates = [call for call in muster.box.log.calls("chat.update") if call.args["channel"].startswith("C")]
        assert len(updates) <= 6


def sent_prompts(muster: Running) -> list[Prompt]:
    with muster.process.db.read() as session:
        people = [person["id"] for person in muster.people.get("workspace")["people"]]
        return [
            prompt
            for person_id in people
            for prompt in prompts.of_person(
                session, workspace_id=muster.workspace_id, person_id=person_id, states=[PromptState.SENT]
            )
        ]


def answer(muster: Running, asked: tuple[int, str], text: str) -> None:
    prompt_id, person_id = asked
    checkins.submit(
        muster.process.db,
        workspace_id=muster.workspace_id,
        prompt_id=prompt_id,
        person_id=person_id,
        draft_id=f"draft {prompt_id}",
        given={"learned": text},
        now=muster.process.clock(),
    )
