"""Templates written in Slack, on both databases."""

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import event

from bot.library import shipped_library
from domain.errors import FieldErrors, NotAllowed
from domain.own_templates import EXAMPLE
from domain.question_form import written
from domain.question_text import as_text, with_text
from domain.runs import Ritual
from domain.sketches import Sketch, SketchCard, removed
from domain.submissions import Submission
from domain.templates import Template
from services import own_templates, question_changes, rituals, sketches
from storage import rituals as stored
from storage import templates
from storage.engine import Database
from surface import own_templates as views
from surface.questions import list_view, text_form
from tests.surface.views import NASTY, check_view
from tests.team import ANA, BEN, FORECAST, NOW, WORKSPACE, audited, settle

FILES = shipped_library()
FIELDS = {
    "title": "Friday note",
    "purpose": "What is new: all of it?",
    "when": "every fri at 14:00",
    "who": "everyone, leads",
}
PLACE = {"workspace_id": WORKSPACE, "channel_id": FORECAST}
ASKS = partial(written, question_id="", form_id="f1", given={"text": "What went well?"})
CHANGED = EXAMPLE.replace("others know?\n    type", "rest know?\n    type")


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def new(db: Database, by: str = ANA) -> SketchCard:
    return own_templates.write(db, **PLACE, person_id=by, now=NOW)


def edit(db: Database, by: str = ANA, template_id: str = "friday-note") -> SketchCard:
    return own_templates.edit(db, **PLACE, person_id=by, template_id=template_id, now=NOW)


def step(
    db: Database, card: SketchCard, change: Callable[[Sketch], Sketch], given: dict[str, str] | None = None
) -> SketchCard:
    sketch_id, person_id = card.sketch.id, card.sketch.person_id
    return sketches.step(
        db, workspace_id=WORKSPACE, sketch_id=sketch_id, person_id=person_id, change=change, given=given, now=NOW
    )


def save(db: Database, card: SketchCard, **given: str) -> Sketch | SketchCard:
    template = card.sketch.template
    shown = {
        "title": template.title,
        "purpose": template.purpose,
        "when": template.when,
        "who": ", ".join(template.who),
    }
    sent = Submission(WORKSPACE, card.sketch.person_id, card.sketch.id, shown | given)
    return own_templates.save(db, sent=sent, shown_round=card.sketch.round, files=FILES, now=NOW)


def made(db: Database, text: str = EXAMPLE, by: str = ANA) -> Template:
    return saved(db, step(db, new(db, by), partial(with_text, text=text)))


def saved(db: Database, card: SketchCard, **given: str) -> Template:
    found = save(db, card, **given)
    assert isinstance(found, Sketch)
    return found.template


def on(db: Database, ritual_id: int) -> Ritual:
    with db.read() as session:
        found = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=ritual_id)
    assert found
    return found


def text_of(db: Database, template_id: str = "friday-note") -> str:
    with db.read() as session:
        found = templates.written(session, workspace_id=WORKSPACE, template_id=template_id)
    return found.text if found else ""


def switched_on(db: Database, template: Template) -> Ritual:
    return rituals.switch_on(db, **PLACE, person_id=ANA, template=template, now=NOW)[0]


def test_a_form_and_its_questions_make_a_template_that_stands_in_the_library(db: Database) -> None:
    card = step(db, new(db), ASKS, FIELDS)
    assert new(db).sketch.template == card.sketch.template, "closed by mistake, it goes on with what was typed"
    found = saved(db, card, **FIELDS)
    assert (found.id, found.ask[0].id) == ("friday-note", "what_went_well")
    assert saved(db, card, **FIELDS) == found, "the same form again"
    assert own_templates.library(db, workspace_id=WORKSPACE, files=FILES)["friday-note"] == found
    assert "friday-note" not in own_templates.library(db, workspace_id="T2", files=FILES)
    assert audited(db) == [("template written", "friday-note", ANA)]
    assert not new(db).sketch.template.ask, "the next one begins empty"


def test_without_a_question_nothing_is_saved(db: Database) -> None:
    found = save(db, new(db), **FIELDS)
    assert isinstance(found, SketchCard)
    assert "There is no question yet. Add one." in str(list_view(found))


def test_a_mistake_in_a_file_is_told_with_its_line_and_what_to_write(db: Database) -> None:
    with pytest.raises(FieldErrors) as refused:
        made(db, EXAMPLE.replace("every fri", "fridays"))
    assert refused.value.fields["file"].startswith('Line 4: when: "fridays at 14:00" is')


def test_a_file_too_long_for_slack_is_told_where_it_belongs(db: Database) -> None:
    with pytest.raises(FieldErrors) as refused:
        made(db, EXAMPLE + "#" * 3000)
    assert refused.value.fields["file"].endswith(
        "a field of Slack takes 3,000. Keep it as a file: ask whoever runs Muster to put it into its folder of rituals "
        "(MUSTER_RITUALS)."
    )
    assert "Longer than 3,000 characters? Then ask whoever runs Muster" in str(text_form(new(db).sketch))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("when", "fridays", "is not understood; write for example"), ("title", "Weekly sync", "Choose another title.")],
)
def test_a_mistake_in_the_form_is_told_on_its_field(db: Database, field: str, typed: str, said: str) -> None:
    card = step(db, new(db), ASKS)
    with pytest.raises(FieldErrors) as refused:
        save(db, card, **{**FIELDS, field: typed})
    assert said in refused.value.fields[field]


def test_a_name_that_is_taken_is_refused(db: Database) -> None:
    made(db)
    with pytest.raises(FieldErrors, match="friday-note is written already"):
        made(db)
    with pytest.raises(FieldErrors, match="Keep the id friday-note"):
        step(db, edit(db), partial(with_text, text=EXAMPLE.replace("friday-note", "other")))


def test_a_copy_gets_a_name_of_its_own_and_leaves_the_library_as_it_is(db: Database) -> None:
    source = FILES["weekly-sync"]
    for number in (2, 3):
        card = own_templates.copy(db, **PLACE, person_id=BEN, template=source, files=FILES, now=NOW)
        assert card.sketch.template == replace(source, id="", title=f"Weekly sync {number}")
        found = saved(db, step(db, card, partial(removed, question_id=source.ask[-1].id)))
        name, title = f"weekly-sync-{number}", card.sketch.template.title
        assert found == replace(source, id=name, title=title, ask=source.ask[:-1])
    assert switched_on(db, found).template.id == "weekly-sync-3"


def test_only_its_author_and_leads_change_it(db: Database) -> None:
    made(db)
    with pytest.raises(NotAllowed, match="Only Ana and leads may do that"):
        edit(db, BEN)
    assert as_text(edit(db).sketch) == EXAMPLE


def test_what_its_author_wrote_beside_the_questions_stays_as_written(db: Database) -> None:
    noted = f"# for Fridays\n{EXAMPLE}"
    made(db, noted)
    save(db, edit(db))
    assert text_of(db) == noted
    save(db, edit(db), purpose="Another.")
    assert "purpose: Another." in text_of(db)
    assert audited(db)[1:] == [("template changed", "friday-note", ANA)]


def test_changed_questions_are_asked_from_the_next_run_on_and_the_rest_stays(db: Database) -> None:
    ritual = switched_on(db, replace(made(db), when="every thu at 10:00"))
    save(db, step(db, edit(db), partial(with_text, text=CHANGED)))
    after = on(db, ritual.id)
    assert (after.version, after.template.ask[0].text) == (2, "What should the rest know?")
    assert (after.template.when, after.next_at) == ("every thu at 10:00", ritual.next_at)
    assert audited(db)[-2:] == [("template changed", "friday-note", ANA), ("ritual changed", "friday-note", ANA)]


def test_a_ritual_whose_own_questions_were_changed_keeps_them(db: Database) -> None:
    ritual = switched_on(db, made(db))
    own = sketches.of_ritual(db, workspace_id=WORKSPACE, ritual_id=ritual.id, person_id=ANA, now=NOW)
    sent = Submission(WORKSPACE, ANA, step(db, own, ASKS).sketch.id, {})
    question_changes.save(db, sent=sent, ritual_id=ritual.id, shown_round=0, now=NOW)
    save(db, step(db, edit(db), partial(with_text, text=CHANGED)))
    assert [each.text for each in on(db, ritual.id).template.ask] == [
        "What should the others know?",
        "What went well?",
    ]


def test_who_comes_second_sees_what_the_first_saved(db: Database) -> None:
    made(db)
    second = step(db, edit(db), ASKS)
    ben_changes_it(db)
    again = save(db, second)
    assert isinstance(again, SketchCard)
    check_theirs(again)
    assert save(db, second) == again


def test_who_opens_it_again_after_somebody_else_saved_sees_what_of_theirs_is_lost(db: Database) -> None:
    made(db)
    step(db, edit(db), ASKS)
    ben_changes_it(db)
    check_theirs(edit(db))


def test_saving_locks_the_rituals_that_follow_before_the_sketch(postgres_tables_url: str) -> None:
    with closing(Database(postgres_tables_url)) as db:
        settle(db)
        switched_on(db, made(db))
        card = step(db, edit(db), ASKS)
        locked: list[str] = []

        def note(_db: object, _cursor: object, said: str, *_rest: object) -> None:
            if found := re.search(r"FROM (\w+).* FOR ", said, re.DOTALL):
                locked.append(found[1])

        event.listen(db.engine, "before_cursor_execute", note)
        saved(db, card)
    assert [each for each in locked if each in ("ritual", "sketch")] == ["ritual", "sketch"]


def ben_changes_it(db: Database) -> None:
    with db.write() as session:
        theirs = templates.written(session, workspace_id=WORKSPACE, template_id="friday-note")
        assert theirs
        changed = replace(theirs, text=CHANGED, changed_by=BEN)
        templates.save(session, workspace_id=WORKSPACE, written=changed, at=NOW)


def check_theirs(card: SketchCard) -> None:
    assert card.sketch.said[0].startswith("Ben changed this while you did.")
    assert card.sketch.said[-1] == "• New: “What went well?” (short text)"
    assert as_text(card.sketch) == CHANGED


def test_what_an_older_muster_took_can_be_mended(db: Database) -> None:
    made(db)
    with db.write() as session:
        theirs = templates.written(session, workspace_id=WORKSPACE, template_id="friday-note")
        assert theirs
        old = replace(theirs, text=EXAMPLE.replace("every fri", "fridays"))
        templates.save(session, workspace_id=WORKSPACE, written=old, at=NOW)
    card = edit(db)
    assert "Line 4: when: “fridays" in str(list_view(card)).replace('"fridays', "“fridays")
    assert as_text(card.sketch) == old.text
    saved(db, step(db, card, partial(with_text, text=EXAMPLE)))
    assert text_of(db) == EXAMPLE


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_the_forms_fit(text: str) -> None:
    template = replace(FILES["weekly-sync"], title=text[:24], purpose=text[:150], when=text[:120], who=(text[:500],))
    for template_id in ("", "x"):
        sketch = Sketch("s", WORKSPACE, ANA, template, template, NOW, template_id=template_id, text=text[:3000])
        check_view(list_view(SketchCard(sketch)))
        check_view(text_form(sketch))
    check_view(views.saved_view(replace(template, title=text[:24] or "x"), FORECAST))
