"""What is said after `/action`: what is to be done, by whom, by when; and what says no such thing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.due_said import DueSaid, Mention, owner_said, read_action
from domain.people import Hours, Person
from tests.nasty import TEXTS

BEN = Person("T1", "U1", "Ben", zone_name="Europe/Berlin")
FRIDAY = date(2026, 11, 20)
MENTION = Mention("U1", "@ben.okafor")


def read(text: str, today: date = FRIDAY, owner: Person = BEN) -> DueSaid:
    named = [MENTION] if MENTION.text in text else []
    return read_action(text, owner_said(text, named), owner, today)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("by next friday", "2026-11-27"),
        ("by Monday", "2026-11-23"),
        ("on Monday", "2026-11-23"),
        ("Monday", "2026-11-23"),
        ("by Thu", "2026-11-26"),
        ("due 3 Dec", "2026-12-03"),
        ("due: 3 Dec", "2026-12-03"),
        ("due on 3rd December", "2026-12-03"),
        ("by Dec 3, 2026", "2026-12-03"),
        ("by Thu 3 Dec 2026", "2026-12-03"),
        ("due by Thursday, 3 December", "2026-12-03"),
        ("by 2026-12-03", "2026-12-03"),
        ("no later than tomorrow", "2026-11-21"),
        ("today", "2026-11-20"),
        ("tomorrow", "2026-11-21"),
        ("in 2 weeks", "2026-12-04"),
        ("in a week", "2026-11-27"),
        ("in two days", "2026-11-22"),
        ("within 3 working days", "2026-11-25"),
        ("in one business day", "2026-11-23"),
        ("in a month", "2026-12-20"),
        ("next week", "2026-11-27"),
        ("this week", "2026-11-20"),
        ("by EOD", "2026-11-20"),
        ("by the end of the week", "2026-11-20"),
        ("by end of next week", "2026-11-27"),
        ("by the end of this month", "2026-11-30"),
        ("by end of next month", "2026-12-31"),
        ("by the end of January", "2027-01-29"),
        ("by end of november", "2026-11-30"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "{}.", "({})", "- {}", ", {} !", "{} @ben.okafor"])
def test_the_day_at_the_end_is_when_it_is_due(said: str, due: str, around: str) -> None:
    for words in (said, said.upper()):
        found = read(f"Send the report {around.format(words)}".replace(" ,", ","))
        assert found == DueSaid("Send the report", date.fromisoformat(due))


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("Send the report by Friday", "by Friday"),
        ("Send the report by this Friday", "by this Friday"),
        ("Send the report by next Saturday", "by next Saturday"),
        ("Send the report by next week", "by next week"),
        ("Send the report by Fri 3 Dec", "by Fri 3 Dec"),
        ("Send the report by 3/12", "by 3/12"),
        ("Send the report by 3.12.2026", "by 3.12.2026"),
        ("Send the report by the 15th", "by the 15th"),
        ("Send the report by 30 Feb", "by 30 Feb"),
        ("Send the report by 19 Nov", "by 19 Nov"),
        ("Send the report by 2026-11-19", "by 2026-11-19"),
        ("Send the report by 2026-13-01", "by 2026-13-01"),
        ("Send the report by Monday 5pm", "by Monday 5pm"),
        ("Send the report by noon", "by noon"),
        ("Send the report by noon tomorrow", "tomorrow"),
        ("Send the report by Monday or Tuesday", "Tuesday"),
        ("Send the report by Monday or by Tuesday", "by Tuesday"),
        ("Send the report by the end of Q1", "by the end of Q1"),
        ("Send the report before Monday", "Monday"),
        ("Send the report early next week", "next week"),
        ("Send the report in 0 days", "in 0 days"),
        ("Keep the old store running until Monday", "Monday"),
        ("Cover support Mon - Thu", "Thu"),
        ("Cover support 24 - 31 Dec", "31 Dec"),
        ("Prepare the agenda for Monday", "Monday"),
        ("Send the notes of Monday", "Monday"),
        ("Check Ana's Monday", "Monday"),
        ("Plan next week", "next week"),
        ("Decide by Friday's meeting", "by Friday's meeting"),
    ],
)
def test_what_may_mean_another_day_stays_in_the_words_and_is_asked(text: str, unsure: str) -> None:
    assert read(text) == DueSaid(text, unsure=unsure)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "by",
        "due",
        "Relabel the March tickets",
        "Fix Friday's numbers",
        "Call Monday.com about the invoice",
        "Where the data sat",
        "Put the plants in the sun",
        "Sort the tickets by month",
        "Read Catch 22",
        "Upgrade to 3.12",
        "Say what may come second",
        "Todays",
        "Compare Mon-Thu",
        "Stand by",
    ],
)
def test_a_title_without_a_day_is_only_a_title(text: str) -> None:
    assert read(text) == DueSaid(text)


@pytest.mark.parametrize(
    ("text", "today", "due"),
    [
        ("Send it tomorrow", "2026-12-31", "2027-01-01"),
        ("Send it next week", "2026-12-31", "2027-01-08"),
        ("Send it by next Monday", "2026-12-31", "2027-01-04"),
        ("Send it by 2 Jan", "2026-12-31", "2027-01-02"),
        ("Send it by 29 Feb", "2028-01-10", "2028-02-29"),
        ("Send it by 29 Feb", "2027-01-10", None),
        ("Send it in a month", "2027-01-31", "2027-02-28"),
        ("Send it in 13 months", "2026-12-31", "2028-01-31"),
        ("Send it by end of December", "2026-12-31", "2026-12-31"),
        ("Send it by end of next month", "2026-12-31", "2027-01-29"),
        ("Send it this week", "2026-11-22", None),
        ("Send it next week", "2026-11-22", "2026-11-27"),
        ("Send it by Friday", "2026-11-19", "2026-11-20"),
        ("Send it by next Friday", "2026-11-19", None),
    ],
)
def test_days_around_the_end_of_a_year_a_month_or_a_week(text: str, today: str, due: str | None) -> None:
    found = read(text, date.fromisoformat(today))
    assert found.due == (date.fromisoformat(due) if due else None)
    assert found.unsure or found.what == "Send it"


def test_it_is_the_owners_calendar_that_counts_and_a_day_off_is_taken_as_said() -> None:
    at_easter = date(2027, 3, 25)
    for region, due in (("DE", "2027-03-31"), ("US", "2027-03-29")):
        owner = replace(BEN, region=region)
        assert read("Send it in 2 working days", at_easter, owner).due == date.fromisoformat(due)
    assert read("Send it by 26 Mar", at_easter, replace(BEN, region="DE")).due == date(2027, 3, 26)
    sundays = replace(BEN, hours=Hours(days=frozenset({6, 0})))
    assert read("Send it by the end of the week", FRIDAY, sundays).due == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "is_owner", "what"),
    [
        ("@ben.okafor Send it", True, "Send it"),
        ("@ben.okafor: send it", True, "send it"),
        ("Send it @ben.okafor", True, "Send it"),
        ("Send it (@ben.okafor)", True, "Send it"),
        ("Send it @ben.okafor by Monday", True, "Send it"),
        ("Send it by Monday @ben.okafor", True, "Send it"),
        ("@ben.okafor", True, ""),
        ("@ben.okafor by Monday", True, ""),
        ("Ask @ben.okafor for it", True, "Ask @ben.okafor for it"),
        ("@ben.okafor and Ana look at it", True, "@ben.okafor and Ana look at it"),
        ("Talk to @ben.okafor", False, "Talk to @ben.okafor"),
        ("Review the draft with @ben.okafor by Monday", False, "Review the draft with @ben.okafor"),
    ],
)
def test_whoever_is_named_owns_it_unless_they_are_part_of_what_is_to_be_done(
    text: str, what: str, *, is_owner: bool
) -> None:
    assert (owner_said(text, [MENTION]) == MENTION) is is_owner
    assert read(text).what == what


def test_of_two_who_are_named_the_first_who_may_own_it_does() -> None:
    ana = Mention("U2", "@ana")
    assert owner_said("@ana send it to @ben.okafor", [ana, MENTION]) == ana
    assert owner_said("Send it to @ana @ben.okafor", [ana, MENTION]) == MENTION
    assert owner_said("Send it", []) is None


WORDS = ["by", "due", "on", "in", "2", "weeks", "next", "Fri", "the", "end", "of", "month", "3", "Dec", "-", "(", "or"]
words = st.lists(st.sampled_from([*WORDS, "Send", "it", "today", "2027-02-30", "@ben.okafor"]), max_size=9).map(
    " ".join
)


@given(st.one_of(st.text(max_size=40), words, st.sampled_from(TEXTS)), st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_no_text_breaks_it_and_no_word_is_lost(text: str, today: date) -> None:
    found = read(text, today)
    assert found.due is None or (found.due >= today and not found.unsure)
    if found.due is None and MENTION.text not in text:
        assert found.what == " ".join(text.split())
    assert set(found.what.split()) <= set(text.split())


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.integers(1, 90))
def test_a_day_that_muster_writes_is_one_that_it_reads(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert read(f"Send it by {day:%a} {day.day} {day:%b %Y}", today) == DueSaid("Send it", day)
