"""What is typed after `/action` fills the form in, on both databases."""

from datetime import UTC, datetime

import pytest

from domain.actions import ActionSheet
from domain.due_said import Mention
from services import action_forms
from storage.engine import Database
from surface import action_form
from tests.team import ANA, BEN, DEV, FORECAST, GONE, NOW, WORKSPACE

MIDNIGHT = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""Monday in Berlin, still Sunday in Los Angeles and São Paulo."""


def typed(db: Database, text: str, *named: str, now: datetime = NOW) -> ActionSheet:
    mentions = [Mention(each, f"@{each[1:].lower()}") for each in named]
    place = {"workspace_id": WORKSPACE, "channel_id": FORECAST, "person_id": ANA}
    return action_forms.said_form(db, **place, text=text, named=mentions, now=now)


def test_what_owner_and_day_are_filled_in(db: Database) -> None:
    found = typed(db, "@ben Send the report to legal by next friday", BEN)
    assert found.given == {"what": "Send the report to legal", "owner": BEN, "due": "2026-11-27"}
    assert found.unsure == ""


def test_an_unsure_day_is_left_empty_and_asked_for(db: Database) -> None:
    found = typed(db, "Send the report by Friday")
    assert found.given == {"what": "Send the report by Friday", "owner": ANA, "due": ""}
    assert found.unsure == "by Friday"


@pytest.mark.parametrize(("owner", "due"), [(BEN, "2026-11-24"), (DEV, "2026-11-23"), (ANA, "2026-11-23")])
def test_tomorrow_is_the_owners_own(db: Database, owner: str, due: str) -> None:
    found = typed(db, f"Send it @{owner[1:].lower()} tomorrow", owner, now=MIDNIGHT)
    assert found.given == {"what": "Send it", "owner": owner, "due": due}


@pytest.mark.parametrize("person_id", [GONE, "UBOT"])
def test_nobody_who_left_and_no_bot_is_filled_in(db: Database, person_id: str) -> None:
    found = typed(db, f"Send it @{person_id[1:].lower()}", person_id)
    assert (found.given["owner"], found.unknown) == ("", f"@{person_id[1:].lower()}")
    assert "@" in found.given["what"]


def test_a_name_that_slack_makes_no_mention_of_is_read_where_it_is_one_persons(db: Database) -> None:
    found = typed(db, "@Ben Relabel the March tickets by next Friday")
    assert found.given == {"what": "Relabel the March tickets", "owner": BEN, "due": "2026-11-27"}
    assert found.unknown == ""


def test_a_name_that_is_nobodys_leaves_the_owner_empty_and_is_asked_for(db: Database) -> None:
    found = typed(db, "@Bob Relabel the March tickets")
    assert (found.given["owner"], found.unknown) == ("", "@Bob")
    assert "Who is “@Bob”? Please choose." in str(action_form.action_form(found))


def test_somebody_who_is_only_talked_to_is_no_owner(db: Database) -> None:
    found = typed(db, "Talk to @Bob about the March tickets")
    assert (found.given["owner"], found.unknown) == (ANA, "")
