"""Managers that a field of Slack's profiles names, as Muster reads them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.errors import NotAllowed
from domain.people import Person
from domain.profile_managers import GONE, ManagerField, assigned
from sandbox.client import Client, texts
from sandbox.server import Sandbox
from schedules.membership import Membership
from services import people as setting_up
from services import profile_managers, sync
from storage import people
from storage.engine import Database
from surface.slack import Slack
from tests.muster import FRIDAY, MANIFEST, Running
from tests.people.test_people_in_slack import said
from tests.team import audited

T = "T0000000001"
FIELD = "Xf0MANAGER"
GET = "users.profile.get"


class Reading:
    """What Muster reads from a sandbox, with a clock the test turns."""

    def __init__(self, box: Sandbox, hands: Client, db: Database) -> None:
        self.box, self.db, self.now = box, db, FRIDAY
        self.ids = {name: hands.person_id(name) for name in ("Ana", "Ben", "Chloe", "Dev", "Grace")}
        box.world.workspace.profile_fields = {"Xf0PHONE": "Desk", FIELD: "Line  Manager"}
        self.membership = self.replica()
        self.membership.begin(T)

    def replica(self) -> Membership:
        return Membership(self.db, lambda: self.now, Slack(self.box.bot_token, f"{self.box.url}/api/"))

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.box.world.workspace.people[self.ids[name]].fields[FIELD] = value

    def choose(self, name: str = "line manager", by: str = "Grace") -> ManagerField:
        who = {"workspace_id": T, "actor_id": self.ids[by]}
        return profile_managers.choose(self.db, **who, name=name, now=self.now)

    def read(self, turns: int = 30) -> None:
        for _ in range(turns):
            self.membership.recheck(T)

    def known(self, name: str) -> Person:
        with self.db.read() as session:
            found = people.person(session, workspace_id=T, person_id=self.ids[name])
        assert found
        return found

    def managers(self) -> dict[str, str]:
        names = {person_id: name for name, person_id in self.ids.items()}
        found = {name: self.known(name).manager_id for name in self.ids}
        return {name: names[manager] for name, manager in found.items() if manager}

    def say(self, name: str, manager: str) -> None:
        setting_up.set_up(
            self.db,
            workspace_id=T,
            actor_id=self.ids["Grace"],
            person_id=self.ids[name],
            given={"manager": self.ids[manager] if manager else ""},
            shown={},
            now=self.now,
        )

    @property
    def asked(self) -> list[str]:
        return [str(call.args["user"]) for call in self.box.log.calls(GET)]


@pytest.fixture
def reading(database: Database) -> Iterator[Reading]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box, Client(box.url) as hands:
        sync.save_workspace(database, workspace_id=T, name="Northlight", url="https://northlight.slack.com/")
        yield Reading(box, hands, database)


def test_the_field_assigns_people_by_id_address_or_name_once_a_day(reading: Reading) -> None:
    grace = reading.ids["Grace"]
    reading.fill(
        Ana=f"{grace},{reading.ids['Dev']}", Ben="Grace Kim", Chloe=reading.known("Ana").email, Dev="the board"
    )
    reading.read()
    assert reading.asked == [], "no field is chosen"
    reading.choose()
    reading.read()
    assert reading.managers() == {"Ana": "Grace", "Ben": "Grace", "Chloe": "Ana"}
    assert profile_managers.shown(reading.db, workspace_id=T, actor_id=grace).assigned == 3
    assert ("person set up", reading.ids["Ana"], "Slack profile") in audited(reading.db)
    count = len(reading.asked)
    assert count == len(set(reading.asked)), "each is asked for once"
    reading.fill(Ana=reading.ids["Dev"], Ben="")
    reading.read()
    assert len(reading.asked) == count
    reading.now += timedelta(days=1)
    reading.read()
    assert reading.managers() == {"Ana": "Dev", "Ben": "Grace", "Chloe": "Ana"}, "an empty one takes nobody away"


def test_whom_somebody_chose_stays_until_it_is_cleared(reading: Reading) -> None:
    reading.say("Ana", "Ben")
    reading.fill(Ana="Grace Kim")
    reading.choose()
    reading.read()
    assert reading.managers() == {"Ana": "Ben"}
    reading.say("Ana", "")
    reading.now += timedelta(days=1)
    reading.read()
    assert reading.managers() == {"Ana": "Grace"}
    ana = f"name,manager\n{reading.ids['Ana']},Grace Kim"
    who = {"workspace_id": T, "actor_id": reading.ids["Grace"]}
    setting_up.set_up_list(reading.db, **who, text=ana, now=reading.now)
    reading.fill(Ana=reading.ids["Dev"])
    reading.now += timedelta(days=1)
    reading.read()
    assert reading.managers() == {"Ana": "Grace"}, "a table that says the same is a choice, too"


def test_a_field_that_is_not_there_is_not_asked_for_again_that_day_and_said(reading: Reading) -> None:
    reading.choose("Boss")
    reading.read()
    assert profile_managers.found(reading.db, workspace_id=T) == ManagerField("Boss", GONE)
    assert len(reading.box.log.calls("team.profile.get")) == 1
    reading.box.world.workspace.profile_fields[FIELD] = "Boss"
    reading.fill(Ana="Grace Kim")
    reading.now += timedelta(days=1)
    reading.read()
    assert profile_managers.found(reading.db, workspace_id=T).trouble == ""
    assert reading.managers() == {"Ana": "Grace"}


def test_reading_goes_on_where_it_was_broken_off(reading: Reading) -> None:
    reading.choose(FIELD)
    reading.read(2)
    reading.box.faults.add(GET, "ratelimited", retry_after=30)
    reading.read(3)
    first = reading.asked
    assert len(first) == 3, "one a turn, and Slack is not asked before the time it named"
    reading.now += timedelta(seconds=31)
    reading.membership = reading.replica()
    reading.read()
    again = [each for each in set(reading.asked) if reading.asked.count(each) > 1]
    assert again == [first[2]], "who was read is not read again"
    assert set(reading.ids.values()) <= set(reading.asked)


def test_another_field_is_read_from_the_start_and_off_reads_none(reading: Reading) -> None:
    reading.choose("Desk")
    reading.read(2)
    reading.fill(Ana="Grace Kim", Ben="Grace Kim")
    reading.now += timedelta(seconds=1)
    reading.choose()
    reading.read()
    assert reading.managers() == {"Ana": "Grace", "Ben": "Grace"}
    count = len(reading.asked)
    reading.choose("OFF")
    reading.now += timedelta(days=2)
    reading.read()
    assert len(reading.asked) == count
    assert reading.managers() == {"Ana": "Grace", "Ben": "Grace"}


def test_only_those_who_set_up_others_choose_it(reading: Reading) -> None:
    with pytest.raises(NotAllowed):
        reading.choose(by="Ben")


def test_nobody_comes_to_be_above_themselves_by_profiles() -> None:
    ana, ben = Person("T1", "U1", "Ana"), Person("T1", "U2", "Ben")
    known = {"U1": ana, "U2": ben}
    found = assigned({"U1": "Ben", "U2": "Ana"}, known)
    assert [(each.id, each.manager_id) for each in found] == [("U1", "U2")]
    assert assigned({"U1": "U1"}, known) == []


def test_whoever_sets_up_people_names_the_field_in_slack(muster: Running) -> None:
    grace = muster.people.person("Grace")
    assert said(grace, "/muster", "people field").startswith("No field of Slack's profiles says who manages whom.")
    found = said(grace, "/muster", "people field Line manager")
    assert "Managers come from the field *Line manager* of Slack's profiles." in found
    assert "It has named nobody's manager yet" in found
    assert "`/muster people field off` none" in "\n".join(texts(grace.ephemerals("forecast")[-1]))
    assert said(muster.people.person("Ben"), "/muster", "people field x").startswith("Only leads, managers, execs")
