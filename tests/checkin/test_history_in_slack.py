"""Looking back, through Bolt and the sandbox: one's own answers, and the past check-ins of a channel."""

from datetime import UTC, datetime

from sandbox.client import Person, eventually, texts
from sandbox.state import Json
from tests.checkin.slack import CERTAIN, CONFIDENCE, MOVED, answer, invitation, who
from tests.muster import Running

COMPLAINT = "Which model-related complaint came up most this week?"
CLOSED = datetime(2026, 11, 24, 9, tzinfo=UTC)


def said(person: Person, command: str, text: str) -> str:
    """Once Slack has said what the person may see, should Muster have to ask."""
    person.command(command, text, channel="forecast")
    eventually(lambda: "One moment" not in str(person.ephemerals("forecast")[-1]))
    return "\n".join(texts(person.ephemerals("forecast")[-1]))


def shown(person: Person) -> str:
    return "\n".join(texts(person.modal() or {"blocks": []}))


def test_somebody_searches_what_was_answered_and_finds_their_own_answers(muster: Running) -> None:
    answer(muster, "Chloe", blocked="No GPU quota in Frankfurt")
    grace, chloe = who(muster, "Grace"), who(muster, "Chloe")
    assert eventually(lambda: invitation(grace))
    muster.people.jump_to(CLOSED)
    grace.command("/ritual", "list", channel="forecast")
    grace.click(grace.ephemerals("forecast")[-1], "Details")
    grace.click(grace.modal() or {}, "History")
    assert eventually(lambda: "Weekly sync, Mon 23 Nov 2026" in shown(grace)), "Slack is asked first"
    for _ in range(2):
        grace.close()
    assert "Weekly sync, Mon 23 Nov 2026" in said(grace, "/checkin", "history gpu")
    grace.click(grace.ephemerals("forecast")[-1], "Search")
    grace.fill({"Words": "quota", "Who answered": "Grace"})
    assert grace.submit() == {}
    assert "Nothing found that you can see." in shown(grace)
    grace.fill({"Who answered": "Chloe", "Function": "All"})
    assert grace.submit() == {}
    assert "No GPU quota in Frankfurt" in shown(grace)
    assert "Chloe moved things." not in shown(grace)
    grace.click(grace.modal() or {}, "Show")
    assert "Chloe moved things." in shown(grace)
    for _ in range(2):
        grace.close()
    assert "Chloe moved things. · " in said(chloe, "/checkin", "")
    chloe.click(chloe.ephemerals("forecast")[-1], "Show")
    assert "No GPU quota in Frankfurt" in shown(chloe)
    chloe.close()
    chloe.click(chloe.ephemerals("forecast")[-1], "Change settings")
    assert "Working hours" in shown(chloe)


def summary(person: Person) -> Json:
    return next(each for each in person.messages("forecast") if "Weekly sync, Mon" in each["text"])


def test_a_long_answer_is_read_whole_from_the_summary(muster: Running) -> None:
    erin, grace = who(muster, "Erin"), who(muster, "Grace")
    muster.people.jump_to(datetime(2026, 11, 23, 17, 45, tzinfo=UTC))
    erin.click(invitation(erin), "Answer")
    said = {MOVED: "The backlog.", CONFIDENCE: CERTAIN, COMPLAINT: f"{'Prices are stale. ' * 100}And the end."}
    erin.fill(said)
    assert erin.submit() == {}
    muster.people.jump_to(CLOSED)
    assert eventually(lambda: "Prices are stale" in str(summary(grace)))
    assert "And the end." not in str(summary(grace))
    grace.click(summary(grace), "Read all")
    assert "And the end." in shown(grace)


def test_an_action_item_is_made_of_an_answer_and_stands_below_it(muster: Running) -> None:
    answer(muster, "Chloe", blocked="No GPU quota in Frankfurt")
    erin, grace, chloe = who(muster, "Erin"), who(muster, "Grace"), who(muster, "Chloe")
    muster.people.jump_to(CLOSED)
    assert eventually(lambda: "Weekly sync, Mon 23 Nov 2026" in said(grace, "/checkin", "history"))
    grace.click(grace.ephemerals("forecast")[-1], "Show")
    grace.click(grace.modal() or {}, "Add action item")
    assert "Chloe moved things." in str(grace.modal()), "the first of her answers"
    grace.fill({"What is to be done?": "Tell sales what moved", "Due": "2026-12-03"})
    assert grace.submit() == {}
    assert eventually(lambda: "*A-1* Tell sales what moved · _Chloe" in shown(grace)), "below what she pressed"
    grace.close()
    assert eventually(lambda: "an answer to Weekly sync, Mon 23 Nov 2026 in #forecast" in str(chloe.dm()))
    assert "from an answer to Weekly sync" in said(erin, "/action", "A-1")
    erin.click(erin.ephemerals("forecast")[-1], "Show the answer")
    assert "Chloe moved things." in shown(erin)
    assert "*A-1* Tell sales what moved" in shown(erin)
