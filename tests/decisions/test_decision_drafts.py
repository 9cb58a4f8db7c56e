"""Forms of decisions that were closed before they were sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from domain.decision_cards import ANOTHER_RITUAL
from domain.decision_pages import FIELDS, About, Draft, Page, Shown
from domain.rounds import ALONE
from domain.runs import Ritual
from domain.submissions import Submission
from sandbox.client import eventually
from services import decision_drafts, decision_forms, forgetting
from services.decision_drafts import DraftGone, DraftOutside
from storage import channels, rituals
from storage.engine import Database
from storage.tables import KeptFormRow
from tests.muster import FRIDAY, Running, running
from tests.records import TEMPLATE
from tests.seen import find
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE

WHO = {"workspace_id": WORKSPACE, "person_id": ANA}
BASICS = Shown(Page.BASICS, 0, FIELDS[Page.BASICS])
TYPED = {"title": "Small model", "because": "Cheaper"}


def begin(db: Database, typed: dict[str, str], *, tells: bool = True, by: str = ANA, channel: str = FORECAST) -> str:
    """The draft id of a form that was opened, filled in and closed."""
    sheet = decision_forms.open_form(db, workspace_id=WORKSPACE, person_id=by, channel_id=channel, given={}, now=NOW)
    sent = Submission(WORKSPACE, by, sheet.draft_id, {"approver": by, **typed})
    decision_drafts.closed(db, sent=sent, about=About(channel), shown=BASICS, tells=tells, now=NOW)
    return sheet.draft_id


def drafts(db: Database, person_id: str = ANA, days: int = 0) -> list[Draft]:
    now = NOW + timedelta(days=days)
    return decision_drafts.listing(db, workspace_id=WORKSPACE, person_id=person_id, now=now)


def test_what_was_typed_is_a_draft_of_that_person_alone_for_thirty_days(db: Database) -> None:
    draft_id = begin(db, TYPED)
    assert [(each.draft_id, each.title, each.place) for each in drafts(db)] == [(draft_id, "Small model", "#forecast")]
    assert drafts(db, BEN) == []
    with pytest.raises(DraftGone):
        decision_drafts.go_on(db, workspace_id=WORKSPACE, person_id=BEN, draft_id=draft_id, now=NOW)
    assert drafts(db, days=30)
    assert drafts(db, days=31) == []
    with pytest.raises(DraftGone):
        decision_drafts.go_on(db, **WHO, draft_id=draft_id, now=NOW + timedelta(days=31))
    sheet = decision_drafts.go_on(db, **WHO, draft_id=draft_id, now=NOW + timedelta(days=30))
    assert (sheet.draft_id, sheet.given) == (draft_id, {"approver": ANA, **TYPED})


def test_what_nobody_went_on_with_is_deleted_although_nobody_closes_a_form(db: Database) -> None:
    begin(db, TYPED)
    forgetting.forget_drafts(db, now=NOW + timedelta(days=30))
    assert drafts(db)
    forgetting.forget_drafts(db, now=NOW + timedelta(days=31))
    assert drafts(db) == []


# Slack says nothing of a text field that is empty, but of what is chosen where nothing was touched.
@pytest.mark.parametrize(("typed", "tells"), [({}, True), ({"title": " ", "round": ALONE}, True), (TYPED, False)])
def test_a_form_closed_with_nothing_new_leaves_nothing(db: Database, typed: dict[str, str], *, tells: bool) -> None:
    begin(db, typed, tells=tells)
    assert drafts(db) == []


def test_a_draft_that_was_discarded_or_sent_is_gone(db: Database) -> None:
    draft_id = begin(db, TYPED)
    decision_drafts.discard(db, **WHO, draft_id=begin(db, {"title": "Large model"}), now=NOW)
    assert [each.draft_id for each in drafts(db)] == [draft_id]
    sent = Submission(WORKSPACE, ANA, draft_id, {"approver": ANA, "choice": "Ship it", **TYPED})
    assert decision_forms.send(db, sent=sent, about=About(FORECAST), shown=BASICS, now=NOW) is None
    decision_drafts.closed(db, sent=sent, about=About(FORECAST), shown=BASICS, tells=True, now=NOW)
    assert drafts(db) == []
    with pytest.raises(DraftGone, match="lay for 30 days"):
        decision_drafts.go_on(db, **WHO, draft_id=draft_id, now=NOW)


def test_a_draft_for_a_private_channel_does_not_outlive_membership_of_it(db: Database) -> None:
    draft_id = begin(db, TYPED, by=BEN, channel=PRICING)
    ben = {"workspace_id": WORKSPACE, "person_id": BEN}
    assert decision_drafts.go_on(db, **ben, draft_id=draft_id, now=NOW).place == "#pricing"
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={CHLOE}, at=NOW)
    with pytest.raises(DraftOutside):
        decision_drafts.go_on(db, **ben, draft_id=draft_id, now=NOW)
    assert [each.place for each in drafts(db, BEN)] == ["a private channel"]
    decision_drafts.discard(db, **ben, draft_id=draft_id, now=NOW)
    assert drafts(db, BEN) == []


def test_which_rituals_a_private_channel_has_is_for_its_members(db: Database) -> None:
    with db.write() as session:
        ritual = Ritual(0, WORKSPACE, PRICING, TEMPLATE, CHLOE, None, None)
        there = rituals.add(session, ritual=ritual, at=NOW)
        rituals.add(session, ritual=replace(ritual, template=replace(TEMPLATE, id="layoffs")), at=NOW)
    given = TYPED | {"choice": "Ship it", "approver": CHLOE, "driver": DEV, "forum": str(there.id)}
    sent, shown = Submission(WORKSPACE, BEN, "draft", given, confirmed=[DEV]), Shown(Page.BASICS, fields=list(given))
    assert decision_forms.send(db, sent=sent, about=About(PRICING), shown=shown, now=NOW) is None
    ben, dev = (
        decision_forms.edit_form(db, workspace_id=WORKSPACE, decision_id=1, person_id=each, now=NOW).forums
        for each in (BEN, DEV)
    )
    assert len(ben) == 2
    assert dev == ((there.id, ANOTHER_RITUAL),)


@pytest.fixture(scope="module")
def muster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("drafts")
    with running(f"sqlite:///{folder / 'muster.db'}") as found:
        yield found


def test_a_form_that_was_closed_goes_on_from_the_list(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/decision", "Half written", channel="forecast")
    ana.fill({"Why?": "It is cheaper"})
    ana.click(ana.modal() or {}, "Context")
    ana.fill({"Context": "Costs rose"})
    ana.click(ana.modal() or {}, "Decision")
    ana.close()
    ana.command("/decision", "list", channel="forecast")
    listed = find(lambda: ana.ephemerals("forecast"), "Your drafts", "Half written", "only you see it, until")
    ana.click(listed, "Go on")
    form = str(ana.modal())
    assert "It is cheaper" in form
    ana.fill({"What was decided?": "Ship the small model"})
    assert ana.submit() == {}
    find(lambda: ana.messages("forecast"), "Half written", "Also in the record: context")
    ana.command("/decision", "Thrown away", channel="forecast")
    ana.fill({"Why?": "No reason"})
    ana.click(ana.modal() or {}, "Context")
    ana.close()
    ana.command("/decision", "list", channel="forecast")
    ana.click(find(lambda: ana.ephemerals("forecast"), "Thrown away"), "Discard")
    assert "The draft is discarded" in str(ana.modal())


def test_a_muster_that_is_running_deletes_what_nobody_went_on_with(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/decision", "Left lying", channel="forecast")
    ana.fill({"Why?": "No reason"})
    ana.click(ana.modal() or {}, "Context")
    ana.close()
    assert eventually(lambda: kept(muster.process.db))
    muster.people.jump_to(FRIDAY + timedelta(days=32))
    assert eventually(lambda: not kept(muster.process.db))


def kept(db: Database) -> list[KeptFormRow]:
    with db.read() as session:
        return list(session.exec(select(KeptFormRow)))
