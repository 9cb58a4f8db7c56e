"""What a message shows of a long answer."""

from hypothesis import given
from hypothesis import strategies as st

from domain.folding import LINES, SIGNS, SPARED, folded


@given(st.text(alphabet="ab \n", max_size=1200))
def test_a_folded_answer_begins_with_the_words_of_the_whole_and_is_short(text: str) -> None:
    short = folded(text)
    if short != text:
        assert short.endswith("…")
        assert text.startswith(short[:-1])
        assert len(short) <= SIGNS + 1
        assert short.count("\n") < LINES
        assert len(text) > len(short)


@given(st.text(max_size=SIGNS + SPARED).filter(lambda text: "\n" not in text))
def test_what_is_hardly_longer_than_the_fold_is_shown_whole(text: str) -> None:
    assert folded(text) == text


def test_a_long_answer_ends_after_a_word_and_a_list_after_its_third_line() -> None:
    assert folded("word " * 200) == "word " * 79 + "word…"
    assert folded("w" * 900) == "w" * SIGNS + "…"
    assert folded("one\ntwo\nthree\nfour\nfive") == "one\ntwo\nthree…"
    assert folded("one\ntwo\nthree\nfour") == "one\ntwo\nthree\nfour", "a single line more is no fold"
