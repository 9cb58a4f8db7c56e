"""Templates written in Slack, on both databases."""

from dataclasses import replace

import pytest

from bot.library import shipped_library
from domain.errors import FieldErrors, NotAllowed
from domain.own_templates import EXAMPLE
from domain.runs import Ritual
from domain.submissions import Submission
from domain.templates import Template
from services import own_templates, rituals
from services.own_templates import NotWrittenHere
from storage import rituals as stored
from storage.engine import Database
from surface import own_templates as views
from tests.surface.views import NASTY, check_view
from tests.team import ANA, BEN, FORECAST, NOW, WORKSPACE, audited, settle

FILES = shipped_library()
SIMPLE = {
    "title": "Friday note",
    "purpose": "What is new: all of it?",
    "when": "every fri at 14:00",
    "who": "everyone",
    "ask": "What went well?\n\n  Yes: or No?  \n",
}


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def save(db: Database, *, draft: str = "d1", by: str = ANA, template_id: str = "", **given: str) -> Template:
    sent = Submission(WORKSPACE, by, draft, given)
    return own_templates.save(db, sent=sent, template_id=template_id, files=FILES, now=NOW)


def test_a_few_answers_make_a_template_that_stands_in_the_library(db: Database) -> None:
    made = save(db, **SIMPLE)
    assert (made.id, [each.text for each in made.ask]) == ("friday-note", ["What went well?", "Yes: or No?"])
    assert own_templates.library(db, workspace_id=WORKSPACE, files=FILES)["friday-note"] == made
    assert "friday-note" not in own_templates.library(db, workspace_id="T2", files=FILES)
    save(db, **SIMPLE)
    assert audited(db) == [("template written", "friday-note", ANA)]


def test_a_mistake_in_a_file_is_told_with_its_line_and_what_to_write(db: Database) -> None:
    with pytest.raises(FieldErrors) as refused:
        save(db, file=EXAMPLE.replace("every fri", "fridays"))
    assert refused.value.fields["file"].startswith('Line 4: when: "fridays at 14:00" is')


def test_a_file_too_long_for_slack_is_told_where_it_belongs(db: Database) -> None:
    with pytest.raises(FieldErrors) as refused:
        save(db, file=EXAMPLE + "#" * 3000)
    assert refused.value.fields["file"].endswith(
        "a field of Slack takes 3,000. Keep it as a file: ask whoever runs Muster to put it into its folder of rituals "
        "(MUSTER_RITUALS)."
    )
    assert "Longer than 3,000 characters? Then ask whoever runs Muster" in str(views.file_form("d1"))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("when", "fridays", "is not understood; write for example"), ("title", "Weekly sync", "Choose another name.")],
)
def test_a_mistake_in_the_simple_form_is_told_on_its_field(db: Database, field: str, typed: str, said: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        save(db, **{**SIMPLE, field: typed})
    assert said in refused.value.fields[field]


def test_a_name_that_is_taken_is_refused(db: Database) -> None:
    save(db, **SIMPLE)
    with pytest.raises(FieldErrors, match="friday-note is written already"):
        save(db, draft="d2", file=EXAMPLE)
    with pytest.raises(FieldErrors, match="Keep the id friday-note"):
        save(db, draft="d3", template_id="friday-note", file=EXAMPLE.replace("friday-note", "other"))


def test_only_its_author_and_leads_change_it(db: Database) -> None:
    save(db, file=EXAMPLE)
    with pytest.raises(NotAllowed, match="Only Ana and leads may do that"):
        own_templates.text_of(db, workspace_id=WORKSPACE, person_id=BEN, name="friday-note")
    with pytest.raises(NotAllowed):
        save(db, draft="d2", by=BEN, template_id="friday-note", file=EXAMPLE)
    assert own_templates.text_of(db, workspace_id=WORKSPACE, person_id=ANA, name="Friday-Note").text == EXAMPLE
    with pytest.raises(NotWrittenHere):
        own_templates.text_of(db, workspace_id=WORKSPACE, person_id=ANA, name="weekly-sync")


def test_changed_questions_are_asked_from_the_next_run_on_and_the_rest_stays(db: Database) -> None:
    made = save(db, file=EXAMPLE)
    place = {"workspace_id": WORKSPACE, "channel_id": FORECAST, "person_id": ANA}
    ritual, _asked = rituals.switch_on(db, **place, template=replace(made, when="every thu at 10:00"), now=NOW)
    save(
        db,
        draft="d2",
        template_id="friday-note",
        file=EXAMPLE.replace("others know?\n    type", "rest know?\n    type"),
    )
    after = on(db, ritual.id)
    assert (after.version, after.template.ask[0].text, after.template.ask[0].id) == (
        2,
        "What should the rest know?",
        "news",
    )
    assert (after.template.when, after.next_at) == ("every thu at 10:00", ritual.next_at)
    assert audited(db)[-2:] == [("template changed", "friday-note", ANA), ("ritual changed", "friday-note", ANA)]


def on(db: Database, ritual_id: int) -> Ritual:
    with db.read() as session:
        found = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=ritual_id)
    assert found
    return found


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_the_forms_fit(text: str) -> None:
    check_view(views.simple_form("d"))
    check_view(views.file_form("d", text=text, template_id="x"))
    check_view(views.saved_view(replace(FILES["weekly-sync"], title=text[:24] or "x")))
