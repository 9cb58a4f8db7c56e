"""Setting up a workspace that nobody has set up, as its people do it, through Bolt and the sandbox."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.people import Person as Known
from sandbox.client import Person, eventually, texts
from sandbox.state import UserGroup
from services import people as people_service
from services import sync
from storage import channels, groups
from storage import people as stored
from tests.muster import FRIDAY, Running, running
from tests.seen import find

CHOOSE = "Whom do you want to set up?"
NOT_IN_CHANNEL = "Muster is not in this channel. Type `/invite @Muster` here, then try the same again."


@pytest.fixture
def blank(tables_url: str) -> Iterator[Running]:
    """A workspace that has never heard of Muster."""
    with running(tables_url, seed="empty") as found:
        yield found


def said(person: Person, command: str, text: str = "", *, channel: str = "forecast") -> str:
    """What the person is answered."""
    person.command(command, text, channel=channel)
    return "\n".join(texts(person.ephemerals(channel)[-1]))


def shown(person: Person) -> str:
    return "\n".join(texts(person.modal() or {"blocks": []}))


def posted(person: Person, channel: str) -> list[str]:
    found = [message for message in person.messages(channel) if not message["ephemeral"] and message.get("app")]
    return ["\n".join(texts(message)) for message in found]


def known(muster: Running, name: str) -> Known:
    with muster.process.db.read() as session:
        person_id = muster.people.person_id(name)
        found = stored.person(session, workspace_id=muster.workspace_id, person_id=person_id)
    assert found
    return found


def members(muster: Running, channel_id: str) -> set[str]:
    with muster.process.db.read() as session:
        return channels.member_ids(session, workspace_id=muster.workspace_id, channel_id=channel_id)


def has_bot(muster: Running, channel_id: str) -> bool:
    with muster.process.db.read() as session:
        found = channels.channel(session, workspace_id=muster.workspace_id, channel_id=channel_id)
    return found is not None and found.has_bot


def latest(muster: Running, kind: str) -> str:
    """The id of what Slack last delivered of a kind."""
    found = [each["id"] for each in muster.people.deliveries() if each["payload"].get("type") == kind]
    return str(found[-1])


def test_a_blank_workspace_is_set_up_in_slack(blank: Running) -> None:
    ada, bo = blank.people.person("Ada"), blank.people.person("Bo")
    assert said(ada, "/ritual", "on weekly-sync", channel="general") == NOT_IN_CHANNEL
    ada.invite("general", "Muster")
    general = ada.channel_id("general")
    assert eventually(lambda: members(blank, general))
    assert posted(ada, "general") == []
    ada.command("/muster", "people", channel="general")
    ada.choose(CHOOSE, "Bo")
    ada.fill({"Function": "design", "Manager": "Ada", "Working hours": "mon-thu 9-17"})
    assert ada.submit() == {}
    assert "Saved: *Bo Lind*: design" in shown(ada)
    assert "On in this channel" not in said(ada, "/ritual", channel="general")
    answer = said(ada, "/ritual", "on weekly-sync", channel="general")
    assert "It first asks on Mon 23 Nov 2026 at 09:30" in answer
    assert "Design (1): Bo Lind" in answer
    assert eventually(lambda: "switched on by Ada Lane" in str(posted(bo, "general")))
    for _ in range(3):
        blank.people.next_event()
    assert eventually(lambda: "Weekly sync" in str([texts(message) for message in bo.dm()]))


def test_switching_on_and_off_is_said_in_the_channel(muster: Running) -> None:
    grace = muster.people.person("Grace")
    assert "Weekly sync is on here" in said(grace, "/ritual", "on weekly-sync").replace("*", "")
    assert said(grace, "/ritual", "on weekly-sync").startswith("Weekly sync is already on in this channel.")
    assert "is off here" in said(grace, "/ritual", "off weekly-sync")
    assert eventually(lambda: "has been switched off by Grace Kim" in str(posted(grace, "forecast")))
    assert len(posted(grace, "forecast")) == 1


def test_mistakes_are_marked_on_their_field_and_the_rest_stays(muster: Running) -> None:
    grace = muster.people.person("Grace")
    grace.command("/muster", "people", channel="forecast")
    grace.choose(CHOOSE, "Ana")
    grace.fill({"Function": "research", "Manager": "Ana", "Working hours": "whenever"})
    marked = grace.submit()
    assert set(marked) == {"Manager", "Working hours"}
    grace.fill({"Manager": "Grace", "Working hours": "mon-fri 10-18"})
    assert grace.submit() == {}
    assert known(muster, "Ana").manager_id == grace.id
    grace.choose(CHOOSE, "Ben")
    grace.fill({"Function": "ml"})
    assert grace.submit() == {}
    assert known(muster, "Ben").hours == known(muster, "Chloe").hours


def test_a_form_sent_before_the_fields_of_the_chosen_person_came_changes_nobody(muster: Running) -> None:
    grace, before = muster.people.person("Grace"), known(muster, "Ben")
    grace.command("/muster", "people", channel="forecast")
    grace.choose(CHOOSE, "Ana Souza")
    grace.fill({"Function": "legal", CHOOSE: "Ben Okafor"})
    assert grace.submit() == {}
    assert known(muster, "Ben") == before
    assert known(muster, "Ana").function != "legal"
    grace.fill({"Function": "design"})
    assert grace.submit() == {}
    assert known(muster, "Ben").function == "design"


def test_a_choice_on_a_form_that_has_changed_meanwhile_is_no_trouble(muster: Running) -> None:
    grace = muster.people.person("Grace")
    grace.command("/muster", "people", channel="forecast")
    muster.box.faults.add("views.update", "error", error="hash_conflict")
    grace.choose(CHOOSE, "Ana Souza")
    grace.choose(CHOOSE, "Ben Okafor")
    assert "Working hours" in shown(grace)
    assert not muster.box.log.calls("views.push")


def test_whoever_does_not_lead_sets_only_themselves(muster: Running) -> None:
    ben = muster.people.person("Ben")
    ben.command("/muster", f"people <@{muster.people.person_id('Ana')}>", channel="forecast")
    assert CHOOSE not in shown(ben)
    assert "Role" not in shown(ben)
    assert "set up others. Here you set up yourself." in shown(ben)
    assert "Decides which questions you are asked." in shown(ben)
    ben.fill({"Function": "ml", "Public holidays": "Bayern"})
    assert set(ben.submit()) == {"Public holidays"}
    ben.fill({"Public holidays": "DE-Bayern", "Quiet hours": "12-13", "Reminders": "Light: 1 a day"})
    assert ben.submit() == {}
    ben_now = known(muster, "Ben")
    assert (ben_now.function, ben_now.region, str(ben_now.quiet)) == ("ml", "DE-BY", "12:00-13:00")
    assert said(ben, "/muster", "people csv").startswith("Only leads, managers, execs")


def test_a_form_that_was_open_meanwhile_changes_only_what_was_changed_in_it(muster: Running) -> None:
    grace, ben = muster.people.person("Grace"), muster.people.person("Ben")
    grace.command("/muster", "people", channel="forecast")
    grace.choose(CHOOSE, "Ben Okafor")
    ben.command("/muster", "me", channel="forecast")
    ben.fill({"Function": "ml"})
    assert ben.submit() == {}
    grace.fill({"Working hours": "mon-thu 10-18"})
    assert grace.submit() == {}
    assert (known(muster, "Ben").function, str(known(muster, "Ben").hours)) == ("ml", "mon-thu 10:00-18:00")


def test_a_submission_that_comes_again_changes_nothing(muster: Running) -> None:
    ben = muster.people.person("Ben")
    ben.command("/muster", "away", channel="forecast")
    ben.fill({"First day": "2026-12-01", "Last day": "2026-12-04"})
    assert ben.submit() == {}
    assert muster.people.again(latest(muster, "view_submission"))
    assert len(known(muster, "Ben").absences) == 1
    assert "from Tue 1 Dec 2026 to Fri 4 Dec 2026" in shown(ben)
    assert said(ben, "/muster", "back").startswith("You are not away today.")


def test_everything_unknown_is_answered_with_what_can_be_typed(muster: Running) -> None:
    grace = muster.people.person("Grace")
    assert "Did you mean `/muster people`?" in said(grace, "/muster", "peple")
    assert "`/muster away`" in said(grace, "/muster", "  HELP ")
    assert "`/ritual on weekly-sync`" in said(grace, "/ritual", "frobnicate <!channel>")
    assert "Did you mean `weekly-sync`" in said(grace, "/ritual", "on weekly")
    assert "You are away on Sat 21 Nov 2026" in said(grace, "/muster", "away tomorrow dentist")
    grace.command("/muster", "away until soon", channel="forecast")
    assert "“until soon” is not understood as whole days, so please choose them here." in shown(grace)
    assert "'initial_value': 'until soon'" in str(grace.modal()), "it may have been meant as the reason"
    assert said(grace, "/muster", "away HELP").startswith("`/muster away` opens a form for the days.")
    grace.close()
    grace.command("/muster", "away 2026-12-24 to 2026-12-01", channel="forecast")
    assert "“2026-12-24 to 2026-12-01” is not understood as whole days" in shown(grace)
    grace.close()
    assert "`/decision list`" in said(grace, "/muster", "decision help")
    assert "`/action list`" in said(grace, "/muster", "action help")
    assert "Which one?" in said(grace, "/muster", "ritual on")
    assert said(grace, "/muster", "me foo") == (
        "`/muster me` takes nothing after it, so “foo” is not understood. Type `/muster me` alone."
    )
    assert said(grace, "/muster", "back 2026-12-01").startswith("`/muster back` takes nothing after it")
    for known_word in ("people help", "help people", "me help", "help back"):
        assert "`/muster people list` shows who is set up" in said(grace, "/muster", known_word)
    assert "`/decision list`" in said(grace, "/muster", "help decision")
    assert "Did you mean `/muster people`?" in said(grace, "/muster", "help peple")
    assert said(grace, "/muster", "people cvs").startswith("`/muster people` does not know “cvs”. Type")
    assert "does not understand “frobnicate” here" in said(grace, "/checkin", "frobnicate")
    assert "does not understand" not in said(grace, "/muster", "checkin HELP")


def test_whoever_leaves_a_private_channel_is_no_longer_a_member_for_muster(muster: Running) -> None:
    farid = muster.people.person("Farid")
    pricing = farid.channel_id("pricing")
    assert farid.id in members(muster, pricing)
    farid.leave("pricing")
    assert eventually(lambda: farid.id not in members(muster, pricing))
    assert eventually(lambda: not sync.doubted_channels(muster.process.db, workspace_id=muster.workspace_id))
    assert muster.people.again(latest(muster, "event_callback"))
    assert eventually(lambda: not sync.doubted_channels(muster.process.db, workspace_id=muster.workspace_id))
    assert farid.id not in members(muster, pricing)


def test_muster_taken_out_of_a_channel_tells_the_host_and_goes_on_when_invited_again(muster: Running) -> None:
    muster.switch_on(by="Grace")
    grace = muster.people.person("Grace")
    forecast = grace.channel_id("forecast")
    muster.people.post("leave", **{"as": grace.id}, channel=forecast, user=muster.people.person_id("Muster"))
    assert eventually(lambda: not has_bot(muster, forecast))
    assert eventually(lambda: "Muster is no longer in #forecast" in str([texts(message) for message in grace.dm()]))
    assert said(grace, "/ritual") == NOT_IN_CHANNEL
    grace.invite("forecast", "Muster")
    assert eventually(lambda: has_bot(muster, forecast))
    assert "On in this channel" in said(grace, "/ritual")


def test_an_archived_channel_pauses_its_rituals(muster: Running) -> None:
    muster.switch_on(by="Grace")
    grace = muster.people.person("Grace")
    assert eventually(lambda: posted(grace, "forecast"))
    muster.people.post("archive", channel=grace.channel_id("forecast"))
    assert eventually(lambda: "#forecast is archived" in str([texts(message) for message in grace.dm()]))
    for _ in range(2):
        muster.people.next_event()
    assert "Please answer by" not in str([texts(message) for message in grace.dm()])


def test_people_who_change_or_leave_are_followed(muster: Running) -> None:
    muster.people.change_person("Ben", tz="Asia/Tokyo")
    assert eventually(lambda: known(muster, "Ben").zone_name == "Asia/Tokyo")
    ana = muster.people.person_id("Ana")
    muster.people.change_person("Ana", deleted=True)
    assert eventually(lambda: known(muster, ana).left)
    done, missing, _names = people_service.listing(
        muster.process.db, workspace_id=muster.workspace_id, actor_id=muster.people.person_id("Grace")
    )
    assert ana not in {person.id for person in [*done, *missing]}


def test_whoever_comes_back_is_known_at_once_to_be_in_their_channels(muster: Running) -> None:
    muster.switch_on(by="Grace")
    ana = muster.people.person_id("Ana")
    forecast = muster.people.person("Grace").channel_id("forecast")
    muster.people.change_person("Ana", deleted=True)
    assert eventually(lambda: known(muster, ana).left)
    sync.doubt_channel(muster.process.db, workspace_id=muster.workspace_id, channel_id=forecast, now=FRIDAY)
    assert eventually(lambda: ana not in members(muster, forecast)), "Slack names nobody who is deactivated"
    muster.people.change_person("Ana", deleted=False)
    assert eventually(lambda: ana in members(muster, forecast))


def test_whoever_facilitates_from_now_on_hears_it_in_one_direct_message(muster: Running) -> None:
    muster.switch_on(by="Ben")
    people_service.set_up(
        muster.process.db,
        workspace_id=muster.workspace_id,
        actor_id=muster.people.person_id("Grace"),
        person_id=muster.people.person_id("Chloe"),
        given={"role": "lead"},
        shown={},
        now=muster.process.clock(),
    )
    chloe = muster.people.person("Chloe")
    muster.people.change_person("Ben", deleted=True)
    find(chloe.dm, "*Weekly sync* in #forecast now, because Ben Okafor has left.", "`/ritual off weekly-sync` ends it.")
    events = [
        each for each in muster.people.deliveries() if each["payload"].get("event", {}).get("type") == "user_change"
    ]
    assert muster.people.again(events[-1]["id"])
    muster.people.next_event()
    assert len([message for message in chloe.dm() if "You facilitate" in message["text"]]) == 1


def test_user_groups_are_read_again_from_slack_with_time(muster: Running) -> None:
    def members() -> set[str]:
        with muster.process.db.read() as session:
            return {each.name for each in groups.members(session, workspace_id=muster.workspace_id, group_id="S1")}

    ids = [muster.people.person_id(name) for name in ("Ana", "Chloe")]
    muster.box.slack.first.workspace.groups["S1"] = UserGroup("S1", "reviewers", "Reviewers", ids, 0, ids[0])
    assert members() == set()
    muster.people.jump_to(muster.process.clock() + timedelta(hours=7))
    assert eventually(lambda: members() == {"Ana Souza", "Chloe Martin"}), members()
