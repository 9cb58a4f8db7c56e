"""Lists of people: one a line, or a table with a header."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldErrors
from domain.people import Person, Role
from domain.people_list import MOST_LINES, from_the_top, read
from domain.setting_up import in_circles, managers

ANA, BEN = Person("T1", "U1", "Ana Souza"), Person("T1", "U2", "Ben Okafor", function="ml", role=Role.LEAD)
LIMA, JOE = Person("T1", "U3", "Ana Lima"), Person("T1", "U4", "Joe Grey", left=True)
KNOWN = {person.id: person for person in (ANA, BEN, LIMA, JOE)}


def changed(text: str, known: dict[str, Person] = KNOWN) -> list[Person]:
    """As they shall be, where every line is understood."""
    found = read(text, known)
    assert not found.problems
    return [after for _, after in found.changes]


def test_a_list_sets_up_each_person_named_in_any_way() -> None:
    header = "Name,Function,Role,Manager,Hours"
    text = f"{header}\nana SOUZA, Research, lead, Ben, mon,wed 9-17\n\n<@U3|ana>,design\n@Ben Okafor\tml"
    ana, lima = changed(text)
    assert (ana.function, ana.role, ana.manager_id, str(ana.hours)) == (
        "research",
        Role.LEAD,
        "U2",
        "mon,wed 09:00-17:00",
    )
    assert lima == Person("T1", "U3", "Ana Lima", function="design")
    assert read(text, KNOWN).same == 1, "Ben"


def test_a_region_comes_last_with_or_without_hours_before_it() -> None:
    ana, ben = changed("Ana Souza,,,,mon,wed 9-17,de-by\nBen\t\t\t\t\tUS-CA")
    assert (ana.region, str(ana.hours)) == ("DE-BY", "mon,wed 09:00-17:00")
    assert (ben.region, ben.hours) == ("US-CA", BEN.hours)


def test_an_empty_cell_leaves_what_is_set_and_a_dash_takes_it_away() -> None:
    assert changed("Ben,,lead") == []
    (ben,) = changed("Ben,-,-")
    assert (ben.function, ben.role) == (None, Role.CONTRIBUTOR)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ben,ml\nBenn,ml", "Line 2: nobody here is called “Benn”. Did you mean Ben Okafor?"),
        ("Ana,ml", "Line 1: “Ana” may be Ana Souza or Ana Lima; write the full name."),
        ("Joe Grey,ml", "Line 1: Joe Grey is no longer in this workspace."),
        ("U4,ml", "Line 1: Joe Grey is no longer in this workspace."),
        ("ben@example.com,ml", "Line 1: “ben@example.com” is an e-mail address, which Slack does not tell Muster"),
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
        ("Ben,ml\nBen Okafor,legal", "Line 1: line 2 says something else about Ben Okafor; keep one."),
        ("Ben,ml\nBen,legal\nBen,ml", "Line 3: Ben Okafor is in line 1 already; keep one."),
        ("Ben,ml,lead,Ana Souza\nAna Souza,ml,lead,Ben", "Line 1: Ben Okafor is above Ana Souza already."),
        (
            "Ben,,,Ana Souza\nAna Souza,,,Ana Lima\nAna Lima,,,Ben",
            "Line 1: Ben Okafor is above Ana Souza already (through Ana Lima). Choose somebody else",
        ),
        ("Ben,,,-\n" + "z" * 3000, "nobody here is called “" + "z" * 59 + "…”."),
        ("x" * 3000 + "@example.com", "x…” is an e-mail address"),
        ("Ben," + "f" * 3000, "f…” is no function"),
    ],
)
def test_a_line_with_a_mistake_is_left_out_and_named(text: str, said: str) -> None:
    found = read(text, KNOWN)
    assert said in " ".join(found.problems)
    assert not [after for _, after in found.changes if after.manager_id == after.id]


def test_a_list_may_turn_round_who_manages_whom() -> None:
    above = KNOWN | {"U2": replace(BEN, manager_id="U1")}
    ana, ben = changed("Ana Souza,,,Ben\nBen,,,-", above)
    assert (ana.manager_id, ben.manager_id) == ("U2", None)
    assert changed("Ben,legal", above)[0].function == "legal", "what stood there before is nobody's mistake now"


def test_the_mark_that_spreadsheets_begin_a_file_with_is_no_part_of_a_name() -> None:
    assert changed("\ufeffName,Function\nBen,legal")[0].function == "legal"
    assert changed("\ufeffBen,legal")[0].function == "legal"


@given(st.text(), st.sampled_from(["", "Ben,", "\n"]))
def test_any_text_is_either_a_list_or_refused_in_words(text: str, before: str) -> None:
    try:
        read_in = read(before + text, KNOWN)
        found = read_in.understood + len(read_in.problems)
    except FieldErrors as error:
        found = len(error.fields["list"])
    assert found


def test_two_people_of_one_name_need_their_member_id() -> None:
    twin = Person("T1", "U9", "ana souza")
    assert "2 people are called “Ana Souza”" in read("Ana Souza,ml", KNOWN | {"U9": twin}).problems[0]
    assert changed("U9,ml", KNOWN | {"U9": twin})[0].id == "U9"


def test_a_circle_that_appears_once_another_is_left_out_is_left_out_too() -> None:
    under = KNOWN | {"U1": replace(ANA, manager_id="U2")}
    found = read("name,manager\nAna Souza,Ana Lima\nBen,Ana Souza\nAna Lima,Ana Souza", under)
    assert found.changes == []
    assert [each[:7] for each in found.problems] == ["Line 2:", "Line 3:", "Line 4:"]


@pytest.mark.parametrize("text", ["", " \n ", "name,manager"])
def test_a_list_without_lines_is_refused(text: str) -> None:
    with pytest.raises(FieldErrors, match="Write at least one line"):
        read(text, KNOWN)


HEADERS = ("name", "manager"), ("Employee Name", "Line Manager"), ("User", "Reports to"), ("Handle", "Manager's name")


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_names_its_columns_as_exports_do(header: tuple[str, str], delimiter: str) -> None:
    lines = [("Team", *header[::-1]), ("Legal", "Ben", "Ana Lima"), ("", "Ben", "Ana Souza")]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    assert [(each.id, each.manager_id, each.function) for each in changed(f"\ufeff{text}\r\n")] == [
        ("U3", "U2", "legal"), ("U1", "U2", None),
    ]  # fmt: skip


WITH_ADDRESSES = {key: replace(each, email=f"{each.name.replace(' ', '.')}@x.org") for key, each in KNOWN.items()}


def test_an_address_decides_before_a_name_and_a_member_id_before_both() -> None:
    text = "Work E-mail,Display name,Manager email,Manager\nana.lima@X.org,Ana Souza,ben.okafor@x.org,Ana Souza"
    assert [(each.id, each.manager_id) for each in changed(text, WITH_ADDRESSES)] == [("U3", "U2")]
    text = "Member ID,Email,Manager\nU1,ana.lima@x.org,ben.okafor@x.org\n,ana.lima@x.org,@Ben Okafor"
    assert [each.id for each in changed(text, WITH_ADDRESSES)] == ["U1", "U3"]


def test_names_decide_where_slack_tells_no_addresses() -> None:
    text = "Email,First name,Last name,Manager email,Manager name\na@x.org,Ana,Lima,b@x.org,Ben Okafor"
    assert [(each.id, each.manager_id) for each in changed(text)] == [("U3", "U2")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "zoe@x.org,Ben",
            "nobody here has the address “zoe@x.org”; write the one in their Slack profile, or their name.",
        ),
        ("joe.grey@x.org,Ben", "Joe Grey is no longer in this workspace."),
        ("ana.lima@x.org,Joe Grey", "the manager: Joe Grey is no longer in this workspace."),
        ("ana.lima@x.org,Zoe", "the manager: nobody here is called “Zoe”."),
        ("ana.lima@x.org,ana.lima@x.org", "Nobody is their own manager."),
        (",Ben", "the name is missing; write it first."),
        ("ana.lima@x.org,Okafor, Ben", "has more cells than the header"),
    ],
)
def test_a_row_that_cannot_be_meant_is_left_out_with_what_to_do(line: str, said: str) -> None:
    found = read(f"email,manager\n{line}\nana.souza@x.org,Ben", WITH_ADDRESSES)
    assert found.problems[0].startswith(f"Line 2: {said}")
    assert [after.id for _, after in found.changes] == ["U1"]


def test_columns_that_muster_does_not_know_are_named_and_so_are_departments_that_are_no_function() -> None:
    header = "Employee ID,Name,Department,Location,Manager"
    found = read(f"{header}\n1,Ben,Finance,Lagos,Ana Lima\n2,Ana Souza,Machine Learning,,\n3,Ana Lima,Finance", KNOWN)
    assert found.ignored == ["Employee ID", "Location"]
    assert found.unread == {"Finance": 2}
    assert [(each.id, each.function) for _, each in found.changes] == [("U2", "ml"), ("U1", "ml")]


def test_a_header_that_says_of_nobody_who_is_refused() -> None:
    with pytest.raises(FieldErrors, match="No column of “Boss”, “Team” and “Role” says who"):
        read("Boss,Team,Role\nBen,ml,lead", KNOWN)


def test_a_cell_may_go_over_lines_and_a_stray_quotation_mark_spoils_its_line_only() -> None:
    text = 'Notes,name,manager\n"one, two\nthree",Ana Lima,Ben\n"never closed,Ben,\n,Ana Souza,Ben'
    found = read(text, KNOWN)
    assert [after.id for _, after in found.changes] == ["U3", "U1"]
    assert [each[:7] for each in found.problems] == ["Line 4:"]


def test_ten_thousand_rows_are_read_and_more_than_twice_as_many_refused() -> None:
    many = {f"U{at}": Person("T1", f"U{at}", f"Person {at}", email=f"p{at}@x.org") for at in range(5000)}
    out = io.StringIO()
    rows = [[f"p{at}@x.org", f"p{at // 10}@x.org" if at else ""] for at in range(10_000)]
    csv.writer(out).writerows([["email", "manager email"], *rows])
    found = read(out.getvalue(), many)
    assert (len(found.changes), found.same, len(found.problems)) == (4999, 1, 5000)
    with pytest.raises(FieldErrors, match="at most 20000"):
        read("\n".join(["name", *["Ben"] * (MOST_LINES + 1)]), KNOWN)


@given(st.lists(st.integers(-1, 7), min_size=8, max_size=8), st.lists(st.integers(-1, 7), min_size=8, max_size=8))
def test_saved_from_the_top_nobody_is_above_themselves_at_any_time(before: list[int], after: list[int]) -> None:
    """`before` and `after`: who manages each, where that makes no circle."""
    known, wanted = (_managed(each) for each in (before, after))
    state = dict(known)
    for _, person in from_the_top([(known[each], wanted[each]) for each in known], known):
        state[person.id] = person
        assert in_circles(state, managers(state)) == set()


def _managed(by: list[int]) -> dict[str, Person]:
    found = {f"U{at}": Person("T1", f"U{at}", f"Person {at}") for at in range(len(by))}
    for at, manager in enumerate(by):
        after = replace(found[f"U{at}"], manager_id=f"U{manager}" if manager >= 0 else None)
        if not in_circles([after.id], managers({**found, after.id: after})):
            found[after.id] = after
    return found


def test_a_name_that_nobody_has_is_compared_with_some_of_very_many() -> None:
    many = {f"U{at}": Person("T1", f"U{at}", f"{chr(97 + at % 26)}a Person {at}") for at in range(3000)}
    found = read("\n".join(f"ca Persom {at}" for at in range(0, 260, 13)), many)
    assert "Did you mean ca Person" in found.problems[0]
    assert "Did you mean" not in found.problems[-1]
