"""A decision that asks those named in it in a round, moved through time by hand."""

from datetime import UTC, datetime, timedelta

from bot.library import shipped_rounds
from domain.decisions import Decision
from domain.deliveries import Outcome
from domain.runs import Prompt
from domain.submissions import Submission
from schedules.contents import contents
from services import agenda, asking, checkins, decision_cards, decisions, deliveries, round_results
from storage import decisions as stored
from storage import prompts, rituals
from storage.engine import Database
from surface.decisions import card_message
from surface.kit import Message
from tests.checkin.team import text_of
from tests.records import version
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, WORKSPACE

FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN, "contributors": CHLOE}
CONSENT, NO_STAKE = {"stance": "Consent"}, {"stance": "It does not affect me"}
CONCERN = {"stance": "Consent with a concern", "reason": "It is slow."}
OBJECTION = {"stance": "Objection", "reason": "It leaks.", "change": "Mask the names."}
MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
LATER = datetime(2026, 11, 27, tzinfo=UTC)


def propose(
    db: Database, *, by: str = ANA, how: str = "consent", draft: str = "d1", channel: str = FORECAST, **given: str
) -> None:
    sent = Submission(WORKSPACE, by, draft, FORM | {"round": how} | given, confirmed=[DEV])
    decisions.submit(db, sent=sent, channel_id=channel, rounds=shipped_rounds(), now=NOW)


def edit(db: Database, *, now: datetime = MONDAY, **given: str) -> None:
    sent = Submission(WORKSPACE, ANA, f"e{now}", FORM | {"round": "consent"} | given)
    decisions.submit(
        db, sent=sent, channel_id=FORECAST, decision_id=1, version=version(db), rounds=shipped_rounds(), now=now
    )


def decision(db: Database) -> Decision:
    with db.read() as session:
        found = stored.decision(session, workspace_id=WORKSPACE, decision_id=1)
        assert found
        return found


def asked(db: Database) -> dict[str, Prompt]:
    with db.read() as session:
        run = rituals.newest_about(session, workspace_id=WORKSPACE, decision_id=1)
        return {each.person_id: each for each in prompts.of_run(session, run_id=run.id)} if run else {}


def live(db: Database, until: datetime) -> dict[str, Message]:
    """What falls due is done at its moment, as the loop does it; answers what each message is in the end."""
    now, said = NOW, dict[str, Message]()
    while (coming := agenda.outlook(db, now=now).next_at) and max(coming, now) <= until:
        now = max(coming, now)
        while asking.ask_due(db, now=now) or round_results.settle_due(db, now=now):
            continue
        said |= deliver(db, now)
        now += timedelta(seconds=1)
    return said


def deliver(db: Database, now: datetime) -> dict[str, Message]:
    said: dict[str, Message] = {}
    while due := deliveries.claim(db, now=now, limit=100, paces={}):
        drawn = contents(db, due, now)
        outcomes = []
        for each in due:
            content = drawn.get(each.id)
            is_shown = isinstance(content, Message)
            if isinstance(content, Message):
                said[each.subject.key] = content
            outcomes.append(
                Outcome(each, sent=True, shown=each.wanted, channel="C", ts="1.1") if is_shown
                else Outcome(each, shown=each.wanted, ended="nothing")
            )  # fmt: skip
        deliveries.settle(db, outcomes=outcomes, now=now)
    return said


def answer(db: Database, person_id: str, given: dict[str, str], *, now: datetime = MONDAY, draft: str = "") -> None:
    prompt = asked(db)[person_id]
    checkins.submit(
        db, workspace_id=WORKSPACE, prompt_id=prompt.id, person_id=person_id, draft_id=draft or f"{prompt.id}",
        given=given, now=now,
    )  # fmt: skip
    while round_results.settle_due(db, now=now):
        continue


def card(db: Database) -> str:
    found = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert found
    return text_of(card_message(found))
