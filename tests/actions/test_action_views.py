"""What people see of action items, over nasty texts and every state."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.action_editing import ActionEdit
from domain.action_lists import PAGE, ActionLists, Asked, Part, Which
from domain.action_news import ActionNews, News
from domain.action_states import ActionState, Move
from domain.action_steps import Step
from domain.actions import ActionCard, ActionChange, ActionItem, ActionSheet, Escalation
from domain.meanwhile import Meanwhile
from domain.people import Person
from domain.posted import Posted
from sandbox.blockkit.problems import MOST_TEXT_IN_MESSAGE, problems_of_message, problems_of_view
from sandbox.blockkit.tree import text_length
from surface import action_form, action_list, actions, people
from surface.kit import Message
from tests.nasty import TEXTS
from tests.surface.views import labels

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
DUE = date(2026, 11, 26)
MESSAGE = Posted("1763650000.000100", "1763640000.000200", "U1")
NEWS = (
    ActionNews(News.DONE, "U0"),
    ActionNews(News.NEW_DATE, "U0", "2026-11-26", "d1"),
    ActionNews(News.HAND_OVER, "U0", "U1", "d1"),
    ActionNews(News.HAND_OVER, "U1", "U1", "d1"),
    ActionNews(News.DROPPED, "U0", draft_id="d1"),
    ActionNews(News.REOPENED, "U0", draft_id="3"),
    ActionNews(News.EDITED, "U0", "what,every,important", "d1"),
)


def card(text: str = "x", state: ActionState = ActionState.OPEN, today: date = DUE) -> ActionCard:
    item = ActionItem(1, "T1", 1, "C1", text[:300], "U1", DUE, date(2026, 11, 25), state, "U0", NOW)
    steps = (
        Step(Move.ACCEPT, "U1", DUE),
        Step(Move.NEW_DATE, "U1", DUE, "2026-11-25", "2026-11-26"),
        Step(Move.HAND_OVER, "U0", DUE, "U2", "U1", text[:300]),
        Step(Move.DROP, "U0", DUE, why=text[:300]),
        Step(Move.DONE, "U1", DUE),
        Step(Move.REOPEN, "U0", DUE),
        Step(Move.EDIT, "U0", DUE, text[:300], "what,every,important"),
    )
    item = replace(item, steps=steps, dates_moved=2, dropped_by="U0", dropped_why=text[:300], message=MESSAGE)
    item = replace(item, helpers=("U0", "U2"), is_important=True, every="2 weeks", follows=7)
    people = {each: Person("T1", each, text[:30]) for each in ("U0", "U1", "U2")}
    coming = Escalation(people["U0"], date(2026, 12, 3))
    return ActionCard(item, people, "#forecast", today, workspace_url="https://t1.slack.com/", escalation=coming)


def orphan(text: str = "x", owner_id: str = "", due: date | None = None) -> ActionCard:
    found = card(text)
    return replace(found, item=replace(found.item, owner_id=owner_id, due=due, first_due=due, dates_moved=0))


def lists(which: Which = Which.ALL, /, **found: Sequence[ActionCard]) -> ActionLists:
    parts = [Part(Which(each), tuple(cards[:PAGE]), len(cards), "Dana") for each, cards in found.items() if cards]
    return ActionLists(Asked(which, 0, "U1"), "U0", parts)


def check(message: Message | None) -> None:
    assert message is not None
    assert problems_of_message(message.blocks) == []
    assert text_length(message.blocks) <= MOST_TEXT_IN_MESSAGE
    assert 0 < len(message.text) <= 4000
    assert "<!channel>" not in message.text + str(message.blocks)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("state", ActionState)
def test_every_message_is_one_that_slack_takes(text: str, state: ActionState) -> None:
    found = card(text, state, date(2026, 12, 1))
    for reader in ("U0", "U1", "U2", "U404"):
        check(actions.action_message(found, reader, is_out=True))
        for part in ("soon:2026-11-26::2", "overdue:2026-11-26::2", "soon:2026-11-19::2"):
            check(actions.reminder_message(found, reader, part, is_out=True))
        check(actions.late_message(found, reader, "2026-11-26:2", is_out=True))
        for news in NEWS:
            check(actions.news_message(found, news, reader, is_out=True))
        answer = action_list.one_answer(found, reader)
        check(Message(answer["text"], answer["blocks"]))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("owner", "due"), [("", None), ("", DUE), ("U1", None)])
def test_what_lacks_an_owner_or_a_day_makes_messages_that_slack_takes(text: str, owner: str, due: date | None) -> None:
    found = orphan(text, owner, due)
    for reader in ("U0", "U1", "U2", "U404"):
        check(actions.action_message(found, reader, is_out=True))
        for part in ("soon:2026-11-26::2", f"orphan:{due}::2"):
            check(actions.reminder_message(found, reader, part, is_out=True))
        for news in NEWS:
            check(actions.news_message(found, news, reader, is_out=True))
        answer = action_list.one_answer(found, reader)
        check(Message(answer["text"], answer["blocks"]))
        assert ("Set a date" in labels(answer["blocks"])) == (due is None)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("count", [0, 1, 100])
@pytest.mark.parametrize("which", Which)
def test_every_list_is_one_that_slack_takes(text: str, which: Which, count: int) -> None:
    drawn = orphan(text) if which is Which.ORPHANS else card(text, today=date(2026, 12, 1))
    found = (drawn,) * count
    shown = ("mine", "waiting", "team", "orphans") if which is Which.ALL else (which.value,)
    answer = action_list.list_answer(lists(which, **dict.fromkeys(shown, found)))
    assert problems_of_message(answer["blocks"]) == []
    assert text_length(answer["blocks"]) <= MOST_TEXT_IN_MESSAGE
    assert ("; the others work the same way." in str(answer["blocks"])) == (count * len(shown) > 1)
    assert ("and 97 more" in str(answer["blocks"])) == (count == 100 and which is Which.ALL)
    assert ("More" in labels(answer["blocks"])) == (count == 100 and which is not Which.ALL)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("count", [0, 1, 100])
@pytest.mark.parametrize("which", [Which.LEAD, Which.TEAM])
def test_the_lists_of_others_are_views_that_slack_takes(text: str, which: Which, count: int) -> None:
    view = action_list.list_view(lists(which, **{which.value: (card(text),) * count}))
    assert problems_of_view(view) == []
    assert (f"`/action list {which}` shows all of them." in str(view)) == (count == 100)
    assert (action_list.NOTHING[which] in str(view)) == (count == 0)


@pytest.mark.parametrize("text", TEXTS)
def test_the_forms_open_with_whatever_was_typed(text: str) -> None:
    outsiders = (Person("T1", "U9", text[:80]),)
    given = {"what": text, "owner": "U1"}
    sheet = ActionSheet("d" * 32, "C1", "#pricing", given, 7, outsiders, message=MESSAGE)
    change = ActionChange(card(text).item, "d" * 32, "#pricing", outsiders)
    both = {"what": text, "helpers": "U9", "every": "week", "important": "", "message": MESSAGE.place}
    meanwhile = Meanwhile(text[:80], ("important",), both, {"U9": outsiders[0]})
    url, linked = "https://t1.slack.com/", {**given, "message": MESSAGE.place}
    edit = ActionEdit(card(text).item, "d" * 32, "#pricing", linked, outsiders, url, meanwhile)
    for view in (
        action_form.action_form(sheet),
        action_form.date_form(change, {}),
        action_form.owner_form(change, {}),
        action_form.drop_form(change, {}),
        action_form.edit_form(edit, {}),
    ):
        assert problems_of_view(view) == []


@pytest.mark.parametrize("part", ["soon:2026-11-19::2", "overdue:2026-11-19::2"])
def test_a_needless_reminder_is_not_sent(part: str) -> None:
    assert actions.reminder_message(card(), "U1", part, is_out=False) is None
    assert actions.reminder_message(card(state=ActionState.DONE), "U1", "soon:2026-11-26::2", is_out=False) is None
    assert actions.reminder_message(card(), "U404", "soon:2026-11-26::2", is_out=False) is None


def test_of_two_reminders_only_the_one_whose_turn_it_is_has_buttons() -> None:
    for today, has_buttons in ((DUE, [True, False]), (date(2026, 11, 27), [False, True])):
        found = [
            actions.reminder_message(card(today=today), "U1", f"{which}:2026-11-26::2", is_out=True)
            for which in ("soon", "overdue")
        ]
        assert [bool(each and labels(each.blocks)) for each in found] == has_buttons
        assert len({each.text for each in found if each}) == 2
    assert [len(each.blocks) for each in found if each] == [1, 3]


def test_who_has_left_is_said_wherever_an_item_waits_for_them() -> None:
    left = replace(card(), people={each: Person("T1", each, "Ben", left=each == "U1") for each in ("U0", "U1")})
    one = action_list.one_answer(left, "U0")
    assert "Ben (has left) owns it, asked for by Ben" in one["text"]
    assert labels(one["blocks"])[0] == "Hand over"
    listed = action_list.list_answer(lists(waiting=(left, card())))
    assert "Ben (has left)" in listed["text"]
    assert labels(listed["blocks"]) == ["Take it over", "Hand over"]
    receipt = actions.action_message(left, "U0", is_out=True)
    assert receipt
    assert "Ben (has left) owns it" in receipt.text


@pytest.mark.parametrize(
    ("count", "said"), [(0, ""), (1, "moved once, "), (2, "moved twice, "), (5, "moved 5 times, ")]
)
def test_it_says_how_often_its_date_was_moved_and_which_was_the_first(count: int, said: str) -> None:
    moved = replace(card(), item=replace(card().item, dates_moved=count))
    told = f"{said}first due Wed 25 Nov 2026" if said else ""
    for shown in (action_list.one_answer(moved, "U404"), action_list.list_answer(lists(mine=(moved,)))):
        assert (told or "first due") in str(shown["blocks"]) if told else "first due" not in str(shown["blocks"])
    receipt = actions.action_message(moved, "U1", is_out=True)
    assert receipt
    assert told in str(receipt.blocks)


def test_a_caretaker_has_the_buttons_once_owner_and_asker_have_left() -> None:
    left = replace(card(), caretakers=(Person("T1", "U9", "Chloe"),))
    assert labels(action_list.one_answer(left, "U9")["blocks"]) == [
        "Done",
        "New date",
        "Hand over",
        "No longer needed",
        "Edit",
    ]
    assert labels(action_list.one_answer(card(), "U9")["blocks"]) == []


@pytest.mark.parametrize("news", NEWS)
def test_news_is_read_back_from_its_key(news: ActionNews) -> None:
    assert ActionNews.read(str(news)) == news


def test_only_those_who_may_change_it_have_buttons() -> None:
    for reader, count in (("U0", 5), ("U1", 6), ("U404", 0)):
        message = actions.action_message(card(), reader, is_out=True)
        assert message
        assert str(message.blocks).count("'type': 'button'") == count


def test_the_overview_has_room_for_the_most_of_every_list() -> None:
    text = "*<&" * 100
    left = replace(card(text), people={**card(text).people, "U1": Person("T1", "U1", text[:30], left=True)})
    numbered = [replace(left, item=replace(left.item, id=each)) for each in range(12)]
    most = dict.fromkeys(("mine", "left", "waiting", "helping", "team"), numbered)
    found = lists(**most, orphans=[orphan(text)] * 12)
    blocks = action_list.list_answer(found)["blocks"]
    check(Message("x", blocks))
    shown = str(blocks)
    assert all(f"{action_list.TITLES[part.which]} (12)" in shown for part in found.parts)
    assert "and 9 more: `/action list orphans`" in shown
    assert "Change several" in labels(blocks)
    assert "to see, move or finish it; the others work the same way" in str(blocks[-1])


def test_accept_is_named_only_beside_its_button() -> None:
    first = card()
    waiting = replace(first, item=replace(first.item, steps=(), accepted_at=None))
    told = actions.action_message(waiting, "U1", is_out=True)
    assert told is not None
    assert ("*Accept* tells" in str(told.blocks), "action.accept" in str(told.blocks)) == (True, True)
    served = actions.reminder_message(waiting, "U1", "before:2026-01-01", is_out=True)
    assert served is not None
    assert "is yours" in served.text
    assert "Accept" not in str(served.blocks)


def test_quiet_hours_promise_only_what_they_keep() -> None:
    assert "nothing is sent" not in people.OWN["quiet"]
    assert "arrives at once" in people.OWN["quiet"]


def test_a_list_keeps_its_order_whether_rows_have_buttons_or_not() -> None:
    important, undated, late = card("first"), orphan("second", "U1"), card("third")
    shown = str(action_list.list_answer(lists(Which.TEAM, team=[important, undated, late]))["blocks"])
    assert shown.index("first") < shown.index("second") < shown.index("third")


def test_a_former_owner_reads_who_has_it_and_that_nothing_is_left() -> None:
    told = actions.action_message(replace(card(), item=replace(card().item, helpers=())), "U2", is_out=True)
    assert told is not None
    assert "was handed over to x. There is nothing left for you to do here." in told.text
