"""What a digest may say of the pulse: what changed, from five answers on, and nothing that tells of one person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import shipped_library
from domain.cadence import parse
from domain.channels import Readable
from domain.metrics.participation import Count
from domain.metrics.survey import CONSTRUCTS
from domain.people import Person
from domain.pulse import Chosen, Pulse, Reading, readings, same_questions
from domain.templates import Post, Template
from services import checkins
from services.pulse import pulse
from storage.engine import Database
from surface.pulse import pulse_line
from tests.checkin.team import AFTER, ANA, BERLIN, CHANNEL, FRIDAY, WORKSPACE, Team, settle_in

PEOPLE = tuple(replace(ANA, id=f"U{n}", name=f"Person {n}", function="legal" if n % 2 else "ml") for n in range(1, 13))
WEEK = timedelta(weeks=1)
SCALES = tuple(each for questions in CONSTRUCTS.values() for each in questions)
OPEN_TO = Readable({CHANNEL: None})


def weekly_pulse(*, by: str = "question") -> Template:
    when = "every mon at 09:30"
    shipped = shipped_library()["governance-pulse"]
    return replace(shipped, when=when, cadence=parse(when), post=Post(by=by))


def live(team: Team, begin: datetime, answers: dict[str, int], people: tuple[Person, ...]) -> None:
    """Those people answer what is asked at that moment, and it closes."""
    team.at(begin)
    for person in people:
        prompt_id = team.prompt(person).id
        given = {scale: str(answers.get(scale, 4)) for scale in SCALES} | {"change": f"Words of {person.id}"}
        checkins.submit(
            team.db,
            workspace_id=WORKSPACE,
            prompt_id=prompt_id,
            person_id=person.id,
            draft_id=f"draft {prompt_id}",
            given=given,
            now=begin,
        )
    for days in (1, 2, 3, 4):
        team.at(begin + timedelta(days=days) + AFTER)
    assert not team.is_open()


def told(
    team: Team,
    start: datetime,
    *,
    places: Readable = OPEN_TO,
    reader: Person = ANA,
    end: datetime | None = None,
    channels: Sequence[str] = (CHANNEL,),
) -> Pulse | None:
    with team.db.read() as session:
        return pulse(session, reader, places, channels, start=start, end=end or start + WEEK)


def test_it_tells_what_changed_since_the_run_before(database: Database) -> None:
    team = settle_in(database, weekly_pulse(), everybody=PEOPLE)
    live(team, BERLIN, {}, PEOPLE[:5])
    live(team, BERLIN + WEEK, {"trust_voice": 3, "trust_word": 3}, PEOPLE[:9])
    first, second = told(team, BERLIN), told(team, BERLIN + WEEK)
    assert first
    assert [each.was for each in first.readings] == [None] * 4
    assert second
    assert pulse_line(second) == (
        "Clarity 4.0, trust 3.0 (was 4.0), satisfaction 4.0, fairness 4.0; 9 of 12 answered Governance pulse in "
        "#forecast. Favourable (4 or 5): clarity 100 %, trust 0 %, satisfaction 100 % and fairness 100 %."
    )
    assert told(team, FRIDAY, end=BERLIN + 2 * WEEK) == second, "the newest of several"
    assert told(team, BERLIN + 2 * WEEK) is None
    assert told(team, BERLIN, places=Readable({})) is None, "of a channel that the reader may not read"
    assert told(team, BERLIN, channels=["C2"]) is None, "of a channel that the digest is not about"
    later = Readable({CHANNEL: BERLIN + timedelta(hours=1)})
    since = told(team, BERLIN + WEEK, places=later)
    assert since
    assert [each.was for each in since.readings] == [None] * 4, "the run before is not theirs to read"


def test_of_fewer_than_five_answers_nothing_is_told(database: Database) -> None:
    team = settle_in(database, weekly_pulse(), everybody=PEOPLE)
    live(team, BERLIN, {}, PEOPLE[:4])
    assert told(team, BERLIN) is None


def test_by_function_only_where_functions_are_kept_and_none_can_be_computed(database: Database) -> None:
    team = settle_in(database, weekly_pulse(by="function"), everybody=PEOPLE)
    live(team, BERLIN, {"fairness": 2}, PEOPLE[:11])
    found = told(team, BERLIN)
    assert found
    assert [name for name, _ in found.readings[-1].functions] == ["legal", "ml"]
    assert pulse_line(found).endswith("Fairness by function: legal 2.0, ML 2.0.")


def all_of(value: int, people: int, function: str = "") -> list[Chosen]:
    return [Chosen(scale, function, value, people) for scale in SCALES]


@pytest.mark.parametrize(("ml", "functions"), [(5, ["legal", "ml"]), (4, [])])
def test_a_function_of_few_hides_the_other_too(ml: int, functions: list[str]) -> None:
    found = readings([*all_of(4, 6, "legal"), *all_of(2, ml, "ml")], (), same=frozenset())
    assert [name for name, _ in found[0].functions] == functions


def test_what_is_worded_anew_is_not_compared() -> None:
    was, now = weekly_pulse(), weekly_pulse()
    reworded = tuple(replace(each, text="I trust them.") if each.id == "trust_word" else each for each in now.ask)
    same = same_questions(was, replace(now, ask=reworded))
    found = readings(all_of(2, 6), all_of(4, 6), same=same)
    assert [(each.construct, each.was) for each in found] == [
        ("clarity", 4), ("trust", None), ("satisfaction", 4), ("fairness", 4),
    ]  # fmt: skip


people = st.integers(0, 9)
chosen = st.builds(Chosen, st.sampled_from(SCALES), st.sampled_from(("", "ml", "legal")), st.integers(1, 5), people)


@given(st.lists(chosen, max_size=30))
def test_nothing_is_ever_told_of_fewer_than_five(found: list[Chosen]) -> None:
    for each in readings(found, found, same=frozenset(SCALES)):
        assert each.score.n >= 5
        assert each.was is None, "the same is no change"
        assert all(score.n >= 5 for _, score in each.functions)


def test_people_named_in_a_title_are_not_mentioned() -> None:
    score = readings(all_of(4, 5), (), same=frozenset())[0].score
    named = Pulse("<!here> *pulse*", "a_b", date(2026, 11, 23), Count(5, 6), (Reading("clarity", score),))
    assert "<!here>" not in pulse_line(named)
