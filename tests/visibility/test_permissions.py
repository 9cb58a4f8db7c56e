"""The table of permissions: what each reader reads of two records, surface by surface, by what the channel is.

D-1 and A-1 are recorded in #pricing, of a message there. Whoever is named in them is not in the channel. In a cell, D
says that the reader reads the decision there, A that they read the action item, - that they read neither.
"""

from datetime import timedelta

import pytest
from sqlmodel import update

from services import sync
from storage.engine import Database
from storage.tables import ChannelRow
from tests.digests import MONDAY
from tests.team import NOW
from tests.visibility.readers import (
    CHANNELS,
    READERS,
    TITLE,
    WHAT,
    as_reader,
    db,
    one,
    read_by_all,
    record,
    rows,
)

__all__ = ["db"]

TABLES = {
    "public": """
                    lists    one      Home     digest   button   message  link     place
    recorder        DA       DA       D        DA       DA       DA       DA       DA
    driver          DA       DA       D        DA       DA       DA       DA       DA
    approver        DA       DA       D        DA       DA       DA       DA       DA
    contributor     DA       DA       D        DA       DA       DA       DA       DA
    informed        DA       DA       D        DA       DA       DA       DA       DA
    owner           DA       DA       DA       DA       DA       DA       DA       DA
    asker           DA       DA       DA       DA       DA       DA       DA       DA
    member          DA       DA       D        DA       DA       DA       DA       DA
    guest           DA       DA       D        DA       DA       DA       DA       DA
    colleague       DA       DA       D        DA       DA       DA       DA       DA
    outer.guest     -        -        -        -        -        -        -        -
    left.it         DA       DA       D        DA       DA       DA       DA       DA
    left.us         -        -        -        -        -        -        -        -
    was.informed    -        -        -        -        -        -        -        -
    stranger        -        -        -        -        -        -        -        -
    """,
    "private": """
                    lists    one      Home     digest   button   message  link     place
    recorder        D        D        D        D        D        D        -        -
    driver          D        D        D        D        D        D        -        -
    approver        D        D        D        D        D        D        -        -
    contributor     D        D        D        D        D        D        -        -
    informed        D        D        D        D        D        D        -        -
    owner           A        A        A        A        A        A        -        -
    asker           A        A        A        A        A        A        -        -
    member          DA       DA       D        DA       DA       DA       DA       DA
    guest           DA       DA       D        DA       DA       DA       DA       DA
    colleague       -        -        -        -        -        -        -        -
    outer.guest     -        -        -        -        -        -        -        -
    left.it         -        -        -        -        -        -        -        -
    left.us         -        -        -        -        -        -        -        -
    was.informed    -        -        -        -        -        -        -        -
    stranger        -        -        -        -        -        -        -        -
    """,
    "private, made public": """
                    lists    one      Home     digest   button   message  link     place
    recorder        D        D        D        D        D        D        -        D
    driver          D        D        D        D        D        D        -        D
    approver        D        D        D        D        D        D        -        D
    contributor     D        D        D        D        D        D        -        D
    informed        D        D        D        D        D        D        -        D
    owner           A        A        A        A        A        A        -        A
    asker           A        A        A        A        A        A        -        A
    member          DA       DA       D        DA       DA       DA       DA       DA
    guest           DA       DA       D        DA       DA       DA       DA       DA
    colleague       -        -        -        -        -        -        -        -
    outer.guest     -        -        -        -        -        -        -        -
    left.it         -        -        -        -        -        -        -        -
    left.us         -        -        -        -        -        -        -        -
    was.informed    -        -        -        -        -        -        -        -
    stranger        -        -        -        -        -        -        -        -
    """,
    "public, made private": """
                    lists    one      Home     digest   button   message  link     place
    recorder        D        D        D        D        D        D        -        -
    driver          D        D        D        D        D        D        -        -
    approver        D        D        D        D        D        D        -        -
    contributor     D        D        D        D        D        D        -        -
    informed        D        D        D        D        D        D        -        -
    owner           A        A        A        A        A        A        -        -
    asker           A        A        A        A        A        A        -        -
    member          DA       DA       D        DA       DA       DA       DA       DA
    guest           DA       DA       D        DA       DA       DA       DA       DA
    colleague       -        -        -        -        -        -        -        -
    outer.guest     -        -        -        -        -        -        -        -
    left.it         -        -        -        -        -        -        -        -
    left.us         -        -        -        -        -        -        -        -
    was.informed    -        -        -        -        -        -        -        -
    stranger        -        -        -        -        -        -        -        -
    """,
    "direct message": """
                    lists    one      Home     digest   button   message  link     place
    recorder        D        D        D        D        D        D        -        -
    driver          D        D        D        D        D        D        -        -
    approver        D        D        D        D        D        D        -        -
    contributor     D        D        D        D        D        D        -        -
    informed        D        D        D        D        D        D        -        -
    owner           A        A        A        A        A        A        -        -
    asker           A        A        A        A        A        A        -        -
    member          -        -        -        -        -        -        -        -
    guest           -        -        -        -        -        -        -        -
    colleague       -        -        -        -        -        -        -        -
    outer.guest     -        -        -        -        -        -        -        -
    left.it         -        -        -        -        -        -        -        -
    left.us         -        -        -        -        -        -        -        -
    was.informed    -        -        -        -        -        -        -        -
    stranger        -        -        -        -        -        -        -        -
    """,
}


@pytest.mark.parametrize("state", TABLES)
def test_each_surface_shows_each_reader_what_the_table_says(db: Database, state: str) -> None:
    recorded, now = CHANNELS[state]
    record(db, recorded)
    if now != recorded:
        sync.save_channel(db, channel=now, now=NOW + timedelta(hours=1))
    with db.write() as session:
        session.execute(update(ChannelRow).values(checked_at=MONDAY))
    assert read_by_all(db) == rows(TABLES[state])


@pytest.mark.parametrize("state", TABLES)
def test_what_is_hidden_and_what_there_never_was_get_the_same_sentence(db: Database, state: str) -> None:
    recorded, now = CHANNELS[state]
    record(db, recorded)
    if now != recorded:
        sync.save_channel(db, channel=now, now=NOW + timedelta(hours=1))
    for name in READERS:
        reader = as_reader(name)
        for text, unknown in zip(one(db, reader), one(db, reader, 999), strict=True):
            assert TITLE in text or WHAT in text or text == unknown.replace("999", "1"), name
