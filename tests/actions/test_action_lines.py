"""Several action items recorded at once, of lines, on both databases."""

from datetime import date
from typing import Any

import pytest

from domain.action_lines import MOST, Line, read_lines
from domain.action_lists import Which
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from sandbox.blockkit.problems import problems_of_message, problems_of_view
from services import action_lines
from services.action_lines import AlreadyRecorded
from storage.engine import Database
from surface.action_lines import lines_form, together_message
from surface.forms import digest
from surface.kit import TEXTS_ROOM
from tests.actions.items import done, item
from tests.actions.test_action_lists import listed
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, audited, owed, readers

TEXT = "- @Ben Relabel the tickets by next Monday\n\n2. @Dev Ask legal\nTidy the wiki by 3 Dec\n"
ANA_PERSON = Person(WORKSPACE, ANA, "Ana Souza", "America/Sao_Paulo")
KNOWN = [
    ANA_PERSON,
    Person(WORKSPACE, BEN, "Ben Okafor", "Europe/Berlin"),
    Person(WORKSPACE, CHLOE, "Chloe Martin", "Europe/Berlin"),
    Person(WORKSPACE, DEV, "Chloe Smith", "Europe/Berlin"),
]


def read(text: str) -> list[Line]:
    return read_lines(text, KNOWN, ANA_PERSON, NOW)


def add(db: Database, text: str = TEXT, *, by: str = ANA, draft: str = "d1", channel: str = FORECAST) -> None:
    action_lines.submit(db, sent=Submission(WORKSPACE, by, draft, {"lines": text}), channel_id=channel, now=NOW)


def together(db: Database, reader: str) -> list[str]:
    cards = action_lines.recorded_together(db, workspace_id=WORKSPACE, item_id=1, reader_id=reader, now=NOW)
    return [card.item.name for card in cards]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("@Ben Relabel by next Monday", Line("Relabel", BEN, date(2026, 11, 23))),
        ("• @ben okafor: Relabel", Line("Relabel", BEN)),
        ("[ ] Relabel by 3 Dec", Line("Relabel", "", date(2026, 12, 3))),
        ("@Chloe Relabel", Line("@Chloe Relabel", unknown="@Chloe")),
        ("@Chloe Smith Relabel", Line("Relabel", DEV)),
        ("@Benjamin Relabel", Line("@Benjamin Relabel", unknown="@Benjamin")),
        ("Talk to @Ben about labels", Line("Talk to @Ben about labels")),
    ],
)
def test_a_line_says_what_who_and_when_as_far_as_it_can_mean_one_thing(text: str, line: Line) -> None:
    (found,) = read(text)
    assert (found.what, found.owner_id, found.due, found.unknown) == (line.what, line.owner_id, line.due, line.unknown)


def test_a_day_that_may_be_another_is_asked_for() -> None:
    (found,) = read("Relabel by early December")
    assert (found.due, found.unsure) == (None, "by early December")


@pytest.mark.parametrize("text", [" \n ", "x\n" * (MOST + 1), "x" * 301, "@Ben"])
def test_lines_that_say_nothing_or_too_much_are_marked(text: str) -> None:
    with pytest.raises(FieldErrors):
        read(text)


def test_all_lines_are_recorded_at_once_and_each_is_told_of_theirs_in_one_message(db: Database) -> None:
    add(db)
    add(db)
    found = [item(db, number) for number in (1, 2, 3)]
    assert [(each.what, each.owner_id) for each in found] == [
        ("Relabel the tickets", BEN),
        ("Ask legal", DEV),
        ("Tidy the wiki", ""),
    ]
    assert readers(db, "actions") == [ANA, BEN, DEV]
    assert readers(db, "action") == []
    assert [together(db, each) for each in (ANA, BEN, DEV, CHLOE)] == [["A-1", "A-2", "A-3"], ["A-1"], ["A-2"], []]
    assert [what for what, _, _ in audited(db)] == ["action item recorded"] * 3
    with pytest.raises(AlreadyRecorded):
        add(db, "Something else")


def test_a_line_that_cannot_be_recorded_leaves_all_out(db: Database) -> None:
    with pytest.raises(FieldErrors):
        add(db, f"Relabel\n{'x' * 301}")
    assert listed(db, Which.ORPHANS) == {}


def test_only_those_in_the_channel_are_named(db: Database) -> None:
    add(db, "@Dev Relabel", by=CHLOE, channel=PRICING)
    assert (item(db).owner_id, item(db).what) == ("", "@Dev Relabel")
    assert readers(db, "actions") == [CHLOE]


def test_the_message_follows_what_becomes_of_each(db: Database) -> None:
    add(db, "@Ben Relabel\n@Ben Ask legal by 3 Dec")
    before = {row.person_id: row.wanted for row in owed(db, "actions")}
    done(db, item_id=2, person_id=BEN)
    assert {row.person_id: row.wanted - before[row.person_id] for row in owed(db, "actions")} == {ANA: 1, BEN: 1}
    cards = action_lines.recorded_together(db, workspace_id=WORKSPACE, item_id=1, reader_id=BEN, now=NOW)
    message = together_message(cards, BEN)
    assert message.text.startswith("Ana has 2 action items for you, in #forecast.\nA-1 Relabel · yours · no date yet")
    assert "A-2 Ask legal · yours · done" in message.text


def test_too_many_lines_open_the_form_all_the_same(db: Database) -> None:
    place: Any = {"workspace_id": WORKSPACE, "channel_id": FORECAST, "person_id": ANA}
    sheet = action_lines.open_form(db, **place, text="x\n" * 30, now=NOW)
    assert (sheet.lines, sheet.text) == ([], "x\n" * 30)


@pytest.mark.parametrize("sign", ["x", "&", "*<!channel>"])
def test_forms_and_messages_are_ones_that_slack_takes(db: Database, sign: str) -> None:
    text = "\n".join([f"@Ben {(sign * 300)[:290]} by early December"[:300]] * MOST)[:3000]
    sent = Submission(WORKSPACE, ANA, "d1", {"lines": text})
    form = lines_form(action_lines.sheet(db, sent=sent, channel_id=FORECAST, now=NOW))
    assert problems_of_view(form) == []
    add(db, "\n".join([f"@Ben {(sign * 300)[:290]}"] * MOST))
    for reader in (ANA, BEN):
        cards = action_lines.recorded_together(db, workspace_id=WORKSPACE, item_id=1, reader_id=reader, now=NOW)
        message = together_message(cards, reader)
        assert problems_of_message(message.blocks) == []
        assert len(message.text) <= TEXTS_ROOM


def test_the_same_text_is_known_again() -> None:
    assert digest("a\nb") == digest("a\nb\n") != digest("a\nc")
