"""Late answers are welcome until the next run begins, and a message offers no more than is welcome."""

from datetime import timedelta

from domain.deliveries import Kind
from tests.checkin.team import AFTER, ANA, ANGELES, ANGELES_ENDS, BEN, BERLIN, DEV, GRACE, Team

NEXT = BERLIN + timedelta(days=7)


def test_the_next_run_takes_the_button_from_those_who_had_not_answered(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN)
    team.skip(BEN, BERLIN)
    team.at(ANGELES)
    team.at(ANGELES_ENDS + AFTER)
    assert "Answer late" in team.messages(Kind.PROMPT, GRACE)[0]
    assert "Answer after all" in team.messages(Kind.PROMPT, BEN)[0]
    answered = list(team.sent)
    team.at(NEXT)
    for person in (BEN, GRACE):
        before, asked = team.messages(Kind.PROMPT, person)
        assert "You can still answer" not in before
        assert "Answer" not in before.partition(":")[2].partition("\n")[2].replace("Answered", "")
        assert "Skip today" in asked
    assert len(team.messages(Kind.PROMPT, ANA)) == 2
    assert set(answered) < set(team.sent)
    assert team.messages(Kind.PROMPT, DEV)[0].startswith("Closed: Weekly sync")
