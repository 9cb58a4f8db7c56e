"""`/muster model`, as somebody types it in Slack."""

from collections.abc import Iterator

import pytest

from sandbox.client import Person, texts
from tests.muster import Running, running


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


def typed(person: Person, text: str = "", channel: str = "forecast") -> str:
    person.command("/muster", f"model {text}".strip(), channel=channel)
    return "\n".join(texts(person.ephemerals(channel)[-1]))


def test_without_a_model_it_says_that_nothing_leaves_the_machine(muster: Running) -> None:
    said = typed(muster.people.person("Ben"))
    assert "No language model is set up" in said
    assert "nothing leaves this machine" in said
    assert "`/muster model on`" not in said, "who may not change it is not told how"


def test_those_who_lead_switch_it_here_and_everywhere(muster: Running) -> None:
    grace = muster.people.person("Grace")
    assert "*#forecast*: on." in typed(grace)
    assert "*#forecast*: off." in typed(grace, "OFF")
    assert "*#forecast*: on." in typed(grace, "on")
    assert "*This workspace*: off, in all channels." in typed(grace, "workspace off")
    assert "*#forecast*: on." in typed(grace, "workspace on")


def test_others_may_not(muster: Running) -> None:
    assert "may do that. Ask one of them." in typed(muster.people.person("Ben"), "off")
    assert "*#forecast*: on." in typed(muster.people.person("Ben"))


def test_what_is_not_understood_gets_an_example(muster: Running) -> None:
    said = typed(muster.people.person("Grace"), "everywhere on")
    assert "everywhere on" in said
    assert "`/muster model workspace off`" in said
