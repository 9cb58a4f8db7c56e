"""Escaping, cutting and splitting lose nothing that must be kept and let nothing through that must not pass."""

import html
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Person
from surface import forms, kit
from surface.kit import ANCHOR, GUARD, SECTION_LIMIT

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WORDS = st.text(st.sampled_from("ab &<>;\n😀é"), max_size=200).map(lambda text: text * 40)


@given(st.lists(WORDS, max_size=6))
def test_sections_hold_every_word_in_order(lines: list[str]) -> None:
    found = [block["text"]["text"] for block in kit.sections(map(kit.escape, lines))]
    assert all(0 < len(text) <= SECTION_LIMIT for text in found)
    shown = html.unescape("".join(found))
    assert "".join(shown.split()) == "".join("".join(lines).split())


@given(WORDS, st.integers(10, 400))
def test_a_cut_text_fits_and_is_the_beginning_of_what_was_written(text: str, limit: int) -> None:
    found = kit.escape_cut(text, limit)
    assert len(found) <= limit
    assert text.startswith(html.unescape(found.removesuffix(kit.ELLIPSIS)))


@given(st.text(st.characters(exclude_characters=GUARD + ANCHOR + TURNING), max_size=300))
def test_an_escaped_text_can_do_nothing_and_says_the_same(text: str) -> None:
    found = kit.escape(text)
    assert "<" not in found
    assert ">" not in found
    typed = re.sub(f"[{GUARD}{ANCHOR}]", "", found)
    assert typed.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@pytest.mark.parametrize("typed", ["use foo_bar*", "*", "_private", "~5 or ~6", "2*3*4", "a * b", "**so**", "*_*_~"])
def test_signs_that_people_type_stay_and_mark_nothing(typed: str) -> None:
    title = kit.escape(typed)
    assert kit.message(f"*A-1: {title}* is done. ~{title}~ _{title}_", []).text == (
        f"A-1: {typed} is done. {typed} {typed}"
    )
    for sign in re.finditer(r"[*_~]", title):
        before, after = title[sign.start() - 1 : sign.start()], title[sign.end() : sign.end() + 1]
        around = before + after
        assert around in (GUARD * 2, "  ") or around.isalnum()


@pytest.mark.parametrize(
    "sign", ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u202c"]
)
def test_signs_that_turn_what_stands_beside_them_are_taken_out(sign: str) -> None:
    typed = f"a{sign}b שלום"
    shown = [
        kit.message(f"*{kit.escape(typed)}*", [kit.section(kit.escape(typed))]),
        kit.header(typed),
        kit.button(typed, "id", 1, label=typed),
        forms.choice([("1", typed)]),
        kit.modal(typed, "id", []),
        kit.names([typed]),
        kit.line(typed),
    ]
    assert sign not in str(shown)
    assert "ab שלום" in str(shown[0])


@given(st.lists(st.text(alphabet="ab&<*_ ", max_size=60), max_size=12), st.integers(60, 400))
def test_texts_that_fit_together_are_whole_and_of_others_only_the_longest_are_cut(texts: list[str], room: int) -> None:
    found, whole = kit.fitted(texts, room), [kit.escape(text) for text in texts]
    assert sum(map(len, found)) <= room
    if sum(map(len, whole)) <= room:
        assert found == whole
    kept = [len(text) for text in whole if text in found]
    cut = [len(text) for text in whole if text not in found]
    assert not cut or max(kept, default=0) < min(cut)


def test_words_that_belong_on_one_line_stay_there() -> None:
    assert kit.line("Ship\r\n\tit <now>\u2028today", 80) == "Ship it &lt;now&gt; today"


def test_somebody_on_whom_something_waits_is_named_with_whether_they_left() -> None:
    people = {"U1": Person("T1", "U1", "Ana\nSouza"), "U2": Person("T1", "U2", "Ben", left=True)}
    assert [kit.name_of(people, each) for each in ("U1", "U2", "U3")] == [
        "Ana Souza",
        "Ben (has left)",
        "somebody who left",
    ]


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Berlin", "Fri 20 Nov 2026 16:00 CET"),
        ("UTC", "Fri 20 Nov 2026 15:00 UTC"),
        ("America/Sao_Paulo", "Fri 20 Nov 2026 12:00 UTC−3"),  # noqa: RUF001 # The sign people read.
        ("Pacific/Kiritimati", "Sat 21 Nov 2026 05:00 UTC+14"),
        ("Asia/Kathmandu", "Fri 20 Nov 2026 20:45 UTC+5:45"),
        ("Pacific/Marquesas", "Fri 20 Nov 2026 05:30 UTC−9:30"),  # noqa: RUF001 # The sign people read.
    ],
)
def test_a_zone_without_letters_is_written_as_its_distance(zone: str, text: str) -> None:
    assert kit.moment_text(datetime(2026, 11, 20, 15, tzinfo=UTC), ZoneInfo(zone)) == text


def test_addresses_stay_whole() -> None:
    address = "https://example.com/~ana/__init__.py?a=*b"
    assert kit.escape(f"see {address}") == f"see {address}"
    assert kit.message(f"*see {address} now*", []).text == f"see {address} now"


def test_ids_of_blocks_are_unique_and_stay_the_same() -> None:
    blocks = [kit.section("a"), kit.divider(), kit.context("b"), kit.header("c")]
    found = [block["block_id"] for block in kit.to_json(blocks)]
    assert len(set(found)) == len(found)
    assert found == [block["block_id"] for block in kit.to_json(blocks)]


def test_names_are_read_as_a_person_would_say_them() -> None:
    assert kit.names(["Ana"]) == "Ana"
    assert kit.names(["Ana", "Ben", "<C>"]) == "Ana, Ben and &lt;C&gt;"


def test_a_message_keeps_to_slacks_limits() -> None:
    found = kit.message("&amp;" * 2000, [kit.divider()] * 60)
    assert len(found.text) <= kit.TEXT_LIMIT
    assert found.text.replace("&amp;", "") == kit.ELLIPSIS
    assert len(found.blocks) == kit.BLOCK_LIMIT
