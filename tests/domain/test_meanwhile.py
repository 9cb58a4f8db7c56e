"""What becomes of a form when somebody else has changed the record it edits."""

from hypothesis import given as over
from hypothesis import strategies as st

from domain.meanwhile import merged

OPENED = {"title": "Small", "choice": "Ship it", "because": "Cheaper"}
texts = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["x", "y", "z"]))


def test_each_keeps_what_only_they_changed_and_sees_what_both_did() -> None:
    mine = OPENED | {"because": "Faster", "context": "Costs rose"}
    theirs = OPENED | {"because": "Safer", "choice": "Ship both"}
    found, meanwhile = merged(OPENED, mine, theirs, by="Dev")
    assert found == {"title": "Small", "choice": "Ship both", "because": "Faster", "context": "Costs rose"}
    assert (meanwhile.by, meanwhile.taken, meanwhile.both) == ("Dev", ("choice",), {"because": "Safer"})


def test_what_both_wrote_alike_is_no_news_and_what_was_emptied_stays_empty() -> None:
    found, meanwhile = merged(OPENED, OPENED | {"because": "", "choice": "Both"}, OPENED | {"choice": "Both "}, by="")
    assert found == {"title": "Small", "choice": "Both"}
    assert (meanwhile.taken, meanwhile.both) == ((), {})


@over(texts, texts, texts)
def test_nothing_that_anybody_wrote_is_lost(
    opened: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    found, meanwhile = merged(opened, mine, theirs, by="Dev")
    for name in {*opened, *mine, *theirs}:
        own, other, before = mine.get(name, ""), theirs.get(name, ""), opened.get(name, "")
        assert found.get(name, "") == (own if own != before else other)
        if own != before and other not in (own, before):
            assert meanwhile.both[name] == other
        if own == before != other:
            assert name in meanwhile.taken
