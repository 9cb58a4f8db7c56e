"""Planted: people who only read are asked, counted or forgotten, or others read along."""

from simulation.promises import answers, asked, leaks, observed, once, sent_on
from tests.simulation.breaking import again, broken
from tests.simulation.steered import CHANGE, steered, submit
from tests.simulation.story import FRIDAY, SECOND, Json, counting, direct, local, summary
from tests.simulation.week import SECRET, TUESDAY, Week

BOARD = {**CHANGE, "When?": "every tue at 10:00", "How long is it open?": "1d", "When is somebody reminded?": "4h"}
CLOSED = local("ben", 25, "10:00") + SECOND
NAMED = "Board & agenda of 2026-11-24 in #council"


def read_by(names: str = "Cai Rao") -> Week:
    """The private board, which Cai is not in and observes."""
    found = steered(title="Board & agenda")
    submit(found.story, FRIDAY + SECOND, "ritual.form", **{**BOARD, "Who only reads?": names})
    return found


def copy(found: Week, who: str = "cai", answer: dict[str, str] = SECRET) -> Json:
    text, blocks = summary("Board & agenda", TUESDAY, {"Ana Souza": answer}, 2)
    return found.story.post(CLOSED + SECOND, direct(who), f"Summary of {text}", blocks)


def test_an_observer_who_does_not_get_the_summary_is_found() -> None:
    assert broken(read_by())[sent_on.PROMISE] == [f"Cai Rao was to get the summary of {NAMED}, and did not."]


def test_an_observer_may_read_what_is_answered_in_private() -> None:
    found = read_by()
    copy(found)
    assert broken(found) == {}


def test_a_summary_that_an_observer_gets_twice_is_found() -> None:
    found = read_by()
    again(found, copy(found), CLOSED + 2 * SECOND, delivery="another")
    assert once.PROMISE in broken(found)


def test_a_summary_that_reaches_whoever_does_not_observe_is_found() -> None:
    found = read_by()
    copy(found)
    copy(found, "dia")
    assert broken(found)[sent_on.PROMISE] == [f"Dia Moss got the summary of {NAMED}, which is not for them."]
    assert leaks.PROMISE in broken(found)


def test_a_summary_that_reaches_whoever_observes_no_more_is_found() -> None:
    found = read_by()
    submit(found.story, local("ben", 24, "15:00"), "ritual.form", **BOARD)
    copy(found)
    assert broken(found)[sent_on.PROMISE] == [f"Cai Rao got the summary of {NAMED}, and does not observe it any more."]


def test_a_summary_that_does_not_show_an_observer_what_was_answered_later_is_found() -> None:
    found = read_by()
    copy(found, answer={})
    assert any("submitted to Cai Rao" in text for text in broken(found)[answers.PROMISE])


def test_an_observer_in_the_channel_is_found_if_asked_or_sent_what_they_read_there() -> None:
    found = read_by("Ana Souza")
    copy(found, "ana")
    texts = broken(found)
    assert any("Ana Souza was asked for Board & agenda" in text for text in texts[asked.PROMISE])
    assert texts[sent_on.PROMISE] == [f"Ana Souza got the summary of {NAMED}, which they read in the channel already."]


def test_an_observer_who_is_counted_is_found() -> None:
    found = read_by()
    copy(found)
    text, blocks = counting("Board & agenda", TUESDAY, 1, 3)
    text = f"{text.removesuffix('.')} · not heard from: Ben Okafor and Cai Rao."
    shown = found.named["private summary"]["message"]
    found.named["private summary"]["message"] |= {"text": text, "blocks": [*shown["blocks"], *blocks[1:]]}
    assert broken(found)[observed.PROMISE] == [
        f"{NAMED} says that 3 were asked, and only 2 could be.",
        f"{NAMED} counts Cai Rao, who only observes.",
    ]
