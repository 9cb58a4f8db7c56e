"""What people see of rituals, over nasty texts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.library import shipped_library
from domain.answering_time import Measured
from domain.cards import RitualCard, RitualDesk
from domain.errors import FieldErrors
from domain.health import RunHealth
from domain.people import FUNCTIONS, Person
from domain.previews import Trial, invitation, preview, trial
from domain.ritual_form import RitualChange, RitualSheet
from domain.runs import Ritual
from domain.templates import Post, Question, QuestionType, Template
from sandbox.blockkit.problems import problems_of_message
from surface import library, ritual_desk, ritual_list, rituals
from surface.kit import Message
from tests.nasty import TEXTS
from tests.surface.views import NASTY, check_view

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
TEMPLATE = shipped_library()["weekly-sync"]


def card(text: str = "x", *, crowd: int = 3) -> RitualCard:
    template = replace(TEMPLATE, title=text[:24], purpose=text[:150])
    people = [Person("T1", f"U{each}", text[:80], function=FUNCTIONS[each % 4]) for each in range(crowd)]
    ritual = Ritual(1, "T1", "C1", template, "U1", date(2026, 11, 23), NOW, started_by="U1")
    facilitator = people[0] if people else None
    return RitualCard(ritual, text[:80], facilitator, facilitator, people)


def marked(node: object) -> Iterator[str]:
    """Texts in which Slack reads marks; in those of buttons it reads none."""
    if isinstance(node, dict) and node.get("type") == "mrkdwn":
        yield node["text"]
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from marked(each)


def check(found: Message | None) -> str:
    assert found is not None
    assert problems_of_message(found.blocks) == []
    assert not [each for each in marked(found.blocks) if "<!channel>" in each]
    return found.text


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("crowd", [0, 1, 300])
def test_every_message_fits(text: str, crowd: int) -> None:
    found = card(text, crowd=crowd)
    ended = replace(found, ritual=replace(found.ritual, ended_at=NOW))
    for each in (found, ended, replace(found, facilitator=None, starter=None, has_run=True)):
        check(rituals.ritual_message(each))
    check(rituals.ended_message(ended))
    check(rituals.facilitator_message(found, "U1", is_out=False))
    other = Person("T1", "U9", text[:80])
    handed = replace(found, predecessor=other, starter=None, successor=other)
    check(rituals.facilitator_message(handed, "U1", is_out=False))
    check(rituals.facilitator_message(handed, "U2", is_out=True))
    check(rituals.stalled_message(replace(found, is_open=False)))
    check(rituals.stalled_message(replace(found, is_open=False, is_archived=True)))
    for answer in (
        ritual_list.on_answer(found.ritual, found.asked),
        ritual_list.off_answer(found.ritual, is_open=True),
        ritual_list.list_answer([found] * 3, "C1"),
        ritual_list.not_understood_answer(text),
    ):
        assert problems_of_message(answer["blocks"]) == []
        assert answer["response_type"] == "ephemeral"


def test_the_channel_reads_what_is_on_by_whom_and_from_when() -> None:
    text = check(rituals.ritual_message(card("Grace")))
    assert text.startswith("Grace is on here, switched on by Grace. It first asks on Mon 23 Nov 2026 at 09:30")


def test_a_new_facilitator_reads_why_what_it_means_and_what_to_type() -> None:
    found = replace(card("Sync"), place="#forecast")
    before = Person("T1", "U9", "Ben", left=True)
    assert check(rituals.facilitator_message(replace(found, predecessor=before), "U1", is_out=False)) == (
        "You facilitate Sync in #forecast now, because Ben has left. "
        "Muster asks and sums up by itself; you hear when nobody answers, nobody is there to ask, or it pauses. "
        "`/ritual` there shows it, changes it and pauses it; `/ritual off weekly-sync` ends it."
    )
    text = check(rituals.facilitator_message(found, "U1", is_out=False))
    assert text.startswith("Sync switched Sync on in #forecast, with you as its facilitator.")


CHANGED = {
    "when": "every tue at 10:00",
    "post": "channel\nmanagers",
    "by": "person",
    "facilitator": "U1",
    "observers": "",
}


def test_what_has_been_changed_is_said_in_the_words_of_the_form() -> None:
    view = ritual_desk.changed_view(RitualChange(card("Sync").ritual, CHANGED, {"U1": "Erin Walsh"}))
    assert view["blocks"][0]["text"]["text"] == (
        "*Sync* is changed: Every Monday at 09:30, next on Mon 23 Nov 2026.\nNow when: every tue at 10:00; "
        "summary: This channel, when it closes and Their managers; order: By person; facilitator: Erin Walsh; "
        "observers: nobody."
    )


def manual(*who: str) -> RitualCard:
    found = card("Sync")
    template = replace(TEMPLATE, title="Concern", when="manual", cadence=None, who=who)
    ritual = replace(found.ritual, template=template, next_day=None, next_at=None)
    return replace(found, ritual=ritual, asked=found.asked[:-1] if len(who) > 1 else [])


def test_one_that_asks_whoever_starts_it_says_so_and_how_to_start_it() -> None:
    found = manual("me")
    said = ritual_list.on_answer(found.ritual, [])
    how = "It asks whoever starts it: press Start mine, here or in what `/ritual` shows."
    assert said["text"] == f"Concern is on here. {how}"
    assert len(said["blocks"]) == 2, "a sentence and the button, as nobody is missing"
    assert "Whenever somebody starts it · asks whoever starts it · " in str(rituals.ritual_message(found).blocks)
    listed = str(ritual_list.list_answer([found], "C1"))
    for each in (str(said), str(rituals.ritual_message(found).blocks), listed):
        assert "'action_id': 'ritual.start'" in each
    assert "Whenever somebody starts it · asks whoever starts it · " in listed
    others = str(ritual_list.list_answer([manual("me", "leads")], "C1"))
    assert "asks whoever starts it and 2 people" in others
    assert "no date" not in listed


@pytest.mark.parametrize("waits", [True, False])
def test_what_has_ended_promises_a_summary_only_while_something_is_open(waits: bool) -> None:
    found = replace(card("Sync"), waits=waits)
    said = [
        ritual_list.off_answer(found.ritual, is_open=waits),
        rituals.ended_message(found),
        ritual_desk.end_form(found),
    ]
    assert ["can still answer" in str(each) for each in said] == [waits] * 3


def test_the_details_name_who_reads_along_and_how_long_it_is_open_and_a_pause_of_a_week_is_proposed() -> None:
    found = replace(card("Sync"), observers=(Person("T1", "U8", "Zoe"),))
    shown = str(ritual_desk.desk_view(RitualDesk(found, "d", date(2026, 11, 24), may_change=True, last=())))
    assert "· read by Zoe" in shown
    assert "Open for 8 hours, a reminder 2 hours before the end" in shown
    assert "'initial_date': '2026-12-01'" in str(ritual_desk.pause_form(found, date(2026, 11, 24)))


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("paused", [None, date(2026, 12, 1)])
def test_the_details_of_a_ritual_and_its_forms_fit(text: str, paused: date | None) -> None:
    found = card(text)
    found = replace(found, ritual=replace(found.ritual, paused_until=paused), observers=tuple(found.asked))
    last, long = RunHealth(date(2026, 11, 23), False, 300, 200, 3, 4, 5, 2.5), Measured(190, 300)
    for health in ((), (last,) * 10):
        for may_change in (False, True):
            desk = RitualDesk(found, "d", date(2026, 11, 20), may_change=may_change, last=health, took=long)
            desk = replace(desk, is_behind=True, asker=text[:80])
            check_view(ritual_desk.desk_view(desk, said="It asks again."))
    for view in (
        ritual_desk.pause_form(found, date(2026, 11, 20)),
        ritual_desk.hand_over_form(found),
        ritual_desk.end_form(found),
        ritual_desk.handed_view(found.ritual, found.asked[0]),
        ritual_desk.ended_view(found.ritual),
        ritual_desk.paused_view(found.ritual),
        ritual_desk.changed_view(RitualChange(found.ritual, CHANGED, {"U1": text})),
    ):
        check_view(view)
    check(rituals.ritual_message(found))


def test_the_health_of_an_anonymous_ritual_tells_nothing_of_few_answers() -> None:
    health = RunHealth(date(2026, 11, 23), False, 6, 4, 1, 1, 0, 2.0, least=5)
    desk = RitualDesk(card(), "d", date(2026, 11, 24), may_change=False, last=(health, replace(health, answered=5)))
    shown = str(ritual_desk.desk_view(desk))
    assert "fewer than 5 answers" in shown
    assert "5 of 6 answered" in shown
    assert "late" not in shown


LONG = "Answering took 3 min 20 s (median of 6 answers). That is more than the three minutes people should need."


@pytest.mark.parametrize(
    ("took", "may_change", "said"),
    [
        (Measured(100, 23), True, "Answering took 1 min 40 s (median of 23 answers)."),
        (Measured(200.5, 6), False, LONG),
        (
            Measured(200, 6),
            True,
            LONG + " Make questions optional, leave some out, or split it in two: *Questions* above changes them.",
        ),
    ],
)
def test_its_details_say_how_long_answering_took_and_what_to_do_when_it_is_long(
    took: Measured, may_change: bool, said: str
) -> None:
    desk = RitualDesk(card(), "d", date(2026, 11, 24), may_change=may_change, last=(), took=took)
    assert ritual_desk.desk_view(desk)["blocks"][-1]["elements"][0]["text"] == said


def test_nobody_is_told_of_facilitating_what_has_ended_or_is_somebody_elses() -> None:
    found = card()
    assert rituals.facilitator_message(found, "U2", is_out=False) is None
    assert (
        rituals.facilitator_message(replace(found, ritual=replace(found.ritual, ended_at=NOW)), "U1", is_out=False)
        is None
    )


def test_a_paused_ritual_that_goes_on_again_says_nothing() -> None:
    assert rituals.stalled_message(card()) is None


def test_a_library_of_a_hundred_fits() -> None:
    many = [replace(TEMPLATE, id=f"t{number}") for number in range(100)]
    view = library.library_view({each.id: each for each in many}, (), {"t3"}, "C1", {})
    check_view(view)
    assert "t99" in str(view)


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_the_library_its_previews_and_its_form_fit(text: str) -> None:
    template = replace(TEMPLATE, title=text[:24] or "x", purpose=text[:150] or "x")
    reader = Person("T1", "U1", text[:80] or "x")
    check_view(library.library_view({"x": template}, (), (), "C1", {"x": Measured(1800, 5)}))
    check_view(library.preview_view(preview(template, reader, "C1", answers={}, whom="", now=NOW)))
    given = dict.fromkeys(("when", "who", "closes", "by"), text) | {"people": "U1", "facilitator": "U1"}
    everywhere = replace(template, post=Post(("channel", *(f"#{number}" for number in range(20)))))
    for each, outsiders in (
        (template, ()),
        (template, (reader,)),
        (everywhere, ()),
        (replace(template, anonymous=5), ()),
    ):
        check_view(library.ritual_form(RitualSheet(each, "C1", text[:80], "d", given, outsiders=outsiders)))
    check_view(library.on_view(card(text).ritual, [reader]))
    seen = preview(
        template, reader, "C1", answers={"moved": "x", "confidence": "4", "blocked": text[:300]}, whom="", now=NOW
    )
    check_view(library.trial_view(Trial(invitation(seen, text[:80]), trial(seen, {}, now=NOW)), is_yours=True))


MAKES = (
    Question("stuck", "What blocks you?", QuestionType.SHORT, into="blocker.title"),
    Question("who", "Who can clear it?", QuestionType.USER, optional=True, into="blocker.owner"),
    Question("next", "What comes next?", QuestionType.SHORT, optional=True, into="action.title"),
    Question("owner", "Who does it?", QuestionType.USER, optional=True, into="action.owner"),
    Question("by", "By when?", QuestionType.DATE, optional=True, into="action.due"),
)
TRIED = {"stuck": "No labels", "who": "U2", "next": "Relabel", "owner": "U3", "by": "2026-12-01"}
NAMED = {each: Person("T1", each, name) for each, name in (("U2", "Ben"), ("U3", "Chloe"))}


def tried(template: Template, **given: str) -> str:
    seen = preview(template, Person("T1", "U1", "Ana"), "C1", answers={**TRIED, **given}, whom="", now=NOW)
    return str(library.trial_view(Trial(invitation(seen, "#forecast"), trial(seen, NAMED, now=NOW)), is_yours=False))


def test_a_trial_shows_what_it_would_make_and_who_would_hear_of_it() -> None:
    said = tried(replace(TEMPLATE, ask=MAKES))
    assert "No labels\\n_Ana_ · can be cleared by Ben" in said
    assert "*New* Relabel · _Chloe_, asked for by _Ana_ · due Tue 1 Dec 2026" in said
    assert "Ben would get a message about a blocker that they can clear." in said
    assert "Chloe would get a message about an action item that would be theirs." in said


@pytest.mark.parametrize("to", ["channel", "managers"])
def test_a_trial_of_an_anonymous_one_shows_its_blockers_without_a_name_wherever_it_goes(to: str) -> None:
    said = tried(replace(TEMPLATE, ask=MAKES[:2], anonymous=5, post=Post((to,))))
    assert "No labels\\ncan be cleared by Ben" in said
    assert "Ben would get a message" in said
    assert "Ana" not in said.replace("Analytics", "")


def test_a_trial_refuses_a_day_that_has_passed_as_the_form_does() -> None:
    with pytest.raises(FieldErrors) as found:
        tried(replace(TEMPLATE, ask=MAKES), by="2020-01-01")
    assert found.value.fields == {"by": "That day has passed. Please choose today or a later day."}


def test_a_preview_follows_what_is_chosen_and_whose_form_it_is() -> None:
    reader = Person("T1", "U1", "Ana")
    as_mlops = preview(TEMPLATE, reader, "C1", answers={"infra": "No"}, whom="mlops", now=NOW)
    assert {"mlops", "-"} < set(as_mlops.readers)
    assert "What breaks first?" in str(library.preview_view(as_mlops))
    as_ana = library.preview_view(preview(TEMPLATE, reader, "C1", answers={}, whom="", now=NOW))
    assert "reproducible" not in str(as_ana)
    assert "checkin." not in str(as_ana), "a click in it would be one in a check-in"


def test_a_preview_shows_the_form_of_whoever_a_question_is_for() -> None:
    reader = Person("T1", "U1", "Ana")
    ask = (replace(TEMPLATE.ask[0], audience=("lead of legal", "legal", "@U024BE7LH")), *TEMPLATE.ask[1:3])
    template = replace(TEMPLATE, ask=ask)
    seen = preview(template, reader, "C1", answers={}, whom="lead of legal", now=NOW)
    assert seen.readers == ("legal", "lead of legal", "@U024BE7LH", "-")
    view = library.preview_view(seen)
    check_view(view)
    assert ask[0].text in str(view)
    assert all(each in str(view) for each in ("leads of legal", "1 person by name", "Everybody else"))
    others = preview(template, reader, "C1", answers={}, whom="", now=NOW)
    assert ask[0].text not in str(library.preview_view(others))


@pytest.mark.parametrize("template", shipped_library().values(), ids=list(shipped_library()))
def test_every_form_of_the_library_can_be_previewed(template: Template) -> None:
    for function in ("-", *FUNCTIONS):
        seen = preview(template, Person("T1", "U1", "Ana"), "C1", answers={}, whom=function, now=NOW)
        check_view(library.preview_view(seen))
