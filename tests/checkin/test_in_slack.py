"""A weekly sync as people live it: through Bolt and real sockets, in a Slack of its own."""

from datetime import UTC, datetime, timedelta

from sandbox.client import eventually, texts
from sandbox.state import Json
from storage import answered
from tests.checkin.slack import BERLIN, CERTAIN, CONFIDENCE, GAP, INFRA, MOVED, answer, invitation, newest, read, who
from tests.muster import Running


def run_message(muster: Running) -> Json:
    (found,) = [each for each in of_run(muster) if not each["broadcast"]]
    return found


def of_run(muster: Running) -> list[Json]:
    return [each for each in who(muster, "Grace").messages("forecast") if "Weekly sync, Mon" in each["text"]]


def test_each_person_gets_one_message_with_purpose_deadline_and_two_buttons(muster: Running) -> None:
    ana, chloe = who(muster, "Ana"), who(muster, "Chloe")
    said = read(invitation(chloe))
    assert "Line up research progress" in said
    assert "Please answer by Mon 23 Nov 2026 17:30 CET" in said
    assert "for #forecast, facilitated by Grace Kim" in said
    assert "Skip today" in said
    assert not ana.dm(), "it is half past five in São Paulo"
    muster.people.jump_to(datetime(2026, 11, 23, 12, 30, tzinfo=UTC))
    assert len(eventually(ana.dm)) == 1


def test_a_submission_becomes_a_receipt_and_the_channel_counts_it(muster: Running) -> None:
    chloe = answer(muster, "Chloe")
    assert eventually(lambda: "answered, thank you" in newest(chloe))
    assert "Chloe moved things." in newest(chloe)
    assert "5 (Certain)" in newest(chloe)
    assert "Edit" in texts(chloe.dm()[-1])
    assert len(chloe.dm()) == 1
    assert eventually(lambda: "1 of 8 answered" in read(run_message(muster)))


def test_mistakes_are_marked_on_the_field_and_what_was_typed_stays(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Answer")
    chloe.fill({MOVED: "x" * 301, CONFIDENCE: CERTAIN})
    marked = chloe.submit()
    if marked:
        assert list(marked) == [MOVED]
    chloe.fill({MOVED: "   "})
    assert chloe.submit() == {MOVED: "Please answer this one, even in a word."}
    chloe.fill({MOVED: "Good now."})
    assert chloe.submit() == {}


def test_editing_shows_what_was_answered_and_is_marked(muster: Running) -> None:
    chloe = answer(muster, "Chloe")
    assert eventually(lambda: "Edit" in texts(chloe.dm()[-1]))
    chloe.click(chloe.dm()[-1], "Edit")
    assert "Chloe moved things." in str(chloe.modal())
    chloe.fill({MOVED: "Chloe moved more."})
    assert chloe.submit() == {}
    assert eventually(lambda: "Chloe moved more." in newest(chloe))
    assert "edited" in newest(chloe)


def test_skip_today_settles_the_message_and_can_be_taken_back(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Skip today")
    assert eventually(lambda: "Skipped: " in newest(chloe))
    chloe.click(chloe.dm()[-1], "Answer after all")
    chloe.fill({MOVED: "There was something.", CONFIDENCE: CERTAIN})
    assert chloe.submit() == {}
    assert eventually(lambda: "answered, thank you" in newest(chloe))


def test_a_follow_up_appears_on_a_click_and_keeps_what_was_typed(muster: Running) -> None:
    ben = who(muster, "Ben")
    ben.click(invitation(ben), "Answer")
    ben.fill({MOVED: "Typed before the click."})
    assert GAP not in texts(ben.modal() or {})
    ben.choose(INFRA, "No")
    assert eventually(lambda: GAP in texts(ben.modal() or {}))
    muster.people.jump_to(BERLIN + timedelta(seconds=100))
    ben.fill({GAP: "Restarts.", CONFIDENCE: CERTAIN})
    assert ben.submit() == {}
    assert eventually(lambda: "Restarts." in newest(ben))
    assert "Typed before the click." in newest(ben)
    with muster.process.db.read() as session:
        ((_person_id, took),) = answered.seconds(session, run_ids=[1])
    assert 90 < took < 160, "from the click on Answer to Send"


def test_a_reminder_goes_once_and_only_to_the_silent(muster: Running) -> None:
    chloe = answer(muster, "Chloe")
    farid = who(muster, "Farid")
    farid.click(invitation(farid), "Skip today")
    for hour in (14, 15):
        muster.people.jump_to(datetime(2026, 11, 23, hour, 30, tzinfo=UTC))
    grace = who(muster, "Grace")
    assert eventually(lambda: [message for message in grace.dm() if "A reminder: " in read(message)])
    assert sum("A reminder: " in read(message) for message in grace.dm()) == 1
    assert not [message for person in (chloe, farid) for message in person.dm() if "A reminder: " in read(message)]


def test_the_summary_has_blockers_first_with_a_button_and_plain_names(muster: Running) -> None:
    answer(muster, "Chloe", blocked="<!channel> No labels & no time", unblocker="Grace")
    ben = who(muster, "Ben")
    ben.click(invitation(ben), "Answer")
    ben.fill({MOVED: "Ben moved things.", INFRA: "Yes", CONFIDENCE: CERTAIN})
    assert ben.submit() == {}
    for moment in ((23, 12, 30, 0), (23, 17, 30, 0), (24, 1, 30, 1)):
        muster.people.jump_to(datetime(2026, 11, *moment, tzinfo=UTC))
    assert eventually(lambda: "not heard from: " in read(run_message(muster)))
    found = run_message(muster)
    lines = texts(found)
    said = "\n".join(lines)
    assert lines[0] == "Weekly sync, Mon 23 Nov 2026"
    assert "not heard from: Ana Souza, Dev Patel, Erin Walsh, Farid Haddad, Grace Kim and Hana Sato" in said
    assert said.index("Blockers (1)") < said.index("Make action item") < said.index("\nEngineering\n")
    assert "&lt;!channel&gt; No labels &amp; no time" in said
    assert "can be cleared by Grace Kim" in said
    assert said.index("\nEngineering\n") < said.index("\nOther\n")
    assert "<@" not in read(found)
    assert "<!channel" not in read(found)
    assert len(eventually(lambda: of_run(muster)[1:])) == 1, "that it is there is said once"


def test_a_blocker_reaches_whoever_can_clear_it_and_who_raised_it_hears_of_it(muster: Running) -> None:
    chloe, grace = answer(muster, "Chloe", blocked="No labels", unblocker="Grace"), who(muster, "Grace")
    told = "Chloe Martin is blocked and says that you can clear it: No labels"
    (message,) = eventually(lambda: [each for each in grace.dm() if each["text"] == told])
    grace.click(message, "I'll take it")
    news = "Your blocker: No labels. Grace Kim has"
    assert eventually(lambda: [each for each in chloe.dm() if each["text"] == f"{news} taken it up."])
    (message,) = (each for each in grace.dm() if each["text"] == told)
    grace.click(message, "Cleared")
    assert eventually(lambda: [each for each in chloe.dm() if each["text"] == f"{news} said that it is cleared."])
    assert len([each for each in chloe.dm() if "Your blocker" in each["text"]]) == 1
    assert eventually(lambda: [each for each in grace.dm() if "You have said that it is cleared." in read(each)])
    (message,) = (each for each in chloe.dm() if "Your blocker" in each["text"])
    chloe.click(message, "Still blocked")
    assert eventually(lambda: [each for each in grace.dm() if "Chloe Martin is still blocked by it." in read(each)])


def test_checkin_lists_what_can_be_answered_now(muster: Running) -> None:
    chloe, ana = who(muster, "Chloe"), who(muster, "Ana")
    assert eventually(chloe.dm)
    for person in (chloe, ana):
        person.command("/checkin", channel="forecast")
    found = chloe.ephemerals("forecast")[-1]
    assert "open until" in read(found)
    chloe.click(found, "Answer")
    assert chloe.modal()
    assert "You can answer ahead: Weekly sync." in read(ana.ephemerals("forecast")[-1])
    ana.command("/checkin", "  HELP ", channel="forecast")
    assert "`/checkin` shows the check-ins you can answer now" in read(ana.ephemerals("forecast")[-1])


def test_a_form_that_was_closed_opens_again_with_what_was_typed(muster: Running) -> None:
    ben = who(muster, "Ben")
    ben.click(invitation(ben), "Answer")
    ben.fill({MOVED: "Typed, and then called away."})
    ben.choose(INFRA, "No")
    ben.close()
    ben.click(invitation(ben), "Answer")
    form = ben.modal() or {}
    assert "Typed, and then called away." in str(form)
    assert GAP in texts(form), "the follow-up that his choice had brought"
    assert "What you typed is still here" in str(form)
    ben.fill({GAP: "Restarts.", CONFIDENCE: CERTAIN})
    assert ben.submit() == {}
    assert eventually(lambda: "Typed, and then called away." in newest(ben))


def test_putting_it_off_and_giving_a_reason_for_skipping(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.pick(invitation(chloe), "Later", "In an hour")
    assert eventually(lambda: "I will ask again" in newest(chloe))
    muster.people.jump_to(BERLIN + timedelta(hours=1))
    assert eventually(lambda: "You wanted to be asked again" in newest(chloe))
    chloe.click(chloe.dm()[-1], "Skip today")
    assert eventually(lambda: "Skipped: " in read(chloe.dm()[0]))
    chloe.click(chloe.dm()[0], "Add a reason")
    chloe.fill({"Why do you skip it?": "On call"})
    assert chloe.submit() == {}
    assert eventually(lambda: "Your reason: On call." in read(chloe.dm()[0]))
