"""What other messages and pages tell of an anonymous check-in: counts from the least on, and nobody's name."""

from dataclasses import replace

from domain.engagement import week_of
from domain.heard import heard
from domain.people import Person
from domain.previews import Trial, invitation, preview, trial
from domain.runs import Missed, Prompt, PromptState, Run, RunState
from domain.tallies import unreached_texts
from surface.digest_rows import heard as heard_text
from surface.digest_rows import heard_shortly
from surface.library import trial_view
from tests.checkin.team import ANA, BEN, BERLIN, BERLIN_ENDS, CHANNEL, EVERYBODY, WORKSPACE
from tests.checkin.test_anonymous import pulse
from tests.counting import one_by_one
from tests.digest.cards import CARD

NAMES = {CHANNEL: "forecast"}


def run(number: int, *, anonymous: int | None = 3) -> Run:
    template = replace(pulse(), anonymous=anonymous)
    return Run(number, WORKSPACE, 1, CHANNEL, "2026-11-23T09:30", template, ANA.id, RunState.CLOSED, BERLIN)


def prompts(of: Run, *states: PromptState) -> list[Prompt]:
    return [
        Prompt(10 * of.id + place, WORKSPACE, of.id, each.id, "mlops", state, BERLIN, BERLIN_ENDS)
        for place, (each, state) in enumerate(zip(EVERYBODY, states, strict=False))
    ]


YES, NO = PromptState.ANSWERED, PromptState.MISSED


def test_a_digest_tells_of_an_anonymous_run_only_how_many_answered() -> None:
    one = run(1)
    asked = [*prompts(one, YES, YES, YES), replace(prompts(one, *4 * [NO])[3], missed=Missed.REFUSED)]
    (found,) = heard([one_by_one(one, asked)], NAMES)
    assert heard_text(CARD, found) == "Weekly sync in #forecast: 3 of 4."
    named = one_by_one(run(1, anonymous=None), asked)
    assert week_of(BERLIN.date(), [named]).functions, "with names it would go by function as well"
    assert week_of(BERLIN.date(), [one_by_one(one, asked)]).functions == ()


def test_a_digest_tells_of_few_answers_only_that_they_were_few() -> None:
    few, enough = run(1), run(2)
    (found,) = heard([one_by_one(few, prompts(few, YES, YES, NO, NO))], NAMES)
    assert heard_text(CARD, found) == "Weekly sync in #forecast: fewer than 3 answered."
    assert heard_shortly(found) == "fewer than 3 in Weekly sync"
    asked = [*prompts(few, YES, YES, NO, NO), *prompts(enough, YES, YES, YES, NO)]
    (found,) = heard([one_by_one(few, asked), one_by_one(enough, asked)], NAMES)
    assert heard_text(CARD, found) == "Weekly sync in #forecast: 3 of 4.", "their sum would tell of the few"


def test_who_could_not_be_asked_is_not_named_for_they_have_not_answered() -> None:
    asked = [replace(each, missed=Missed.REFUSED) for each in prompts(run(1), NO, NO)]
    assert unreached_texts(asked, None) == ("Not everybody could be asked, because Slack did not take the message",)
    assert unreached_texts(asked, {ANA.id: ANA, BEN.id: BEN}) == (
        "Not asked, because Slack did not take the message: Ana and Ben",
    )


def tried(reader: Person, **answers: str) -> str:
    seen = preview(pulse(), reader, CHANNEL, answers=answers, whom="", now=BERLIN)
    return str(trial_view(Trial(invitation(seen, "#forecast"), trial(seen, {}, now=BERLIN)), is_yours=False))


def test_a_trial_shows_the_results_as_if_one_answer_were_enough_and_without_a_name() -> None:
    said = tried(replace(BEN, name="Benjamin"), mood="Yes", why="Because.")
    assert "Yes 1 of 1" in said
    assert "Because." in said
    assert "Benjamin" not in said
