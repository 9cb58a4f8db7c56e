"""Template files: what is read, and how each fault is named."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.people import Person, Role
from domain.selectors import in_turn, read_selector, whom_to_add
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.templates import Post, QuestionType
from domain.windows import next_occurrence
from domain.words import cadence_text
from storage.json import template_from_json, template_to_json

LIBRARY = sorted((Path(__file__).parent.parent.parent / "rituals").glob("*.yaml"))
GOOD = """\
id: sync
title: Sync
purpose: One sentence.
when: every mon at 09:30
who: [everyone]
ask:
  - id: status
    text: On track?
    type: one
    options: ["Yes", "No"]
  - id: why
    if: {status: ["No"]}
    text: What changed?
    type: short
    optional: true
    into: blocker.title
"""


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_template_of_the_library_is_fine(path: Path) -> None:
    assert read_template(path.read_text(encoding="utf-8"), file_id=path.stem).id == path.stem


def test_the_example_of_the_docs_is_a_template() -> None:
    page = (LIBRARY[0].parent.parent / "docs" / "rituals.md").read_text(encoding="utf-8")
    assert read_template(page.split("```yaml\n")[1].split("```")[0], file_id="weekly-sync").ask[1].audience == (
        "mlops",
    )


def test_it_reads_questions_conditions_and_defaults() -> None:
    template = read_template(GOOD, file_id="sync")
    status, why = template.ask
    assert status.type is QuestionType.ONE
    assert why.condition == (("status", ("No",)),)
    assert not why.appears({})
    assert why.appears({"status": "No"})
    assert (template.closes.days, template.remind[0].hours) == (1, 4)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("id: sync", "id: other", 1, 'the id is the name of the file; write "sync"'),
        ("title: Sync", "title: A title that is much too long", 2, "at most 24"),
        ("title: Sync", "titel: Sync", 2, 'did you mean "title"'),
        ("purpose: One sentence.", "", 1, 'the key "purpose" is missing'),
        ("purpose: One sentence.", "purpose: # later", 3, "nothing stands here (what follows a # is a comment, unless"),
        ("when: every mon at 09:30", "when: mondays", 4, "every mon at 09:30"),
        ("when: every mon at 09:30", "on: monday", 4, "there is no such key; the keys are id, title"),
        ('if: {status: ["No"]}', 'if: {no: ["No"]}', 12, 'quote it: "no"'),
        ('if: {status: ["No"]}', "if: {status: [No]}", 12, 'quote "No" (YAML reads it as true or false)'),
        ('if: {status: ["No"]}', "if: {status: []}", 12, "nothing stands here; write a list"),
        ("optional: true", "optional: sure", 15, '"sure" is not understood; write true or false'),
        ("optional: true", 'optional: "true"', 15, "write true or false, without quotes"),
        ("optional: true", "hint: [One result]", 15, "this is a list; write a text, such as One result is enough."),
        ("title: Sync", "title: 2026-01-06", 2, 'quote "2026-01-06" (YAML reads it as a date)'),
        ("ask:", "closes: 8\nask:", 6, '"8" is no duration'),
        ("every mon at 09:30", "every 2 weeks on mon at 09:30 from 9999-12-31", 4, "up to the year 2199"),
        ("every mon at 09:30", "every " + "9" * 5000 + " weeks on mon at 09:30", 4, "at most 120"),
        ("id: sync", "id: Our sync", 1, 'write "sync"'),
        ("type: short", "type: date", 16, "that takes an answer of another type; write type: short or long"),
        ("who: [everyone]", "who: [resaerch]", 5, "selects nobody Muster knows"),
        ("who: [everyone]", "who: everyone", 5, "write a list in square brackets"),
        ('options: ["Yes", "No"]', "options: [Yes, No]", 10, 'quote "Yes"'),
        ('options: ["Yes", "No"]', 'options: ["Yes"]', 10, "2 to 10 options"),
        ('options: ["Yes", "No"]', 'options: ["Yes", "Yes"]', 10, '"Yes" stands here twice'),
        ('options: ["Yes", "No"]', 'options: ["Yes", "No", "yes"]', 10, '"Yes" and "yes" read alike; keep one'),
        ('options: ["Yes", "No"]', "options: [No  change, No Change]", 10, '"No Change" read alike'),
        ("type: short", "type: scale\n    options: [Low, low]", 15, '"Low" and "low" read alike'),
        ('if: {status: ["No"]}', 'if: {status: ["Maybe"]}', 12, '"Maybe" is not among the answers of "status"'),
        ('if: {status: ["No"]}', 'if: {later: ["No"]}', 12, '"later" is no earlier question'),
        ("- id: why", "- id: status", 11, "stands twice"),
        ("type: short", "type: essay", 14, '"essay" is no type'),
        ("type: short", "type: many\n    options: [A]", 15, "a choice has 2 to 10 options"),
        ("type: short", "type: number\n    options: [1, 2]", 15, 'only "many", "one" or "scale" have options'),
        ("into: blocker.title", "into: risk.title", 16, "answers can only go into blocker.title, blocker.owner"),
        ("into: blocker.title", "into: blocker.owner", 16, "no earlier question makes a blocker"),
        ("into: blocker.title", "into: blocker:infra.owner", 16, "add one with into: blocker:infra.title"),
        ("into: blocker.title", "into: blocker:.title", 16, "answers can only go into blocker.title, blocker.owner"),
        ("into: blocker.title", "into: blocker:Infra.title", 16, "answers can only go into blocker.title"),
        ("into: blocker.title", "into: action.due", 16, "write type: date"),
        ("into: blocker.title", "into: measure:drift.value", 16, "write type: number"),
        ("into: blocker.title", "into: measure.value", 16, "answers can only go into blocker.title, blocker.owner"),
        (
            "into: blocker.title",
            "into: action:fix.owner",
            16,
            "makes an action item; add one with into: action:fix.tit",
        ),
        (
            "type: short\n    optional: true\n    into: blocker",
            "type: long\n    into: action",
            15,
            "is one line; write",
        ),
        ("into: blocker.title", "into: action.title\nanonymous: 5", 16, "anonymous answers name nobody; take this out"),
        ("into: blocker.title", "recall: reason", 16, '"reason" is no question of this file; write why'),
        ("into: blocker.title", "split: words", 16, '"words" is not understood; write lines'),
        ("into: blocker.title", "split: lines", 16, "only a long answer has lines; write type: long"),
        ("ask:", "anonymous: 5\npost: {by: person}\nask:", 7, "cannot be told by person; write function or question"),
        ("ask:", "anonymous: 5\npost: {early: true}\nask:", 7, "anonymous answers are only shown at the end"),
        ("into: blocker.title", "for: [legal]\nanonymous: 5", 16, "an anonymous check-in asks everybody the same"),
        ("who: [everyone]", "who: [me]\nanonymous: 1", 6, "whoever starts it is known"),
        ("ask:", "anonymous: few\nask:", 6, "write a whole number from 1 to 100"),
        ("ask:", "post: {to: [bosses]}\nask:", 6, '"bosses" is no place; write channel, facilitator'),
        ("ask:", "post: {by: mood}\nask:", 6, '"mood" is no order of answers; write function, question'),
        ("ask:", "post: {brief: short}\nask:", 6, "write true or false"),
        ("ask:", "remind: [1h, 2h, 3h, 4h]\nask:", 6, "3 reminders are enough; take this one out"),
        ("ask:", "remind: [4h, 2d]\nask:", 6, "2d before the end is not after the question"),
        ("who: [everyone]", "who: [me]", 5, 'write "when: manual"'),
        ("who: [everyone]", "who: [2 of me]", 5, "selects nobody Muster knows"),
        ("who: [everyone]", "who: [lead of leads]", 5, "selects nobody Muster knows"),
        ("who: [everyone]", 'who: ["#Not A Channel"]', 5, "selects nobody Muster knows"),
        ("who: [everyone]", "who: [0 of legal]", 5, '"@U..." or "#channel" in quotes, or a function: research'),
        ("ask:", "closes: soon\nask:", 6, "such as 4h or 2d"),
        ("ask:", "closes: 8h\nremind: [9h]\nask:", 7, "9h before the end is not after the question"),
        ("ask:", "closes: 20h\nremind: [1d]\nask:", 7, "which is open for 20h; write less"),
        ("ask:", "closes: 2d\nremind: [2d]\nask:", 7, "2d before the end is not after the question"),
        ("ask:", "facilitator: me\nask:", 6, "leave it out for whoever switches it on"),
        ("ask:", "facilitator: 1 of bosses\nask:", 6, 'write "@U..." in quotes, 1 of leads or lead of legal'),
        ("title: Sync", "title: Sync\ntitle: Again", 3, "stands here twice"),
        ("who: [everyone]", "who: [", 7, "not readable as YAML"),
        ("who: [everyone]", "\twho: [everyone]", 5, "begin lines with spaces, not with tabs"),
        ("who: [everyone]", "who: [subject.approver]", 5, "only a round has a subject; add about: decision"),
        ("purpose: One sentence.", 'purpose: "On {subject.title}."', 3, 'Muster knows "{subject.title}" but'),
        ("text: What changed?", 'text: "{subject}: what changed?"', 13, "but cannot do it yet; take it out for now"),
        ('options: ["Yes", "No"]', "options: subject.options", 10, "write for example a list in square brackets"),
        (
            "into: blocker.title",
            "for: [bosses]",
            16,
            '"bosses" selects nobody Muster knows; write leads, lead of legal',
        ),
        ("into: blocker.title", "for: [2 of research]", 16, "not asked in turn; write research, or let who take turns"),
        ("into: blocker.title", "for: [me]", 16, "whoever starts it may be anybody"),
        ("ask:", "post: {to: [thread]}\nask:", 6, 'Muster knows "thread" but cannot do it yet'),
        ("ask:", "post: {by: score}\nask:", 6, "take it out for now, or write for example function"),
        ("text: On track?", "text: " + "x" * 121, 8, "at most 120"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_to_write(old: str, new: str, line: int, said: str) -> None:
    assert old in GOOD
    with pytest.raises(BadTemplate) as caught:
        read_template(GOOD.replace(old, new, 1), file_id="sync")
    assert any(problem.line == line and said in problem.message for problem in caught.value.problems), str(caught.value)


def test_all_faults_of_a_file_are_named_at_once() -> None:
    broken = GOOD.replace("every mon at 09:30", "sometimes").replace("type: short", "type: essay")
    with pytest.raises(BadTemplate) as caught:
        read_template(broken, file_id="sync")
    assert [problem.line for problem in caught.value.problems] == [4, 14]


def test_each_fault_is_named_once() -> None:
    with pytest.raises(BadTemplate) as caught:
        read_template(GOOD.replace("who: [everyone]", "who: everyone"), file_id="sync")
    assert len(caught.value.problems) == 1


def test_numbers_may_be_chosen_as_they_stand() -> None:
    first, then = read_template(GOOD.replace('["Yes", "No"]', "[1, 2, 0.50]").replace('["No"]', "[1, 0.50]")).ask
    assert first.options == ("1", "2", "0.50")
    assert then.appears({"status": "0.50"})


def test_a_reminder_that_can_come_is_taken() -> None:
    for closes, remind in (("8h", "7h"), ("2d", "1d"), ("1d", "30h"), ("30h", "1d")):
        assert read_template(GOOD.replace("ask:", f"closes: {closes}\nremind: [{remind}]\nask:", 1)).remind
    assert read_template(GOOD.replace("ask:", "closes: 2h\nask:", 1)), "nobody wrote a reminder"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("who: [everyone]", "who: [reserch]"),
        ("ask:", "anonymous: true\nask:"),
        ("ask:", "colour: true\nask:"),
        ("type: short", "type: short\n    split: true"),
        ("who: [everyone]", "who: []"),
        ("type: one", "type: essay"),
        ("type: one", "type: [one]"),
        ('options: ["Yes", "No"]', "options: [Yes, Maybe]"),
        ("ask:", "closes: 8\nremind: [2d]\nask:"),
        ("ask:", "remind: [soon]\nask:"),
        ('options: ["Yes", "No"]', 'options: ["Yes", [No]]'),
    ],
)
def test_one_cause_is_said_once(old: str, new: str) -> None:
    broken = GOOD.replace(old, new, 1).replace("type: one", "type: one\n    for: [mlops, legal]", 1)
    with pytest.raises(BadTemplate) as caught:
        read_template(broken)
    assert len(caught.value.problems) == 1, str(caught.value)


def test_a_function_that_nobody_is_asked_of_is_said_once() -> None:
    broken = GOOD.replace("everyone", "research")
    for kind in ("one", "short"):
        broken = broken.replace(f"type: {kind}", f"type: {kind}\n    for: [mlops]")
    with pytest.raises(BadTemplate) as caught:
        read_template(broken)
    assert [problem.message for problem in caught.value.problems] == ['"who" asks nobody of mlops; add mlops there']


@pytest.mark.parametrize(
    "text", ["", "just words", "- a\n- b", "\t", "a: b: c", "!!python/object:os.system {}", "a: &x [*x]", "[" * 9999]
)
def test_what_is_no_template_gets_a_sentence(text: str) -> None:
    with pytest.raises(BadTemplate) as caught:
        read_template(text)
    assert str(caught.value)


def picks(entry: str, person: Person) -> bool:
    found = read_selector(entry)
    assert found
    return found.picks(person)


def test_selectors_mean_functions_roles_and_everyone() -> None:
    lead = Person("T1", "U1", "Lea", function="legal", role=Role.LEAD)
    meant = (
        "everyone",
        "leads",
        "legal",
        "lead of legal",
        "1 of legal",
        "2 of leads",
        "lead of everyone",
        "lead of #a",
    )
    assert all(picks(entry, lead) for entry in meant)
    others = ("managers", "research", "lead of research", "exec of legal", "1 of research", "manager of @S1")
    assert not any(picks(entry, lead) for entry in others)


ROTA = [Person("T1", f"U{name}", name) for name in ("Ana", "Ben", "Chloe", "Dev", "Eve")]


def test_whoever_was_never_asked_is_first_and_names_decide_the_rest() -> None:
    assert [each.name for each in in_turn(reversed(ROTA), 2, {"UAna": (3,), "UBen": (1,)}, None)] == ["Chloe", "Dev"]
    assert [each.name for each in in_turn(ROTA[:3], 2, {"UAna": (3,), "UBen": (1,), "UChloe": (2,)}, None)] == [
        "Ben",
        "Chloe",
    ]


def test_whom_to_add_is_said_in_words() -> None:
    assert whom_to_add(("research", "leads")) == "somebody of research, or a lead"
    assert whom_to_add(("execs", "exec of legal")) == "an exec, or an exec of legal"
    assert (
        whom_to_add(("1 of legal", "2 of leads", "#ml-news")) == "somebody of legal, or a lead, or somebody of #ml-news"
    )


def test_a_blocker_may_be_made_of_each_line() -> None:
    template = read_template(GOOD.replace("type: short", "type: long\n    split: lines"))
    assert template.ask[1].split
    assert template.ask[1].into == "blocker.title"


def test_a_manual_ritual_has_no_dates_of_its_own() -> None:
    template = read_template(GOOD.replace("every mon at 09:30", "manual"))
    assert template.cadence is None
    assert cadence_text(template.cadence) == "Whenever somebody starts it"
    assert next_occurrence(template, [Person("T1", "U1", "Lea")], after=date(2026, 11, 20)) is None


@pytest.mark.parametrize(("purpose", "said"), [("Tell it all", "Tell it all."), ("Why?", "Why?"), ("So.", "So.")])
def test_a_purpose_does_not_run_into_the_sentence_after_it(purpose: str, said: str) -> None:
    assert replace(read_template(GOOD), purpose=purpose).purpose_sentence == said


def test_where_a_summary_goes_and_how_it_is_ordered_is_read() -> None:
    assert read_template(GOOD).post == Post(("channel",), "question", early=False)
    post = 'post: {to: [managers, "#ml-news"], by: person, early: true, brief: true}'
    found = read_template(GOOD.replace("ask:", f"{post}\nask:", 1))
    assert found.post == Post(("managers", "#ml-news"), "person", early=True, brief=True)


def test_a_template_is_the_same_after_it_was_kept() -> None:
    for template in [read_template(path.read_text(encoding="utf-8")) for path in LIBRARY]:
        assert template_from_json(template_to_json(template)) == template
    whole = read_template(GOOD.replace("type: short", "type: long\n    split: lines\n    recall: why"))
    kept = template_from_json(json.loads(json.dumps(template_to_json(replace(whole, anonymous=5)))))
    assert kept == replace(whole, anonymous=5)
