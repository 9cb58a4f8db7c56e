"""The rules of action items."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.action_form import check_due
from domain.action_reminders import Reminder, Snooze, reminders, snoozed
from domain.action_states import ALREADY, MOVES, ActionState, Move
from domain.actions import ActionItem, NotYourAction
from domain.errors import FieldErrors
from domain.hours import is_working
from domain.numbers import number_in
from domain.people import Person
from domain.typed import is_mistyped, may_be_meant

ZONES = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo"]


@given(st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_reminders_come_in_working_hours_before_the_day_and_after_it(zone_name: str, due: date) -> None:
    owner = Person("T1", "U1", "Ana", zone_name)
    found = reminders(owner, due)
    assert all(is_working(owner, at) for at in found.values())
    days = {kind: at.astimezone(owner.zone).date() for kind, at in found.items()}
    assert due - timedelta(days=3) <= days[Reminder.SOON] < due < days[Reminder.OVERDUE]


def test_of_something_due_on_monday_one_hears_on_friday() -> None:
    owner = Person("T1", "U1", "Ben", "Europe/Berlin")
    assert reminders(owner, date(2026, 11, 23)) == {
        Reminder.SOON: datetime(2026, 11, 20, 8, tzinfo=UTC),
        Reminder.OVERDUE: datetime(2026, 11, 24, 8, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("day", "mistake"),
    [
        (date(2026, 11, 20), ""),
        (date(2028, 11, 20), ""),
        (date(2026, 11, 19), "That day has passed"),
        (date(2036, 11, 26), "Did you mean 2036? An action item is due by Mon 20 Nov 2028 at the latest."),
    ],
)
def test_a_day_in_the_past_or_years_ahead_is_asked_back_on_its_field(day: date, mistake: str) -> None:
    found = ""
    try:
        check_due(day, date(2026, 11, 20))
    except FieldErrors as error:
        found = error.fields["due"]
    assert found.startswith(mistake)
    assert bool(found) == bool(mistake)


@pytest.mark.parametrize(
    ("text", "is_mistyped_", "meant"),
    [
        ("lst", True, ""),
        ("lists", True, ""),
        ("hlep", True, ""),
        ("D-1 D-2", True, ""),
        ("a1, a2", True, ""),
        ("A-1", True, ""),
        ("list all", False, "list"),
        ("help Ben out", False, "help"),
        ("List all suppliers of Q3", False, ""),
        ("Relabel", False, ""),
        ("Relabel the March tickets", False, ""),
        ("D-1 needs an owner", False, ""),
        ("", False, ""),
    ],
)
def test_near_misses_are_told_from_titles(text: str, is_mistyped_: bool, meant: str) -> None:
    words = ("help", "list")
    assert is_mistyped(text, words) is is_mistyped_
    assert may_be_meant(text, words) == meant


@pytest.mark.parametrize(("text", "number"), [("A-1", 1), ("a1", 1), (" 17 ", 17), ("D-1", None), ("A-", None)])
def test_a_number_is_read_as_people_write_it(text: str, number: int | None) -> None:
    assert number_in(text, "A") == number


@pytest.mark.parametrize(
    ("choice", "today", "until"),
    [
        (Snooze.DAY, date(2026, 11, 19), date(2026, 11, 20)),
        (Snooze.DAY, date(2026, 11, 20), date(2026, 11, 23)),
        (Snooze.DAYS, date(2026, 11, 20), date(2026, 11, 25)),
        (Snooze.WEEK, date(2026, 11, 20), date(2026, 11, 23)),
        (Snooze.WEEK, date(2026, 11, 23), date(2026, 11, 30)),
        (Snooze.WEEK, date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_putting_off_counts_working_days_of_the_owner(choice: Snooze, today: date, until: date) -> None:
    owner = Person("T1", "UBEN", "Ben", "Europe/Berlin")
    assert snoozed(owner, item(), choice, today).snoozed_until == until


PEOPLE = {person_id: Person("T1", person_id, person_id[1:].capitalize()) for person_id in ("UANA", "UBEN", "UDEV")}
DAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def item(state: ActionState = ActionState.OPEN) -> ActionItem:
    """Ben's, asked for by Ana."""
    return ActionItem(1, "T1", 1, "C1", "Relabel", "UBEN", DAY, DAY, state, asked_by="UANA", created_at=NOON)


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", ActionState)
def test_the_table_alone_says_what_moves_an_item(state: ActionState, move: Move) -> None:
    if (state, move) in MOVES:
        assert item(state).moved(move) == item(MOVES[state, move])
    else:
        with pytest.raises(ALREADY[state], match="A-1"):
            item(state).moved(move)


def test_its_owner_and_whoever_asked_for_it_move_it_and_else_those_who_look_after_it() -> None:
    for person_id in ("UANA", "UBEN"):
        item().check_mover(Move.DONE, person_id, PEOPLE, ())
    with pytest.raises(NotYourAction, match="Only Ben, who owns it, or Ana, who asked for it, can change A-1"):
        item().check_mover(Move.DONE, "UDEV", PEOPLE, ())
    item().check_mover(Move.DONE, "UDEV", PEOPLE, [PEOPLE["UDEV"]])
