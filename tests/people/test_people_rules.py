"""Working hours as people write them, and lists of people."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldErrors
from domain.people import Hours, Person, Role, parse_hours
from domain.people_list import read
from domain.setting_up import changed

ANA, BEN = Person("T1", "U1", "Ana Souza"), Person("T1", "U2", "Ben Okafor", function="ml", role=Role.LEAD)
LIMA, JOE = Person("T1", "U3", "Ana Lima"), Person("T1", "U4", "Joe Grey", left=True)
KNOWN = {person.id: person for person in (ANA, BEN, LIMA, JOE)}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mon-fri 09:00-17:30", Hours()),
        ("Mon\N{EN DASH}Fri 9 \N{EN DASH} 17", Hours(time(9), time(17))),
        ("sun-thu 8-16:30", Hours(time(8), time(16, 30), frozenset({6, 0, 1, 2, 3}))),
        ("mon, wed 10:15-16", Hours(time(10, 15), time(16), frozenset({0, 2}))),
        ("9-5 Mon-Fri", Hours(time(9), time(17))),
        ("mon-fri 8:30-4:30", Hours(time(8, 30), time(16, 30))),
        ("tue 0-23:59", Hours(time(0), time(23, 59), frozenset({1}))),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, meant: Hours) -> None:
    assert parse_hours(text) == meant


@pytest.mark.parametrize(
    "text",
    ["", "mon-fri", "9-17", "noon", "mon-fri 17-9", "mon-fri 9-9", "mon-fri 9-24", "day-fri 9-17", "mon 9:00+01:00-17"],
)
def test_other_texts_are_no_hours(text: str) -> None:
    assert parse_hours(text) is None


@given(
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 22 * 60).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, 24 * 60 - 1))),
)
def test_hours_survive_being_written_down(days: frozenset[int], span: tuple[int, int]) -> None:
    start, end = (time(minute // 60, minute % 60) for minute in span)
    hours = Hours(start, end, days)
    assert parse_hours(str(hours)) == hours


def test_a_list_sets_up_each_person_named_in_any_way() -> None:
    header = "Name,Function,Role,Manager,Hours"
    text = f"{header}\nana SOUZA, Research, lead, Ben, mon,wed 9-17\n\n<@U3|ana>,design\n@Ben Okafor\tml"
    ana, lima, ben = read(text, KNOWN)
    assert (ana.function, ana.role, ana.manager_id, str(ana.hours)) == (
        "research",
        Role.LEAD,
        "U2",
        "mon,wed 09:00-17:00",
    )
    assert lima == Person("T1", "U3", "Ana Lima", function="design")
    assert ben == BEN


def test_a_region_comes_last_with_or_without_hours_before_it() -> None:
    ana, ben = read("Ana Souza,,,,mon,wed 9-17,de-by\nBen\t\t\t\t\tUS-CA", KNOWN)
    assert (ana.region, str(ana.hours)) == ("DE-BY", "mon,wed 09:00-17:00")
    assert (ben.region, ben.hours) == ("US-CA", BEN.hours)


def test_an_empty_cell_leaves_what_is_set_and_a_dash_takes_it_away() -> None:
    assert read("Ben,,lead", KNOWN) == [BEN]
    (ben,) = read("Ben,-,-", KNOWN)
    assert (ben.function, ben.role) == (None, Role.CONTRIBUTOR)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ben,ml\nBenn,ml", "Line 2: nobody here is called “Benn”. Did you mean Ben Okafor?"),
        ("Ana,ml", "Line 1: “Ana” may be Ana Souza or Ana Lima; write the full name."),
        ("Joe Grey,ml", "Line 1: Joe Grey is no longer in this workspace."),
        ("U4,ml", "Line 1: Joe Grey is no longer in this workspace."),
        ("ben@example.com,ml", "Line 1: “ben@example.com” looks like an e-mail address"),
        ("Ben,wizard", "Line 1: “wizard” is no function; write one of research, ml"),
        ("Ben,ml,boss", "Line 1: “boss” is no role; write one of contributor, lead, manager, exec."),
        ("Ben,ml,lead,Ben", "Line 1: Nobody is their own manager."),
        ("Ben,ml,lead,Zoe", "Line 1: nobody here is called “Zoe”."),
        (
            "Ben,,,,mon-fri 17:00-09:00",
            "Line 1: In “mon-fri 17:00-09:00” the end must come after the begin, as in mon-fri 09:00-17:30.",
        ),
        ("Ben,,,,mon 9-9", "Line 1: In “mon 9-9” the end must come after the begin"),
        ("Ben,,,,noon", "Line 1: “noon” is not understood; write working hours as mon-fri 09:00-17:30."),
        ("Ben,ml\nBen Okafor,legal", "Line 2: Ben Okafor is in line 1 already; keep one."),
        ("Ben,ml,lead,Ana Souza\nAna Souza,ml,lead,Ben", "Line 1: Ben Okafor is above Ana Souza already."),
        (
            "Ben,,,Ana Souza\nAna Souza,,,Ana Lima\nAna Lima,,,Ben",
            "Line 1: Ben Okafor is above Ana Souza already (through Ana Lima). Choose somebody else",
        ),
        ("Ben,,,-\n" + "z" * 3000, "nobody here is called “" + "z" * 59 + "…”."),
        ("x" * 3000 + "@example.com", "x…” looks like an e-mail address"),
        ("Ben," + "f" * 3000, "f…” is no function"),
        (" \n ", "Write at least one line"),
        ("\n".join(f"P{number}" for number in range(9)), "And 4 more."),
    ],
)
def test_a_list_with_a_mistake_is_refused_by_line(text: str, said: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        read(text, KNOWN)
    assert said in caught.value.fields["list"]


def test_a_list_may_turn_round_who_manages_whom() -> None:
    above = KNOWN | {"U2": replace(BEN, manager_id="U1")}
    ana, ben = read("Ana Souza,,,Ben\nBen,,,-", above)
    assert (ana.manager_id, ben.manager_id) == ("U2", None)
    assert read("Ben,ml", above)[0].function == "ml", "what stood there before is nobody's mistake now"


def test_the_mark_that_spreadsheets_begin_a_file_with_is_no_part_of_a_name() -> None:
    assert read("\ufeffName,Function\nBen,ml", KNOWN)[0].function == "ml"
    assert read("\ufeffBen,ml", KNOWN)[0].function == "ml"


@given(st.text(), st.sampled_from(["", "Ben,", "\n"]))
def test_any_text_is_either_a_list_or_refused_in_words(text: str, before: str) -> None:
    try:
        found = len(read(before + text, KNOWN))
    except FieldErrors as error:
        found = len(error.fields["list"])
    assert found


def test_two_people_of_one_name_need_their_member_id() -> None:
    twin = Person("T1", "U9", "ana souza")
    with pytest.raises(FieldErrors, match="2 people are called “Ana Souza”"):
        read("Ana Souza,ml", KNOWN | {"U9": twin})
    assert read("U9,ml", KNOWN | {"U9": twin})[0].id == "U9"


def test_whoever_left_stays_a_manager_but_becomes_none() -> None:
    assert changed(Person("T1", "U5", "Eve", manager_id="U4"), {"manager": "U4"}, KNOWN).manager_id == "U4"
    with pytest.raises(FieldErrors):
        changed(ANA, {"manager": "U4"}, KNOWN)
