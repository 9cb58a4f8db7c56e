"""The plan of a simulation: its file, and the one made from a seed."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from simulation import generator, plan, rituals
from simulation.tokens import tokens
from simulation.trace import Unreadable
from simulation.when import read_when
from simulation.working import holidays_of

TALK = {"says", "reacts", "edits", "deletes"}
RITUALS = Path(__file__).parents[2] / "rituals"


@pytest.mark.parametrize("members", [generator.FEWEST, 8, 40, generator.MOST])
def test_a_plan_is_the_same_once_it_has_been_written_and_read(tmp_path: Path, members: int) -> None:
    made = generator.plan(7, members)
    plan.write(made, tmp_path / "plan.yaml")
    assert plan.read(tmp_path / "plan.yaml") == made


def test_a_seed_makes_the_same_plan_again_and_another_seed_another() -> None:
    assert generator.plan(7, 12) == generator.plan(7, 12)
    assert generator.plan(7, 12) != generator.plan(8, 12)


@pytest.mark.parametrize("seed", range(6))
def test_everybody_named_in_a_plan_is_in_it(seed: int) -> None:
    made = generator.plan(seed, 20)
    names = {human.name for human in made.people}
    assert len(names) == 20
    assert {member.name for member in made.team} == names
    assert {name for room in made.channels for name in room.members} <= names
    assert {member.manager for member in made.team} - {""} <= names
    assert all(switched.by in _room(made, switched.channel).members for switched in made.rituals)
    assert all(line["who"] in _room(made, line["channel"]).members for line in made.does if "channel" in line)
    assert {line["who"] for line in made.does} <= names


@pytest.mark.parametrize("seed", range(6))
def test_a_plan_asks_a_lot_of_the_clocks(seed: int) -> None:
    """Half hours and quarters, both sides of the date line, and clock changes within its weeks."""
    made = generator.plan(seed, 20)
    zones = [ZoneInfo(human.tz) for human in made.people]
    offsets = {_offset(zone, made.begins) for zone in zones}
    assert any(offset % timedelta(hours=1) for offset in offsets)
    assert max(offsets) - min(offsets) > timedelta(hours=24)
    assert any(_offset(zone, made.begins) != _offset(zone, made.begins + timedelta(weeks=8)) for zone in zones)


@pytest.mark.parametrize("seed", range(6))
def test_a_plan_writes_marked_texts_in_private_channels(seed: int) -> None:
    made = generator.plan(seed, 8, weeks=2)
    private = {room.name for room in made.channels if room.private}
    marked = [line for line in made.does if line.get("channel") in private and tokens(str(line.get("values")))]
    assert len(marked) >= 8
    assert len(private) == 2


def test_the_rituals_of_a_plan_are_shipped_or_written_and_the_judge_understands_them() -> None:
    made = generator.plan(1, 8)
    known = rituals.of_plan(RITUALS, made)
    assert set(known) == {switched.template for switched in made.rituals}
    assert sum(bool(each.anonymous) for each in known.values()) == 1
    assert {each.by for each in known.values()} == {"function", "person", "question", "answer"}


@pytest.mark.parametrize("seed", range(6))
def test_somebody_has_a_holiday_is_away_or_travels_in_the_first_week_and_some_have_hours_of_their_own(
    seed: int,
) -> None:
    made = generator.plan(seed, 12)
    monday = made.begins.date() + timedelta(days=3)
    week = [monday + timedelta(days=n) for n in range(5)]
    regions = [member.region for member in made.team if member.region]
    assert len(regions) == 2
    assert all(any(day in holidays_of(region, day.year) for day in week) for region in regions)
    away = [line["text"].split() for line in made.does if str(line.get("text")).startswith("away")]
    assert any(day.isoformat() in words for words in away for day in week)
    assert any(line.get("profile") for line in made.does)
    own = {label for member in made.team for label in member.settings}
    assert own == {"Reminders", "Working hours", "Quiet hours", "Time zone"}


def test_people_take_back_that_they_are_away_in_an_answer_on_home_and_as_managers() -> None:
    lines = [line for seed in range(6) for line in generator.plan(seed, 12, weeks=2).does]
    back = [line for line in lines if "Take back" in (line.get("at_home"), *line.get("then", ()))]
    assert {str(line.get("text")).partition(" ")[0] for line in back if "command" in line} == {"away", "back"}
    assert {line["when"][:3] for line in back if "at_home" in line} >= {"mon", "tue", "wed"}


def test_some_plans_ask_by_the_quarter_on_a_day_that_is_lived_and_all_have_a_holiday_of_the_whole_workspace() -> None:
    quarterly = set()
    for seed in range(24):
        made = generator.plan(seed, 8)
        monday = made.begins.date() + timedelta(days=3)
        thursday, wednesday = monday + timedelta(days=3), monday + timedelta(days=2)
        (region,) = (str(line["text"]).split()[2] for line in made.does if "days region" in str(line.get("text")))
        assert thursday in holidays_of(region, thursday.year)
        for when in (str(each["when"]) for each in made.written if "every quarter" in str(each["when"])):
            asks = read_when(when)
            assert asks
            assert asks.falls_on(wednesday, monday)
            quarterly.add(made.begins.month)
    assert quarterly == {3, 10}


def test_an_action_item_of_a_plan_is_due_after_it_is_made() -> None:
    made = generator.plan(3, 8, weeks=3)
    monday = made.begins.date() + timedelta(days=3)
    due = [
        (line["values"]["Due"], line["weeks"][0])
        for line in made.does
        if line.get("command") == "/action" and "values" in line and "Due" in line["values"]
    ]
    assert len(due) == 12
    assert all(datetime.fromisoformat(day).date() >= monday + timedelta(weeks=week - 1, days=4) for day, week in due)


@pytest.mark.parametrize("members", [generator.FEWEST, 12])
def test_people_talk_in_short_and_long_threads_everywhere_with_and_without_votes_and_marks(members: int) -> None:
    sizes, rooms, said = set[int](), set[str](), list[list[str]]()
    for seed in range(6):
        made = generator.plan(seed, members, weeks=2)
        for line in (line for line in made.does if "follows" in line):
            steps = [line, *(each for each in line["follows"] if TALK & each.keys())]
            sizes.add(sum("says" in each for each in steps))
            rooms.add(line["channel"])
            said.append(
                [next(name for name in ("says", "reacts", "edits", "deletes") if name in each) for each in steps]
            )
            assert {each["who"] for each in steps} <= set(_room(made, line["channel"]).members)
            assert all(len(tokens(each["says"])) == 1 for each in steps if "says" in each)
            assert all(each["of"] < number for number, each in enumerate(line["follows"], start=1))
    assert (min(sizes), max(sizes) > 15, max(sizes) <= 25) == (3, True, True)
    assert len(rooms) == 4
    assert any(set(each) == {"says"} for each in said)
    assert any("edits" in each and "deletes" in each and "reacts" in each for each in said)


def test_people_ask_for_briefs_from_inside_and_outside_and_do_all_that_can_be_done_with_them() -> None:
    done, strangers = set[str](), 0
    for seed in range(12):
        made = generator.plan(seed, 12, weeks=2)
        for line in (line for line in made.does if "follows" in line):
            wanted = ("Brief this thread", "/brief")
            asked = [each for each in line["follows"] if {*wanted} & {str(value) for value in each.values()}]
            inside = _room(made, line["channel"]).members
            strangers += sum(each["who"] not in inside for each in asked)
            assert asked
            pressed = (each for each in line["follows"] if {"press", "leaves"} & each.keys())
            done |= {name for each in pressed for name in (each.get("press", "leaves"), *each.get("then", ()))}
    assert strangers > 12
    assert done == {
        "Add action items",
        "Add it back",
        "Brief this thread",
        "Discard",
        "Draw it up again",
        "Leave it out",
        "Put it in other words",
        "Record decision",
        "Review",
        "Share in the thread",
        "Take back",
        "leaves",
    }


@pytest.mark.parametrize("text", ["just words", "workspace: W", "{", "workspace: W\nbegins: never"])
def test_a_file_that_is_no_plan_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.yaml").write_text(text)
    with pytest.raises(Unreadable, match=r"plan\.yaml is no plan"):
        plan.read(tmp_path / "plan.yaml")


def test_a_plan_is_a_workspace_too() -> None:
    """What the sandbox reads of it has the keys that it knows."""
    read = yaml.safe_load(plan.to_yaml(generator.plan(1, 4)))
    assert set(read["people"][0]) == {"name", "title", "tz", "is_admin"}
    assert set(read["channels"][0]) == {"name", "members", "topic", "private", "app"}


def _room(made: plan.Plan, name: str) -> plan.Room:
    return next(room for room in made.channels if room.name == name)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
