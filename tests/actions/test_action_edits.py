"""What an action item says is changed after it was recorded, on both databases."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from domain.action_editing import NEVER, is_slip
from domain.action_states import AlreadyDone
from domain.actions import NotYourAction
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.posted import Posted
from storage import people
from storage.engine import Database
from surface.action_form import edit_form
from tests.actions.items import done, edit, hand_over, item, open_edit, send_edit, submit
from tests.messages import said
from tests.team import ANA, BEN, CHLOE, DEV, NOW, PRICING, WORKSPACE, audited, owed, readers
from tests.trail import entries


def told(db: Database) -> dict[str, list[str]]:
    return said(db, kind=Kind.ACTION_NEWS, now=NOW)


def test_everything_it_says_changes_and_the_trail_has_both_texts(db: Database) -> None:
    submit(db, helpers=CHLOE)
    edit(db, what="Relabel  April", helpers=DEV, every="week", important="yes")
    found = item(db)
    assert (found.what, found.helpers, found.every, found.is_important) == ("Relabel April", (DEV,), "week", True)
    assert (found.owner_id, found.due, found.series_from) == (BEN, date(2026, 11, 26), date(2026, 11, 26))
    assert ("action item edited", "A-1", ANA) in audited(db)
    details = entries(db)[-1].details
    assert details["before"] == {"every": "", "helpers": [CHLOE], "important": False, "what": "Relabel March"}
    assert details["after"] == {"every": "week", "helpers": [DEV], "important": True, "what": "Relabel April"}


def test_of_a_slip_of_the_pen_nobody_gets_a_message_and_those_there_are_change(db: Database) -> None:
    submit(db, what="Relabel the Mrach tickets")
    before = {row.person_id: row.wanted for row in owed(db, "action")}
    edit(db, what="Relabel the March tickets")
    assert owed(db, "action_news") == []
    assert {row.person_id: row.wanted - before[row.person_id] for row in owed(db, "action")} == {ANA: 1, BEN: 1}
    (shown,) = said(db, kind=Kind.ACTION, now=NOW)[ANA]
    assert shown.splitlines() == [
        "Recorded A-1: Relabel the March tickets. Ben owns it, due on Thu 26 Nov 2026.",
        "Fri 20 Nov 2026: Ana changed what is to be done",
    ]


@pytest.mark.parametrize(
    ("changed", "news"),
    [
        ({"what": "Relabel all of 2025"}, "A-1: Relabel all of 2025.\nIt said “Relabel March” before."),
        ({"every": "week"}, "A-1: Relabel March.\nIt comes again every week."),
        ({"important": "yes"}, "A-1: Relabel March.\nIt is important, so it comes first in lists."),
        ({"helpers": DEV}, ""),
    ],
)
def test_its_owner_is_told_of_what_matters_to_them(db: Database, changed: dict[str, str], news: str) -> None:
    submit(db)
    edit(db, **changed)
    assert told(db) == ({BEN: [f"Ana changed {news}"]} if news else {})


def test_whoever_asked_reads_in_their_one_message_what_its_owner_changed(db: Database) -> None:
    submit(db)
    edit(db, by=BEN, what="Relabel all of 2025", helpers=DEV)
    assert owed(db, "action_news") == []
    assert readers(db, "action") == [ANA, BEN, DEV]
    (shown,) = said(db, kind=Kind.ACTION, now=NOW)[ANA]
    assert shown.splitlines()[-1] == "Fri 20 Nov 2026: Ben changed what is to be done and who helps"


def test_new_helpers_are_told_and_former_ones_read_that_nothing_is_left(db: Database) -> None:
    submit(db, helpers=CHLOE)
    edit(db, helpers=DEV)
    found = said(db, kind=Kind.ACTION, now=NOW)
    assert found[DEV][0].startswith("You are named to help with A-1: Relabel March. Ben owns it")


def test_only_its_owner_and_whoever_asked_edit_it_while_it_is_open(db: Database) -> None:
    submit(db, helpers=CHLOE)
    for person_id in (CHLOE, DEV):
        with pytest.raises(NotYourAction, match="Only Ben, who owns it, or Ana, who asked for it, can change A-1"):
            open_edit(db, by=person_id)
    opened = open_edit(db)
    done(db, person_id=BEN)
    with pytest.raises(AlreadyDone):
        send_edit(db, opened, what="Relabel April")
    with pytest.raises(AlreadyDone):
        open_edit(db)


def test_a_form_in_which_nothing_was_changed_leaves_no_trace(db: Database) -> None:
    submit(db, helpers=CHLOE)
    before, lines = item(db), audited(db)
    edit(db)
    edit(db, what="Relabel  March ")
    assert (item(db), audited(db)) == (before, lines)


def test_what_repeats_can_stop_to(db: Database) -> None:
    submit(db, every="week")
    opened = open_edit(db)
    for _ in range(2):
        assert send_edit(db, opened, every=NEVER) is None
    assert (item(db).every, item(db).series_from, len(item(db).steps)) == ("", None, 1)
    assert told(db) == {BEN: ["Ana changed A-1: Relabel March.\nIt does not come again any more."]}
    before = item(db)
    edit(db, every=NEVER)
    assert item(db) == before
    done(db, person_id=BEN)
    assert item(db).followed_by == ""


def test_the_same_form_counts_once_and_with_other_values_changes_what_it_made(db: Database) -> None:
    submit(db)
    opened = open_edit(db)
    for what in ("Relabel April", "Relabel April", "Relabel May"):
        assert send_edit(db, opened, what=what) is None
    assert item(db).what == "Relabel May"
    assert [each.was for each in item(db).steps] == ["Relabel March", "Relabel April"]


def test_two_who_change_different_things_at_once_both_do(db: Database) -> None:
    submit(db)
    mine, theirs = open_edit(db), open_edit(db, by=BEN)
    assert send_edit(db, theirs, by=BEN, what="Relabel April") is None
    assert send_edit(db, mine, important="yes") is None
    assert (item(db).what, item(db).is_important) == ("Relabel April", True)


def test_whoever_changes_the_same_second_is_shown_both_and_saves_again(db: Database) -> None:
    submit(db)
    mine, theirs = open_edit(db), open_edit(db, by=BEN)
    assert send_edit(db, theirs, by=BEN, what="Relabel April", every="week") is None
    first, again = (send_edit(db, mine, what="Relabel May") for _ in range(2))  # Slack sends it again.
    assert first
    assert again
    assert item(db).what == "Relabel April"
    assert again.given == {"what": "Relabel May", "every": "week"}
    assert again.meanwhile
    assert (again.meanwhile.by, again.meanwhile.both) == ("Ben", {"what": "Relabel April"})
    assert send_edit(db, again) is None
    assert (item(db).what, item(db).every) == ("Relabel May", "week")


def test_what_both_write_alike_is_no_conflict(db: Database) -> None:
    submit(db)
    mine, theirs = open_edit(db), open_edit(db, by=BEN)
    for opened, by in ((theirs, BEN), (mine, ANA)):
        assert send_edit(db, opened, by=by, what="Relabel April") is None
    assert len(item(db).steps) == 1


def test_the_form_that_recorded_it_sent_again_takes_no_edit_back(db: Database) -> None:
    submit(db)
    edit(db, by=BEN, what="Relabel April", helpers=DEV, important="yes")
    submit(db, due="2026-11-27")
    found = item(db)
    assert (found.what, found.helpers, found.is_important) == ("Relabel April", (DEV,), True)
    assert found.due == date(2026, 11, 27)


def test_a_new_helper_from_outside_is_warned_about_and_audited(db: Database) -> None:
    submit(db, by=CHLOE, channel=PRICING)
    opened = open_edit(db, by=BEN)
    again = send_edit(db, opened, by=BEN, helpers=DEV)
    assert again
    assert ([each.id for each in again.outsiders], again.draft_id) == ([DEV], opened.draft_id)
    assert (again.place, item(db).helpers) == ("#pricing", ())
    assert send_edit(db, opened, by=BEN, helpers=DEV, confirmed=[DEV]) is None
    assert item(db).helpers == (DEV,)
    assert ("outsider named", "A-1", BEN) in audited(db)
    assert send_edit(db, open_edit(db, by=BEN), by=BEN, important="yes") is None


def leave(db: Database, person_id: str) -> None:
    with db.write() as session:
        person = people.people(session, workspace_id=WORKSPACE, ids=[person_id])[person_id]
        people.save_person(session, person=replace(person, left=True, updated=9))


@pytest.mark.parametrize(("helpers", "named"), [([], (CHLOE,)), ([DEV], (DEV,))])
def test_a_helper_who_has_left_stays_named_until_somebody_changes_who_helps(
    db: Database, helpers: Iterable[str], named: tuple[str, ...]
) -> None:
    submit(db, helpers=CHLOE)
    leave(db, CHLOE)
    assert "helpers" not in open_edit(db).given
    edit(db, what="Relabel April", helpers=",".join(helpers))
    assert item(db).helpers == named


URL = "https://northlight.slack.com/archives/"


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (f"{URL}C1/p1763650000000100", Posted("1763650000.000100")),
        (
            f"{URL}C1/p1763650000000100?thread_ts=1763640000.000200&cid=C1",
            Posted("1763650000.000100", "1763640000.000200"),
        ),
        (f"{URL}C1/p1763650000000100?thread_ts=1763650000.000100&cid=C1", Posted("1763650000.000100")),
        (f"{URL}C2/p1763650000000100", None),
        (f"{URL}C1", None),
        ("https://elsewhere.slack.com/archives/C1/p1763650000000100", None),
        ("the message above", None),
    ],
)
def test_the_message_it_is_about_is_one_of_its_channel(db: Database, link: str, message: Posted | None) -> None:
    submit(db)
    if message is None:
        with pytest.raises(FieldErrors) as refused:
            edit(db, message=link)
        assert refused.value.fields["message"].startswith("That is no link to a message in #forecast.")
        return
    edit(db, message=link)
    assert (item(db).message, item(db).steps[-1].to) == (message, "message")
    assert entries(db)[-1].details == {"before": {"message": ""}, "after": {"message": message.ts}}
    assert owed(db, "action_news") == []
    edit(db, what="Relabel April")
    assert item(db).message == message
    edit(db, message="")
    assert item(db).message is None


def test_its_form_shows_the_link_to_those_who_may_read_the_message(db: Database) -> None:
    submit(db, by=CHLOE, channel=PRICING, confirmed=[DEV], owner=DEV)
    link = f"{URL}C2/p1763650000000100"
    edit(db, by=CHLOE, message=link)
    assert link in str(edit_form(open_edit(db, by=CHLOE), {}))
    hidden = str(edit_form(open_edit(db, by=DEV), {}))
    assert "Link to a message" not in hidden
    assert "pricing" not in hidden
    edit(db, by=DEV, what="Relabel April")
    assert item(db).message == Posted("1763650000.000100")


def test_its_owner_does_not_help_and_what_has_no_day_does_not_repeat(db: Database) -> None:
    submit(db, due="")
    edit(db, helpers=BEN)
    assert (item(db).helpers, item(db).steps) == ((), ())
    with pytest.raises(FieldErrors) as refused:
        edit(db, every="week")
    assert refused.value.fields == {"every": "It has no date yet. Set one first, so that it can come again."}


def test_whoever_owns_it_by_then_is_told(db: Database) -> None:
    submit(db)
    edit(db, what="Relabel all of 2025")
    hand_over(db, DEV)
    edit(db, what="Relabel all of 2024")
    assert "Ana changed A-1: Relabel all of 2024.\nIt said “Relabel all of 2025” before." in told(db)[DEV]


@pytest.mark.parametrize(
    ("before", "after", "slip"),
    [
        ("Relabel Mrach", "Relabel March", True),
        ("relabel march", "Relabel March!", True),
        ("Send teh report", "Send the report", True),
        ("Relabel March", "Relabel April", False),
        ("Send 3 tickets", "Send 8 tickets", False),
        ("Send it now", "Send it not", False),
        ("We may ship", "We may not ship", False),
        ("", "Relabel", False),
    ],
)
def test_a_slip_is_told_from_something_else_to_do(before: str, after: str, slip: bool) -> None:
    assert is_slip(before, after) is slip
