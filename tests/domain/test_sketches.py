"""Questions that are changed step by step, and the form of one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library import shipped_library
from domain.errors import FieldErrors
from domain.own_templates import FILE
from domain.question_form import answer_key, as_given, sheet, written
from domain.question_text import as_text, with_text
from domain.question_words import differences
from domain.sketches import Refused, Sketch, checked, moved, removed, sentences
from domain.templates import Post, Question, QuestionType, Template

LIBRARY = shipped_library()
SYNC = LIBRARY["weekly-sync"]
"""moved, stuck, infra (for mlops), infra_gap (if infra), ... ask with follow-ups and blockers."""


def sketch(template: Template = SYNC) -> Sketch:
    return Sketch("s", "T1", "U1", template, template, datetime(2026, 11, 20, tzinfo=UTC), ritual_id=1)


def ids(found: Sketch) -> list[str]:
    return [each.id for each in found.template.ask]


def question(found: Sketch, question_id: str) -> Question:
    return next(each for each in found.template.ask if each.id == question_id)


def filled(found: Sketch, question_id: str, **changed: str) -> Sketch:
    before = as_given(question(found, question_id), found.template.ask) if question_id else {}
    return written(found, question_id, "f1", {**before, **changed})


FOLLOW_UP = next(each for each in SYNC.ask if each.condition)
FOLLOWED = FOLLOW_UP.condition[0][0]


@pytest.mark.parametrize("template", LIBRARY.values(), ids=list(LIBRARY))
def test_a_form_sent_as_it_opened_changes_nothing_whatever_a_question_has(template: Template) -> None:
    found = sketch(template)
    for each in template.ask:
        assert written(found, each.id, "f", as_given(each, template.ask)).template == template
        assert set(as_given(each, template.ask).get("also", "").split("\n")) - {""} <= set(sheet(found, each, "f").also)


@settings(max_examples=25)
@given(st.data())
def test_moving_and_removing_keeps_every_question_readable_or_says_why_not(data: st.DataObject) -> None:
    found = sketch(data.draw(st.sampled_from(list(LIBRARY.values()))))
    for _ in range(4):
        chosen = data.draw(st.sampled_from(ids(found) or ["gone"]))
        try:
            after = (
                removed(found, chosen)
                if data.draw(st.booleans())
                else moved(found, chosen, data.draw(st.integers(-1, 9)))
            )
        except Refused as refused:
            said = sentences(refused.found, found.template.ask)
            after = replace(found, said=said)
        assert checked(after.template, after.template.ask) == after.template
        assert set(ids(after)) <= set(ids(found))
        found = after


def test_the_same_step_again_changes_nothing() -> None:
    last = ids(sketch())[-1]
    once = moved(sketch(), last, 0)
    assert ids(once)[0] == last
    assert moved(once, last, 0) == once
    assert removed(removed(sketch(), last), last) == removed(sketch(), last)
    assert filled(filled(sketch(), "", text="What else?", type="short"), "", text="What else?", type="short") == filled(
        sketch(), "", text="What else?", type="short"
    )


def test_what_others_need_stays_until_they_are_changed() -> None:
    with pytest.raises(Refused) as refused:
        removed(sketch(), FOLLOWED)
    first, then = f"“{question(sketch(), FOLLOWED).text}”", f"“{FOLLOW_UP.text}”"
    assert sentences(refused.value.found, SYNC.ask)[0] == (
        f"{then} appears only on some answers to {first}, which must stay above it with those answers. "
        f"Change or remove {then} first, or let it always appear."
    )
    freed = filled(sketch(), FOLLOW_UP.id, **{"if": ""})
    assert not question(freed, FOLLOW_UP.id).condition


def test_a_new_question_gets_a_readable_id_of_its_own() -> None:
    found = filled(sketch(), "", text="What moved, really?", type="short")
    again = written(found, "", "f2", {"text": "What moved, really?"})
    other = written(again, "", "f3", {"text": "何が動いた?", "also": "recall"})
    assert ids(other)[-3:-1] == ["what_moved_really", "what_moved_really_2"]
    assert ids(other)[-1].startswith("q_")
    assert other.template.ask[-1].recall == ids(other)[-1]
    gone = removed(other, "what_moved_really")
    assert ids(written(gone, "", "f4", {"text": "What moved, really?"}))[-1] == "what_moved_really_3", "nobody's answer"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"type": "one", "options": "Yes"}, "options", "Write 2 to 10 options, one on each line."),
        ({"type": "scale"}, "options", "Write what 1 means on one line, and what 5 means on the next."),
        ({"type": "many", "options": "Yes\nYes"}, "options", "Two of these lines are the same. Keep one."),
        ({"type": "one", "options": "Yes\nNo\nyes"}, "options", "“Yes” and “yes” read alike, so nobody could tell"),
        ({"type": "scale", "options": "At risk\nat  Risk"}, "options", "“At risk” and “at Risk” read alike"),
        ({"type": "one", "options": "Yes\n" + "n" * 76}, "options", "please keep it to 75."),
        ({"type": "long", "into": "action.title"}, "into", "An action item is one line. Choose a short text, or tick"),
        ({"type": "user", "into": "action.owner"}, "into", "no question above it makes one"),
        ({"text": " "}, "text", "Write what people are asked."),
        ({"text": "x" * 121}, "text", "121 characters are too long; at most 120."),
    ],
)
def test_a_mistake_stands_on_its_field_in_plain_words(typed: dict[str, str], field: str, said: str) -> None:
    plain = sketch(replace(SYNC, ask=SYNC.ask[:1]))
    with pytest.raises(FieldErrors) as refused:
        written(plain, "", "f", {"text": "What next?", **typed})
    assert said in refused.value.fields[field]


def test_a_number_can_become_a_value_of_a_measure_called_as_its_question() -> None:
    found = filled(sketch(), "", text="Drift score?", type="number", into="measure.value")
    assert found.template.ask[-1].into == "measure:drift_score.value"
    again = filled(found, "drift_score", text="Drift score now?")
    assert question(again, "drift_score").into == "measure:drift_score.value", "what it fills stays"
    hidden = sketch(replace(SYNC, post=Post(to=("facilitator",))))
    with pytest.raises(FieldErrors) as refused:
        filled(hidden, "", text="Drift score?", type="number", into="measure.value")
    assert refused.value.fields["into"].startswith("Measures are read by everybody in the channel")


CHOICE = Question("status", "On track?", QuestionType.ONE, options=("Yes", "No"))
SURE = Question("sure", "How sure?", QuestionType.SCALE, options=("Not", "Very"))
LAST = Question("why", "Why?", QuestionType.SHORT)
THREE = replace(SYNC, ask=(CHOICE, SURE, LAST))


def on(*pairs: tuple[Question, str]) -> str:
    return "\n".join(answer_key(earlier, answer) for earlier, answer in pairs)


def test_a_question_follows_answers_of_several_earlier_ones() -> None:
    found = filled(sketch(THREE), "why", **{"if": on((SURE, "2"), (CHOICE, "No"), (SURE, "1"))})
    assert question(found, "why").condition == (("status", ("No",)), ("sure", ("1", "2")))
    assert filled(found, "why", hint="In a word.").template.ask[2].condition == question(found, "why").condition
    new = written(found, "", "f2", {"text": "Since when?", "if": on((CHOICE, "Yes"))})
    assert new.template.ask[-1].condition == (("status", ("Yes",)),)
    again = written(new, "", "f2", {"text": "Since when?", "if": on((CHOICE, "Yes"))})
    assert again == new, "the same form once more"


def test_a_question_follows_only_those_before_it_that_are_answered_with_a_click() -> None:
    assert [(number, each.id) for number, each in sheet(sketch(THREE), LAST, "f").follows] == [
        (1, "status"),
        (2, "sure"),
    ]
    assert not sheet(sketch(THREE), CHOICE, "f").follows
    assert sheet(sketch(THREE), None, "f").also["recall"] == "Shows what the person answered last time"
    later = moved(sketch(THREE), "why", 0)
    with pytest.raises(FieldErrors) as refused:
        filled(later, "why", **{"if": on((CHOICE, "No"))})
    assert refused.value.fields == {"if": "What stood here has been changed meanwhile. Choose again."}


def test_whom_a_question_is_for_is_chosen_among_those_the_format_knows() -> None:
    found = filled(sketch(THREE), "why", **{"for": "legal\nleads"})
    assert question(found, "why").audience == ("legal", "leads")
    assert filled(found, "why", **{"for": "leads\nlegal"}) == found, "in another order it is the same"
    assert not question(filled(found, "why", **{"for": ""}), "why").audience
    named = sheet(
        replace(found, template=replace(THREE, who=("@U1", "lead of legal", "2 of ml"))),
        LAST,
        "f",
        names={"@U1": "Ana"},
    )
    assert (named.audiences["@U1"], named.audiences["lead of legal"]) == ("Ana", "Leads of legal")
    assert "2 of ml" not in named.audiences, "a question is not asked in turn"
    assert not sheet(sketch(replace(THREE, anonymous=5)), LAST, "f").audiences, "all are asked the same"
    with pytest.raises(FieldErrors) as refused:
        filled(sketch(replace(THREE, who=("ml",))), "why", **{"for": "legal"})
    assert refused.value.fields == {"for": '"who" asks nobody of legal; add legal there.'}


def test_options_that_a_follow_up_waits_for_cannot_go_unnoticed() -> None:
    with pytest.raises(FieldErrors, match=FOLLOW_UP.text[:20]):
        filled(sketch(), FOLLOWED, options="Perhaps\nPerhaps not")
    with pytest.raises(FieldErrors, match="let it always appear"):
        filled(sketch(), FOLLOWED, type="short")


def test_as_text_everything_can_be_changed_and_a_mistake_names_its_line() -> None:
    text = as_text(sketch())
    assert with_text(sketch(), text).template == SYNC
    assert with_text(sketch(), text.replace(SYNC.ask[0].text, "What is new?")).template.ask[0].text == "What is new?"
    lines = text.splitlines()
    broken = next(place for place, line in enumerate(lines) if "type: " in line)
    lines[broken] = lines[broken].replace("type: ", "type: very ")
    with pytest.raises(FieldErrors, match=f"Line {broken + 1}: ask\\[1\\].type: ") as refused:
        with_text(sketch(), "\n".join(lines))
    assert list(refused.value.fields) == [FILE]
    for other in ("when: manual\n" + text, "questions:\n- id: a", "no", ""):
        with pytest.raises(FieldErrors):
            with_text(sketch(), other)


def test_what_changed_is_told_a_line_for_each_question() -> None:
    one = Question("a", "How sure?", SYNC.ask[0].type)
    two, three = replace(one, id="b", text="What next?"), replace(one, id="c", text="By whom?")
    changed = replace(one, text="How sure are we?", optional=True)
    assert differences([one, two], [three, changed]) == [
        "New: “By whom?” (short text)",
        "Gone: “What next?”",
        "“How sure?” is now “How sure are we?”; now: may be left empty",
    ]
    assert differences([one, two], [two, one]) == ["Their order is another."]
    assert differences([one], [one]) == []
