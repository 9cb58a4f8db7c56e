"""A Bolt app in JavaScript lives in the sandbox as it would in Slack: see javascript/app.js."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sandbox.client import Client, Person, eventually, texts
from sandbox.server import Sandbox
from sandbox.state import Json
from tests.sandbox import node


@pytest.fixture(scope="module")
def over_socket_mode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with _quiet(node.over_socket_mode, tmp_path_factory.mktemp("javascript")) as box:
        yield box


@pytest.fixture(scope="module")
def over_http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with _quiet(node.over_http, tmp_path_factory.mktemp("javascript")) as box:
        yield box


@contextmanager
def _quiet(connected: Callable[[Path], AbstractContextManager[Sandbox]], folder: Path) -> Iterator[Sandbox]:
    """Whatever the SDK complains of is a fault of the sandbox."""
    with connected(folder / "said") as box:
        yield box
    assert (folder / "said").read_text() == ""


@pytest.fixture(params=["over_socket_mode", "over_http"])
def box(request: pytest.FixtureRequest) -> Sandbox:
    """A sandbox with the app in it, for all tests."""
    found: Sandbox = request.getfixturevalue(request.param)
    return found


def tell(person: Person, title: str) -> Json:
    """Tells an idea in #forecast; the answer is its message."""
    person.command("/idea", title, channel="forecast")
    eventually(person.modal)
    person.fill({"Topic": "Pricing"})
    assert person.submit() == {}
    return eventually(lambda: message(person, title))


def message(person: Person, title: str) -> Json:
    found = (m for m in person.messages("forecast") if m["app"] and title in texts(m)[0])
    return next(found, {})


def test_a_command_opens_a_form_that_marks_mistakes_and_then_posts(client: Client) -> None:
    ana = client.person("Ana")
    ana.command("/idea", "Two", channel="forecast")
    form = eventually(ana.modal)
    assert form is not None
    assert texts(form)[0] == "New idea"
    ana.fill({"Topic": "Pricing"})
    assert ana.submit() == {"What": "Say it in five characters or more."}
    ana.fill({"What": "Two prices, not three"})
    assert ana.submit() == {}
    assert ana.modal() is None
    posted = eventually(lambda: message(ana, "Two prices"))
    assert texts(posted)[0] == "*Two prices, not three* (Pricing): 1 is for it"


def test_a_form_that_was_submitted_before_is_marked_as_such(client: Client) -> None:
    ben = client.person("Ben")
    tell(ben, "Label the edge cases")
    ben.command("/idea", "Label the edge cases", channel="forecast")
    eventually(ben.modal)
    ben.fill({"Topic": "Labelling"})
    assert ben.submit() == {"What": "There is such an idea already."}
    ben.close()


def test_a_click_updates_the_message_and_a_second_click_is_answered_to_its_person_alone(client: Client) -> None:
    chloe, dev = client.person("Chloe"), client.person("Dev")
    posted = tell(chloe, "Ask three customers")
    dev.click(posted, "I am for it")
    assert eventually(lambda: "2 are for it" in texts(message(chloe, "Ask three"))[0])
    dev.click(message(dev, "Ask three"), "I am for it")
    assert [texts(m) for m in eventually(lambda: dev.ephemerals("forecast"))] == [["You are for it already."]]
    assert chloe.ephemerals("forecast") == []


def test_a_reaction_counts_as_a_click(client: Client) -> None:
    chloe, dev = client.person("Chloe"), client.person("Dev")
    dev.react(tell(chloe, "Write less"), "bulb")
    assert eventually(lambda: "2 are for it" in texts(message(chloe, "Write less"))[0])


def test_home_shows_what_there_is_and_opens_the_form(client: Client) -> None:
    erin = client.person("Erin")
    erin.home(open_tab=True)
    home = eventually(erin.home)
    assert home is not None
    assert texts(home)[:2] == ["Ideas", "New idea"]
    tell(erin, "Answer within a day")
    assert eventually(lambda: "*Answer within a day* (Pricing): 1 is for it" in texts(erin.home() or {}))
    erin.click(erin.home() or {}, "New idea")
    assert eventually(erin.modal)
    erin.close()


def test_the_message_menu_opens_the_form_with_what_was_said(client: Client) -> None:
    farid, grace = client.person("Farid"), client.person("Grace")
    ts = farid.say("forecast", "Write the licence on one page")
    said = next(m for m in grace.messages("forecast") if m["ts"] == ts)
    grace.shortcut("Keep as an idea", said)
    eventually(grace.modal)
    grace.fill({"Topic": "Support"})
    assert grace.submit() == {}
    assert eventually(lambda: message(farid, "Write the licence"))


def test_a_global_shortcut_opens_the_form_anywhere(client: Client) -> None:
    hana = client.person("Hana")
    hana.shortcut("New idea")
    eventually(hana.modal)
    hana.fill({"What": "Ask in the morning", "Topic": "Support", "Where": "forecast"})
    assert hana.submit() == {}
    assert eventually(lambda: message(hana, "Ask in the morning"))


def test_what_somebody_types_is_looked_for_by_the_app(client: Client) -> None:
    ben = client.person("Ben")
    ben.shortcut("New idea")
    form = eventually(ben.modal)
    assert form is not None
    assert ben.offered(form, "Topic", "PRI") == ["Pricing"]
    assert ben.offered(form, "Topic", "o") == ["Forecast", "Onboarding", "Support"]
    assert ben.offered(form, "Topic", "x") == []
    ben.close()


def test_a_form_closed_unsent_is_answered_to_its_person(client: Client) -> None:
    hana = client.person("Hana")
    hana.command("/idea", "Never mind", channel="forecast")
    eventually(hana.modal)
    hana.close()
    assert [texts(m) for m in eventually(lambda: hana.ephemerals("forecast"))] == [["Nothing was kept."]]


def test_a_command_may_be_answered_with_text_alone(client: Client) -> None:
    grace = client.person("Grace")
    tell(grace, "Say what it costs")
    grace.command("/idea", "list", channel="forecast")
    (listed,) = grace.ephemerals("forecast")
    assert "*Say what it costs* (Pricing): 1 is for it" in texts(listed)[0]


def test_a_direct_message_is_answered_in_its_thread(client: Client) -> None:
    ana = client.person("Ana")
    tell(ana, "Start on Mondays")
    ts = ana.say("app", "ideas?")
    replies = eventually(lambda: ana.messages("app", thread=ts)[1:])
    assert "*Start on Mondays* (Pricing): 1 is for it" in texts(replies[0])[0]


def test_a_person_installs_it_and_it_works(browser: Browser, tmp_path: Path) -> None:
    said = tmp_path / "said"
    with node.installable(said) as (box, begin), Client(box.url) as client, closing(browser.new_page()) as page:
        page.goto(begin)
        page.get_by_label("You are").select_option(label="Grace Kim, Northlight AI")
        page.get_by_role("button", name="Allow").click()
        expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
        client.person("Grace").invite("forecast", "Ideas")
        tell(client.person("Ana"), "Let people install it")
    assert "ERROR" not in said.read_text()


def test_an_app_in_javascript_reaches_this_machine_only(tmp_path: Path) -> None:
    far, said = tmp_path / "far.js", tmp_path / "said"
    far.write_text("fetch('http://192.0.2.1/').catch((error) => console.log(error.cause.message));")
    with node.running(far, said) as process:
        process.wait(10)
    assert said.read_text() == "Tests speak to this machine only; an app in JavaScript asked for 192.0.2.1.\n"
