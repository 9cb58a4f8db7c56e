"""The whole form of a decision: what it reads, and what its pages keep."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from domain import decision_options
from domain.decision_form import CONFIDENCES, as_given, missing, not_given, read_form
from domain.decision_options import Option
from domain.decision_pages import FIELDS, Page, Shown, page_of
from domain.decisions import DecisionForm
from domain.errors import FieldErrors

QUICK = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": "UANA"}
texts = st.text(max_size=40).map(str.strip)
titles = st.text(min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
words = titles.filter(lambda text: "\x00" not in text)
options = st.builds(Option, titles, texts, texts, texts, texts)
ids = st.lists(st.sampled_from(["U1", "U2", "U3"]), unique=True).map(lambda found: tuple(sorted(found)))
links = st.builds("https://example.com/{} {}".format, st.integers(0, 99), words)
numbers = st.lists(st.integers(1, 99), max_size=10, unique=True).map(lambda found: tuple(sorted(found)))
forms = st.builds(
    DecisionForm, titles, texts.filter(bool), texts.filter(bool), st.sampled_from(["U1", "U2"]), texts, texts,
    st.lists(options, max_size=8).map(tuple), st.sampled_from(["", "U3"]), ids, ids, texts, texts, texts, texts, texts,
    st.none() | st.dates(date(2026, 1, 1), date(2100, 1, 1)), st.none() | st.sampled_from(CONFIDENCES),
    st.lists(links, max_size=10).map(tuple), st.none() | st.integers(1, 99), numbers, numbers,
    st.sampled_from(["", "consent", "advice"]),
)  # fmt: skip


@over(forms)
def test_what_a_form_holds_is_read_back_as_the_same_record(form: DecisionForm) -> None:
    assert read_form(as_given(form)) == form


@over(forms, st.lists(st.sampled_from(Page), max_size=8), st.integers(0, 8))
def test_turning_pages_without_typing_changes_nothing(form: DecisionForm, pages: list[Page], option: int) -> None:
    given = as_given(form)
    for page in pages:
        shown = given | decision_options.shown(given, option)
        on_page = {name: value for name, value in shown.items() if name in FIELDS[page]}
        given = Shown(page, option, FIELDS[page]).whole(given, on_page)
    assert read_form(given) == form


def test_every_field_of_the_form_stands_on_one_page() -> None:
    full = DecisionForm(
        "t", "c", "b", "U1", "c", "c", (Option("o"),), "U2", ("U3",), ("U4",), "g", "b", "o", "m", "t",
        date(2026, 12, 1), 70, ("https://a.b",), 3, (1,), (2,), "consent",
    )  # fmt: skip
    names = [name for names in FIELDS.values() for name in names]
    assert len(names) == len(set(names))
    assert {*as_given(full), "status"} - {"options"} == {name for name in names if not name.startswith("option_")}
    assert missing(full) == ()


def typed(given: dict[str, str], at: int, **fields: str) -> dict[str, str]:
    return Shown(Page.OPTIONS, at, FIELDS[Page.OPTIONS]).whole(given, fields)


def test_options_are_written_one_by_one_or_as_lines_and_taken_out() -> None:
    given = typed(dict(QUICK), 0, option_title="Keep  39", option_pros="Known")
    given = typed(given, 1, option_lines="Raise to 49\n\nRaise to 49\nKeep 39")
    assert [each.title for each in read_form(given).options] == ["Keep 39", "Raise to 49", "Keep 39"]
    given = typed(given, 1, option_title="Raise to 45", option_cons="Odd")
    assert read_form(given).options[:2] == (Option("Keep 39", "Known"), Option("Raise to 45", cons="Odd"))
    assert [each.title for each in read_form(typed(given, 1)).options] == ["Keep 39", "Keep 39"]
    assert [each.title for each in read_form(decision_options.without(given, 0)).options] == ["Raise to 45", "Keep 39"]


@pytest.mark.parametrize(
    ("options", "at", "says"),
    [
        ([Option("a"), Option("", pros="x")], 1, "Please give this option a name"),
        ([Option("a", cost="x" * 151)], 0, "That is 151 characters; please keep it to 150."),
        ([Option("a")] * 9, 8, "Please keep it to 8 options; there are 9."),
    ],
)
def test_an_option_that_needs_another_look_is_found(options: list[Option], at: int, says: str) -> None:
    given = QUICK | {"options": decision_options.written(options)}
    assert decision_options.mistakes(given)[0] == at
    with pytest.raises(FieldErrors) as refused:
        read_form(given)
    assert page_of(refused.value.fields) is Page.OPTIONS
    assert says in str(refused.value)


@pytest.mark.parametrize(
    "link",
    ["http://example.com", "javascript:alert(1)", "the page", "https://", "https://ok.com@evil.com", "https://a|b",
     "https://a.b\nwww.example.com", "https://[1"],
)  # fmt: skip
def test_only_addresses_that_lead_where_they_say_are_links(link: str) -> None:
    with pytest.raises(FieldErrors, match="begins with an address such as https"):
        read_form(QUICK | {"links": link})


def test_what_is_missing_is_a_short_list_that_stops_nothing() -> None:
    quick = read_form(QUICK)
    assert missing(quick) == (
        "context", "options considered", "consequences", "expected outcome", "how it is measured", "check date",
        "how sure you are",
    )  # fmt: skip
    assert "consequences" not in missing(replace(quick, bad="Slower"))
    assert "consequences" not in not_given({"bad": "Slower"})


def test_a_menu_set_back_to_nothing_says_nothing() -> None:
    page = Shown(Page.AFTER, 0, FIELDS[Page.AFTER])
    assert page.whole({"confidence": "70", "title": "x"}, {"confidence": "none"}) == {"title": "x"}
