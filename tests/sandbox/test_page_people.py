"""The sandbox's page in use: channels and people are made, changed and put away; several workspaces."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, manifest, told
from tests.sandbox.browser import Sit, act_as, box, helper, log, sit
from tests.sandbox.sound import is_sound

__all__ = ["box", "helper", "sit"]

pytestmark = pytest.mark.usefixtures("helper")


def test_a_channel_is_made_in_the_sidebar(sit: Sit) -> None:
    page = sit("Ana")
    page.get_by_role("button", name="Create a channel").click()
    form = page.get_by_role("dialog", name="Create a channel")
    form.get_by_label("Name").press_sequentially("Plan Budget")
    expect(form.get_by_label("Name")).to_have_value("plan-budget")
    form.get_by_role("checkbox", name="Private: only who is invited sees it").check()
    form.get_by_role("button", name="Create").click()
    expect(page.get_by_role("textbox", name="Message #plan-budget")).to_be_visible()
    act_as(page, "Ben")
    expect(page.get_by_role("link", name="plan-budget")).to_have_count(0)


def test_a_name_that_is_taken_is_refused_in_words(sit: Sit) -> None:
    page = sit("Ana")
    page.get_by_role("button", name="Create a channel").click()
    form = page.get_by_role("dialog", name="Create a channel")
    form.get_by_label("Name").fill("forecast")
    form.get_by_role("button", name="Create").click()
    expect(page.get_by_role("status").get_by_text("There is a channel of that name already.")).to_be_visible()
    expect(form.get_by_label("Name")).to_have_value("forecast")


def test_a_channel_is_renamed_made_private_archived_and_brought_back(sit: Sit) -> None:
    page, dev = sit("Ben", "support-quality"), sit("Dev")
    title = page.get_by_role("main").get_by_role("heading").first.get_by_role("button")
    about = page.get_by_role("dialog", name="About #")
    title.click()
    about.get_by_label("Name").fill("answers")
    about.get_by_label("Topic").fill("What they say")
    about.get_by_role("button", name="Save").click()
    expect(page.get_by_role("banner").get_by_text("What they say")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("What they say")
    expect(dev.get_by_role("link", name="answers")).to_be_visible()

    title.click()
    about.get_by_role("button", name="Make private").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Make private").click()
    expect(dev.get_by_role("link", name="answers")).to_have_count(0)

    title.click()
    about.get_by_role("button", name="Archive channel").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Archive").click()
    expect(page.get_by_text("This channel is archived.", exact=True)).to_be_visible()
    archived = page.get_by_role("region", name="Archived channels")
    expect(archived.get_by_role("link", name="answers")).to_be_visible()
    title.click()
    about.get_by_role("button", name="Bring back from the archive").click()
    expect(page.get_by_role("textbox", name="Message #answers")).to_be_visible()


def test_a_member_takes_the_app_out(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    page.get_by_role("button", name="9 members").click()
    page.get_by_role("dialog").get_by_role("button", name="Take Helper out").click()
    expect(page.get_by_role("button", name="8 members")).to_be_visible()
    expect(log(page)).to_contain_text("Helper has left the channel")
    members = client.get(
        "conversation", **{"as": client.person_id("Ana")}, channel=client.person("Ana").channel_id("forecast")
    )
    assert client.person_id("Helper") not in members["channel"]["members"]


def test_a_profile_shows_where_and_when_somebody_is_and_can_be_changed(sit: Sit) -> None:
    page = sit("Ana", "Ben Okafor")
    page.get_by_role("main").get_by_role("heading", name="Ben Okafor").get_by_role("button").click()
    profile = page.get_by_role("dialog", name="Ben Okafor")
    expect(profile).to_contain_text("Fri 16:00 there · Berlin, UTC+1")
    profile.get_by_label("Zone").select_option("Asia/Tokyo")
    profile.get_by_label("Status emoji").fill(":palm_tree:")
    profile.get_by_label("Status", exact=True).fill("On holiday")
    profile.get_by_role("checkbox", name="Away").check()
    profile.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Ben Okafor, away")).to_contain_text("🌴")
    page.get_by_role("main").get_by_role("heading", name="Ben Okafor").get_by_role("button").click()
    expect(profile).to_contain_text("Sat 00:00 there · Tokyo, UTC+9")
    expect(profile).to_contain_text("On holiday")
    profile.get_by_role("button", name="Act as Ben").click()
    expect(page.get_by_role("button", name="Acting as Ben Okafor")).to_be_visible()


def test_quiet_hours_are_set_from_the_menu_of_people_and_the_app_hears_of_them(sit: Sit, box: Sandbox) -> None:
    page = sit("Ana")
    page.keyboard.press("Control+j")
    page.keyboard.type("quiet")
    page.keyboard.press("Enter")
    profile = page.get_by_role("dialog", name="Ana Souza")
    profile.get_by_label("Do not disturb from").fill("22:00")
    profile.get_by_role("button", name="Save").click()
    expect(profile.get_by_label("Until")).to_be_focused()  # One time alone is none.
    profile.get_by_label("Until").fill("08:00")
    profile.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").get_by_text("Changed: Ana Souza")).to_be_visible()
    (heard,) = told(box, "dnd_updated_user")
    assert heard["dnd_status"]["dnd_enabled"]
    page.keyboard.press("Control+j")
    page.keyboard.type("quiet")
    page.keyboard.press("Enter")
    expect(profile).to_contain_text("Wants quiet from 22:00 to 08:00")


def test_a_link_is_kept_at_the_top_of_a_channel_and_taken_away(sit: Sit) -> None:
    page = sit("Ana")
    main = page.get_by_role("main")

    def bookmarks() -> Locator:
        main.get_by_role("heading", name="forecast").get_by_role("button").click()
        page.get_by_role("dialog", name="About").get_by_role("button", name="Bookmarks").click()
        return page.get_by_role("dialog", name="Bookmarks of #forecast")

    form = bookmarks()
    form.get_by_label("Name").fill("The board")
    form.get_by_label("Link").fill("https://example.com/board")
    form.get_by_role("button", name="Add bookmark").click()
    kept = main.get_by_role("link", name="The board")
    expect(kept).to_have_attribute("href", "https://example.com/board")
    bookmarks().get_by_role("button", name="Remove The board").click()
    expect(kept).to_have_count(0)


def test_somebody_is_deactivated_and_comes_back(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    page.get_by_role("button", name="People").click()
    page.keyboard.type("ben")
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Ben Okafor").get_by_role("button", name="Deactivate").click()
    expect(page.get_by_role("link", name="Ben Okafor")).to_have_count(0)
    assert next(one for one in client.get("workspace")["people"] if one["name"] == "Ben Okafor")["deleted"]
    page.get_by_role("button", name="People").click()
    page.get_by_role("option", name="Ben Okafor, ML engineer, deactivated").click()
    page.get_by_role("dialog", name="Ben Okafor").get_by_role("button", name="Reactivate").click()
    expect(page.get_by_role("link", name="Ben Okafor")).to_be_visible()


def test_whoever_deactivates_themselves_goes_on_as_somebody_else(sit: Sit) -> None:
    page = sit("Ben", "app")
    page.get_by_role("button", name="People").click()
    page.get_by_role("option", name="Ben Okafor").click()
    page.get_by_role("dialog", name="Ben Okafor").get_by_role("button", name="Deactivate").click()
    expect(page.get_by_role("button", name="Acting as Grace Kim")).to_be_visible()


def test_whoever_is_deactivated_by_others_learns_it(sit: Sit, client: Client) -> None:
    page = sit("Ben")
    client.change_person("Ben", deleted=True)
    expect(page.get_by_role("status").get_by_text("Ben Okafor was deactivated.")).to_be_visible()
    expect(page.get_by_role("button", name="Acting as Grace Kim")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message #forecast")).to_be_visible()


def test_several_people_are_written_to_at_once(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    page.get_by_role("button", name="People").click()
    page.get_by_role("option", name="Write to several people").click()
    form = page.get_by_role("dialog", name="Write to several people")
    form.get_by_role("checkbox", name="Ben Okafor").check()
    form.get_by_role("checkbox", name="Chloe Martin").check()
    form.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("textbox", name="Message Ana Souza")).to_have_count(0)
    message = page.get_by_role("textbox", name="Message Ben Okafor, Chloe Martin")
    message.fill("Lunch?")
    message.press("Enter")
    expect(log(page)).to_contain_text("Lunch?")
    assert eventually(lambda: client.person("Chloe").sidebar()["groups"][0]["unread"]) == 1


def test_what_the_app_may_do_is_written_on_its_page(sit: Sit) -> None:
    page = sit("Ana", "app")
    page.get_by_role("tab", name="About").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Helper is installed in Northlight AI.")
    expect(main.get_by_text("/form [all | short]")).to_be_visible()
    expect(main.get_by_text("chat:write", exact=True)).to_be_visible()


OTHER = {
    "workspace": "Blue Door",
    "installed": False,
    "people": [
        {"name": "Mia Rossi", "title": "Editor", "tz": "Europe/Rome", "is_admin": True},
        {"name": "Jo Park", "title": "Designer", "tz": "Asia/Seoul"},
    ],
    "channels": [{"name": "general", "members": "everyone"}],
}


@pytest.fixture
def two() -> Iterator[Sandbox]:
    app = manifest()
    app["oauth_config"]["redirect_urls"] = ["http://127.0.0.1/back"]
    with Sandbox(more=[OTHER], manifest=app, start=FRIDAY) as running:
        yield running


def test_each_workspace_has_people_of_its_own_and_may_install_the_app(two: Sandbox, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(two.url)
        page.get_by_role("button", name="Workspace Northlight AI").click()
        page.get_by_role("menuitemradio", name="Blue Door").click()
        expect(page.get_by_role("button", name="Acting as Mia Rossi")).to_be_visible()
        expect(page.get_by_role("link", name="general")).to_be_visible()
        page.get_by_role("button", name="Acting as Mia Rossi").click()
        expect(page.get_by_role("dialog", name="Act as").get_by_role("option")).to_have_count(3)
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Helper").first.click()
        page.get_by_role("link", name="Install Helper").click()
        expect(page.get_by_role("heading")).to_contain_text("Helper is asking for access")
        is_sound(page)
