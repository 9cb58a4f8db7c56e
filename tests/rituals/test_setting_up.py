"""Switching a ritual on with a form, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.library import shipped_library
from domain.errors import FieldErrors
from domain.people import Person
from domain.ritual_form import RitualChange, RitualSheet
from domain.runs import Ritual
from domain.submissions import Submission
from domain.templates import Post, Template
from services import ritual_cards, ritual_changes, ritual_forms
from services.rituals import AlreadyOn, NobodyToAsk
from storage import rituals as stored
from storage.engine import Database
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, GONE, NOW, PRICING, WORKSPACE, audited, readers, settle

WEEKLY = shipped_library()["weekly-sync"]
GIVEN = {
    "when": "every mon at 09:30",
    "who": "everyone",
    "closes": "8h",
    "remind": "2h",
    "post": "channel",
    "by": "function",
    "facilitator": BEN,
}


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def send(
    db: Database,
    *,
    draft: str = "d1",
    channel: str = FORECAST,
    confirmed: str = "",
    template: Template = WEEKLY,
    **given: str,
) -> tuple[Ritual, list[Person]] | RitualSheet:
    sent = Submission(WORKSPACE, BEN, draft, {**GIVEN, **given}, confirmed.split(","))
    return ritual_forms.submit(db, sent=sent, channel_id=channel, template=template, now=NOW)


def begun(
    db: Database, channel: str = FORECAST, confirmed: str = "", template: Template = WEEKLY, **given: str
) -> tuple[Ritual, list[Person]]:
    found = send(db, channel=channel, confirmed=confirmed, template=template, **given)
    assert not isinstance(found, RitualSheet)
    return found


def test_the_form_opens_with_what_the_file_says(db: Database) -> None:
    sheet = ritual_forms.open_form(
        db, workspace_id=WORKSPACE, channel_id=FORECAST, person_id=BEN, template=replace(WEEKLY, facilitator=None)
    )
    assert sheet.given == {**GIVEN, "who": ", ".join(WEEKLY.who), "closes": str(WEEKLY.closes), "by": WEEKLY.post.by}
    assert sheet.place == "#forecast"


def test_what_is_written_in_the_form_is_what_happens(db: Database) -> None:
    ritual, asked = begun(
        db, when="every tue at 10:00 in Europe/Berlin", closes="2d", by="person", facilitator=CHLOE, observers=DEV
    )
    assert ritual.next_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert (ritual.facilitator_id, str(ritual.template.closes), ritual.template.post.by) == (CHLOE, "2d", "person")
    assert [each.id for each in asked] == [ANA, BEN, CHLOE], "an observer is not asked"
    assert audited(db) == [("ritual on", "weekly-sync", BEN)]
    assert readers(db, "facilitator") == [CHLOE]
    card = ritual_cards.card(db, workspace_id=WORKSPACE, ritual_id=ritual.id)
    assert card
    assert [each.id for each in card.observers] == [DEV]
    assert [each.id for each in card.asked] == [ANA, BEN, CHLOE]


@pytest.mark.parametrize(
    ("chosen", "post"),
    [
        ("channel", Post(("channel",), "function")),
        ("facilitator\nmanagers", Post(("facilitator", "managers"), "function")),
        ("channel\nearly\nparticipants", Post(("channel", "participants"), "function", early=True)),
        ("early", Post(("channel",), "function", early=True)),
        ("channel\nbrief", Post(("channel",), "function", brief=True)),
    ],
)
def test_the_summary_goes_where_the_form_says(db: Database, chosen: str, post: Post) -> None:
    ritual, _asked = begun(db, post=chosen)
    assert ritual.template.post == post
    sheet = ritual_changes.open_form(db, workspace_id=WORKSPACE, ritual_id=ritual.id, person_id=BEN)
    assert set(sheet.given["post"].split("\n")) == {
        *post.to,
        *(each for each in ("early", "brief") if getattr(post, each)),
    }


def test_a_double_click_switches_it_on_once(db: Database) -> None:
    first, asked = begun(db)
    again, asked_again = begun(db)
    assert (again.id, asked_again) == (first.id, asked)
    assert len(audited(db)) == 1
    with pytest.raises(AlreadyOn):
        send(db, draft="another form")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("when", "mondays", '"mondays" is not understood; write for example "every mon at 09:30"'),
        ("who", "everybody", '"everybody" selects nobody Muster knows'),
        ("who", "", "Somebody has to be asked. Write for example everyone, or choose people below."),
        ("who", "research", "asks nobody of mlops; add mlops there"),
        ("closes", "tomorrow", '"tomorrow" is no duration; write a whole number and h or d, such as 4h or 2d'),
        ("closes", "2h", "2h before the end is not after the question, which is open for 2h; write less"),
        ("remind", "at noon", '"at noon" is no duration; write a whole number and h or d, such as 4h or 2d'),
        ("remind", "1h, 2h, 3h, 4h", "3 reminders are enough; take this one out"),
        ("facilitator", GONE, "Gone is no longer in this workspace. Choose somebody else."),
        ("observers", "UBOT", "bots and people of other workspaces cannot be named"),
    ],
)
def test_a_mistake_is_said_on_its_field_in_the_words_of_the_reader(
    db: Database, field: str, typed: str, said: str
) -> None:
    with pytest.raises(FieldErrors) as refused:
        send(db, **{field: typed})  # type: ignore[arg-type] # by name
    marked = "remind" if "before the end" in said else field
    assert set(refused.value.fields) == {marked}
    assert said in refused.value.fields[marked]
    assert audited(db) == []


def test_nobody_left_to_ask_switches_nothing_on(db: Database) -> None:
    with pytest.raises(NobodyToAsk):
        send(db, observers=f"{ANA},{BEN},{CHLOE},{DEV}")
    with db.read() as session:
        assert stored.active(session, workspace_id=WORKSPACE) == []


def test_those_outside_a_private_channel_are_warned_of_first(db: Database) -> None:
    sheet = send(db, channel=PRICING, facilitator=DEV)
    assert isinstance(sheet, RitualSheet)
    assert [each.id for each in sheet.outsiders] == [DEV]
    assert (sheet.draft_id, sheet.given["facilitator"]) == ("d1", DEV)
    assert audited(db) == []
    begun(db, channel=PRICING, facilitator=DEV, confirmed=DEV)
    assert audited(db) == [("ritual on", "weekly-sync", BEN), ("outsider named", "weekly-sync", BEN)]


@pytest.mark.parametrize(("who", "facilitator"), [("1 of #forecast", None), ("everyone", "1 of #forecast")])
def test_they_are_warned_of_before_it_is_their_turn(db: Database, who: str, facilitator: str | None) -> None:
    about = {"channel": PRICING, "who": who, "facilitator": ""}
    weekly = replace(WEEKLY, ask=WEEKLY.ask[:1], facilitator=facilitator)
    sheet = send(db, template=weekly, **about)
    assert isinstance(sheet, RitualSheet)
    assert [each.id for each in sheet.outsiders] == [ANA, DEV]
    ritual, _asked = begun(db, template=weekly, confirmed=f"{ANA},{DEV}", **about)
    later = Submission(WORKSPACE, BEN, "d2", {**GIVEN, "who": who, "facilitator": "", "closes": "4h"})
    changed = ritual_changes.change(db, sent=later, ritual_id=ritual.id, seen="", now=NOW)
    assert isinstance(changed, RitualChange), "it has said so already"


@pytest.mark.parametrize(
    ("post", "to", "is_quiet"),
    [
        ("channel", ("channel",), False),
        ("quiet", ("channel",), True),
        ("channel\nquiet", ("channel",), True),
        ("quiet\nmanagers", ("managers",), True),
    ],
)
def test_the_channel_can_be_left_alone_before_the_summary(
    db: Database, post: str, to: tuple[str, ...], is_quiet: bool
) -> None:
    ritual, _asked = begun(db, post=post)
    assert (ritual.template.post.to, ritual.template.post.quiet) == (to, is_quiet)
    sheet = ritual_changes.open_form(db, workspace_id=WORKSPACE, ritual_id=ritual.id, person_id=BEN)
    assert set(sheet.given["post"].split("\n")) == {*to, *(["quiet"] if is_quiet else [])}


def test_quiet_and_early_are_refused_together(db: Database) -> None:
    with pytest.raises(FieldErrors) as refused:
        send(db, post="channel\nearly\nquiet")
    assert "early shows answers as they come, and quiet nothing before the end" in refused.value.fields["post"].lower()
