"""Which replies are votes."""

import pytest

from briefs.cues import cues
from briefs.votes import Ballot, Reply, reply

BARE = [
    ("+1", Ballot.FOR),
    ("+1 to ben", Ballot.FOR),
    ("big +1 on this", Ballot.FOR),
    ("I'm +1", Ballot.FOR),
    ("18 is fair. +1 then", Ballot.FOR),
    ("yes, sounds good!", Ballot.FOR),
    ("LGTM", Ballot.FOR),
    ("👍👍", Ballot.FOR),
    (":white_check_mark: :+1::skin-tone-2:", Ballot.FOR),
    ("-1", Ballot.AGAINST),
    ("\N{MINUS SIGN}1", Ballot.AGAINST),
    ("-0.5", Ballot.AGAINST),
    (":no_entry:", Ballot.AGAINST),
    ("i disagree", Ballot.AGAINST),
    ("0", Ballot.ABSTAINED),
    ("+0", Ballot.ABSTAINED),
    ("yeah", Ballot.NOD),
    ("ok, thanks", Ballot.NOD),
]


@pytest.mark.parametrize(("text", "ballot"), BARE)
def test_a_short_reply_is_a_vote(text: str, ballot: Ballot) -> None:
    assert reply(text, cues(("en",))) == Reply(ballot, is_bare=True)


@pytest.mark.parametrize(
    ("text", "ballot"),
    [("-1, it breaks what we promised", Ballot.AGAINST), ("+1, and lockers please, for all", Ballot.FOR)],
)
def test_a_number_before_more_words_is_a_vote_as_well(text: str, ballot: Ballot) -> None:
    assert reply(text, cues(("en",))) == Reply(ballot, is_bare=False)


@pytest.mark.parametrize(
    "text",
    [
        "+1 555 1234", "-1°C", "- 1 item", "0 errors so far", "2024 was good", "10 of us agree", "👍 👎", "not agreed",
        "agree, but who pays?", "I agree with most of what you say about it", "",
    ],
)  # fmt: skip
def test_other_replies_are_none(text: str) -> None:
    assert reply(text, cues(("en",))) is None


def test_words_are_votes_in_the_languages_of_the_thread_only() -> None:
    assert reply("einverstanden", cues(("de",))) == Reply(Ballot.FOR, is_bare=True)
    assert reply("d'accord", cues(("fr",))) == Reply(Ballot.FOR, is_bare=True)
    assert reply("反対です", cues(("ja",))) == Reply(Ballot.AGAINST, is_bare=True)
    assert reply("einverstanden", cues(("en",))) is None
    assert reply("+1", cues(())) == Reply(Ballot.FOR, is_bare=True)
