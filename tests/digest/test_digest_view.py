"""What a manager reads."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest

from domain.action_states import ActionState
from domain.blockers import BlockerState
from domain.decision_states import DecisionState
from domain.decisions import DecisionForm
from domain.digest_numbers import Coming, Numbers
from domain.digests import Listed
from domain.heard import Heard
from domain.metrics.participation import Count
from domain.people import Hours, Person
from sandbox.blockkit.problems import problems_of_message
from surface.digest import digest_message
from tests.digest.cards import (
    CARD,
    HEARD,
    NOT_ASKED,
    VOICES,
    blocker,
    crowded,
    decision,
    item,
    lines,
)
from tests.digests import MONDAY
from tests.nasty import TEXTS
from tests.surface.views import labels
from tests.team import ANA, BEN, NOW, WORKSPACE


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_people_wrote_it_fits_one_screen_and_slack_takes_it(text: str) -> None:
    card = crowded(text)
    settled = replace(card, approvals=[decision(n, text=text) for n in range(4)] + card.approvals)
    for shown in map(digest_message, (card, settled)):
        assert problems_of_message(shown.blocks) == []
        assert len(lines(shown)) <= 30
        assert "<" not in shown.text + "".join(lines(shown))
        assert 0 < len(shown.text) <= 4000


def test_days_over_are_counted_on_the_readers_calendar_whoever_owns_it() -> None:
    far = Person(WORKSPACE, "UFAR", "Noa", "Pacific/Kiritimati", hours=Hours(days=frozenset({6, 0, 1})))
    tuesday, wednesday = (
        replace(item(number, owner=owner), due=date(2026, 11, day))
        for number, owner, day in ((1, "UFAR", 17), (2, ANA, 18))
    )
    card = replace(CARD, slipped=[tuesday, wednesday], people={**CARD.people, "UFAR": far})
    shown = digest_message(card).text
    assert "Noa, due Tue 17 Nov 2026, 4 working days over." in shown
    assert "Ana, due Wed 18 Nov 2026, 3 working days over." in shown


def test_each_section_shows_three_and_says_how_many_more() -> None:
    card = replace(
        crowded("Text"), numbers=Numbers(coming=(Coming(date(2026, 11, 27), "Text", "Text"),) * 9), slipped=[]
    )
    shown = "\n".join(lines(digest_message(card)))
    assert shown.count("Approve or object") == 3
    assert "+24 more: see Muster's Home." in shown
    assert "+6 more: type `/decision list`." in shown
    assert "+6 more: see the summaries in the channels." in shown
    assert "Fri Text in #Text asks; Fri Text in #Text asks; Fri Text in #Text asks. +6 more." in shown
    crowd = "\n".join(lines(digest_message(crowded("Text"))))
    assert crowd.count("Approve or object") == 1, "so that it fits one screen"
    assert "+26 more: see Muster's Home." in crowd
    late = digest_message(replace(CARD, slipped=[item(number) for number in range(9)]))
    assert "*Slipped:* 9 of 9 action items overdue, half of them by 7 working days or more." in lines(late)
    assert "+6 more: type `/action list late`." in lines(late)


def test_sections_come_in_order_and_empty_ones_are_left_out() -> None:
    full = lines(digest_message(replace(crowded("Text", 1), closed=[HEARD], not_asked=())))
    titles = [line for line in full if line.startswith("*") and not line.startswith(("*Approve", "*Your", "*Blocker"))]
    assert [title.split("*")[1] for title in titles] == [
        "3 things need you.",
        "Needs you",
        "Slipped:",
        "Decided",
        "Signals",
        "Next seven days",
        "Voices",
        "How we decide",
        "Learned",
        "You said, we did",
        "Pulse",
        "Does taking part help?",
    ]
    shown = lines(digest_message(replace(CARD, slipped=[item()])))
    assert shown[:2] == ["*Nothing needs you.* 1 slipping.", "*Slipped:* 1 of 1 action item overdue."]
    assert len(shown) == 4


def test_nothing_to_do_is_three_lines() -> None:
    numbers = Numbers(voices=VOICES, coming=(Coming(date(2026, 11, 26), "Forecast", "forecast", closes=True),))
    shown = lines(digest_message(replace(CARD, decided=[decision()], closed=[HEARD], numbers=numbers)))
    assert len(shown) == 3
    assert shown[0] == "*Nothing needs you.* Nothing late, 1 decided: D-1 Text."
    assert shown[1] == "Heard from 7 of 8 (88 %, usual 80 %). Next: Thu Forecast in #forecast closes."
    assert shown[2].startswith("Weekly digest, Mon 16 to Sun 22 Nov 2026.")


def test_after_downtime_it_says_what_was_not_asked_and_which_digests_never_came() -> None:
    late = replace(CARD, digest=replace(CARD.digest, listed=Listed(is_late=True, missed=1)), not_asked=(NOT_ASKED,))
    shown = lines(digest_message(late))
    assert shown[1] == (
        "This comes late, because Muster was not running when it was due. "
        "It is about Mon 16 to Sun 22 Nov 2026. The digest before it was never sent."
    )
    assert shown[2] == (
        "*Muster was not running* from Mon 9 Nov 2026 to Mon 23 Nov 2026. Not asked: Sync in #forecast (2 times)."
    )
    same_day = replace(NOT_ASKED, times=1, last=NOT_ASKED.first)
    assert (
        "on Mon 9 Nov 2026. Not asked: Sync in #forecast (once)."
        in digest_message(replace(CARD, not_asked=(same_day,))).text
    )
    three = replace(late, digest=replace(CARD.digest, listed=Listed(is_late=True, missed=3)))
    assert "The 3 digests before it were never sent." in digest_message(three).text


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 24), "Look again on Tue 24 Nov 2026."),
        (date(2026, 11, 23), "It was to be looked at again on Mon 23 Nov 2026."),
        (date(2026, 11, 19), "It was to be looked at again on Thu 19 Nov 2026."),
    ],
)
def test_a_day_to_look_again_that_has_come_is_told_as_past(day: date, told: str) -> None:
    form = replace(decision().form, look_again_on=day)
    shown = digest_message(replace(CARD, slipped=[item()], decided=[replace(decision(), form=form)])).text
    assert told in shown


def test_an_item_whose_owner_left_says_so_and_can_be_handed_over_by_those_who_may() -> None:
    people = CARD.people | {ANA: replace(CARD.people[ANA], left=True)}
    card = replace(CARD, slipped=[item()], people=people)
    assert "Ana (has left), due Thu 12 Nov 2026" in digest_message(card).text
    assert "Hand over" not in labels(digest_message(card).blocks)
    assert "Hand over" in labels(digest_message(replace(card, to_hand_over=frozenset({1}))).blocks)


def test_a_blocker_says_for_how_long_it_has_stood_and_gives_way_once_it_is_cleared() -> None:
    old = replace(blocker(), recorded_at=CARD.now - timedelta(days=4))
    assert "It has stood for 2 working days." in digest_message(replace(CARD, blockers=[old])).text
    card = replace(CARD, blockers=[replace(old, state=BlockerState.CLEARED)])
    assert lines(digest_message(card))[0] == "*Nothing needs you any more.*"
    assert "Cleared: ~Text~." in lines(digest_message(card))


def test_a_quiet_week_never_shows_zeros() -> None:
    assert lines(digest_message(CARD))[0] == "*Nothing needs you.* Nothing late."
    assert "0 " not in digest_message(CARD).text


@pytest.mark.parametrize(
    ("heard", "line"),
    [
        (HEARD, "Sync in #forecast: 7 of 8 (88 %)."),
        (replace(HEARD, total=Count(2, 3)), "Sync in #forecast: 2 of 3."),
        (replace(HEARD, total=Count(0, 0)), "Sync in #forecast: everybody was away."),
        (replace(HEARD, runs=5, total=Count(0, 5)), "Sync in #forecast over 5 check-ins: 0 of 5 (0 %)."),
        (replace(HEARD, unreached=2), "Sync in #forecast: 7 of 8 (88 %). Not asked in time: 2."),
    ],
)
def test_numbers_have_their_denominators(heard: Heard, line: str) -> None:
    assert line in lines(digest_message(replace(CARD, slipped=[item()], closed=[heard])))


def test_a_decision_is_told_with_its_reason_and_what_is_kept() -> None:
    form = DecisionForm("Ship it", "x", "Because it is cheap. " + "word " * 20, BEN, look_again_on=date(2027, 3, 30))
    card = replace(CARD, slipped=[item()], decided=[replace(decision(), form=form)])
    told = next(line for line in lines(digest_message(card)) if line.startswith("D-1"))
    assert told.startswith("D-1 Ship it, because “it is cheap. word word")
    assert told.endswith("word…”. Look again on Tue 30 Mar 2027. One objection kept.")


def test_buttons_carry_the_id_of_a_row_and_nothing_else() -> None:
    blocks = digest_message(crowded("Text", 1)).blocks
    found = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    menu = next(element for element in found if element["type"] == "static_select")
    assert [each["value"] for each in menu["options"]] == ["day:1", "days:1", "week:1"]
    found.remove(menu)
    says = [element["text"]["text"] for element in found]
    assert says == [
        "Approve",
        "Object",
        "Done",
        "New date",
        "Hand over",
        "I'll take it",
        "Cleared",
        "Make action item",
        "Trends",
        "How this is counted",
        "Change my digest",
        "Show it now",
    ]
    assert [element["value"] for element in found] == ["1.0", "1.0", *"1111111111"]


def test_what_its_owner_put_off_says_until_when_and_comes_back_on_that_day() -> None:
    mine = replace(item(owner=BEN), snoozed_until=date(2026, 11, 25))
    card = replace(CARD, own=[mine], digest=replace(CARD.digest, listed=Listed(own=(1,))))
    shown = lines(digest_message(card))
    assert shown[0] == "*Nothing needs you any more.*"
    assert "Not now: Text (A-1), you hear of it again on Wed 25 Nov 2026." in shown
    later = lines(digest_message(replace(card, now=CARD.now + timedelta(days=2))))
    assert later[0] == "*1 thing needs you.*"


def test_a_menu_forgets_what_was_chosen_there_before() -> None:
    """Slack keeps what was chosen in a block of the same id."""
    card = replace(CARD, own=[item(1, owner=BEN), item(2, owner=BEN)])
    again = replace(card, own=[replace(item(1, owner=BEN), snoozed_until=date(2026, 11, 20))])
    ids = [
        [b["block_id"] for b in digest_message(each).blocks if "digest_own" in b["block_id"]] for each in (card, again)
    ]
    assert len({*ids[0], *ids[1]}) == 3


def test_what_was_settled_gives_way_to_what_is_left() -> None:
    numbers = count(1)
    done = [replace(item(next(numbers), owner=BEN), state=ActionState.DONE) for _ in range(5)]
    left = [item(next(numbers), owner=BEN) for _ in range(5)]
    listed = Listed(own=tuple(range(1, 11)))
    card = replace(CARD, own=done + left, digest=replace(CARD.digest, listed=listed))
    shown = lines(digest_message(card))
    assert shown[0] == "*5 things need you.*"
    assert [line.split("(")[1][:4] for line in shown[2:8]] == ["A-3)", "A-4)", "A-5)", "A-6)", "A-7)", "A-8)"]
    assert shown[8] == "+2 more: see Muster's Home."


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({"due": date(2026, 12, 1)}, "Moved: ~Text~ (A-1), now due Tue 1 Dec 2026."),
        ({"owner_id": ANA}, "Handed over: ~Text~ (A-1), to Ana."),
        ({"state": ActionState.DONE, "owner_id": ANA}, "Done: ~Text~ (A-1)."),
    ],
)
def test_it_says_what_became_of_my_action_item(after: dict[str, object], told: str) -> None:
    mine = replace(item(owner=BEN), **after)  # type: ignore[arg-type] # one field or two, each of its own type
    card = replace(CARD, own=[mine], digest=replace(CARD.digest, listed=Listed(own=(1,))))
    assert lines(digest_message(card))[:3] == ["*Nothing needs you any more.*", "*Needs you*", told]


def test_a_decision_i_objected_to_still_waits_for_me() -> None:
    shown = digest_message(replace(CARD, approvals=[decision(state=DecisionState.CONTESTED, text="Too early", by=BEN)]))
    assert "*1 thing needs you.*" in lines(shown)
    assert "You objected:" in shown.text
    assert "“Too early”" in shown.text


def test_after_an_objection_those_who_drive_it_can_change_it_until_it_is_settled() -> None:
    form = replace(decision().form, approver_id=ANA)
    contested = replace(decision(state=DecisionState.CONTESTED, text="Too early"), form=form, recorded_by=BEN)
    shown = digest_message(replace(CARD, approvals=[contested]))
    assert "*Ana objected:* Text (D-1): “Too early”." in lines(shown)
    assert "Edit" in labels(shown.blocks)
    edited = replace(contested, state=DecisionState.PROPOSED, edited_at=NOW)
    assert "Done: ~Text~ (D-1), Ana is asked again." in lines(digest_message(replace(CARD, approvals=[edited])))


def test_someone_else_is_asked_instead() -> None:
    form = replace(decision().form, approver_id=ANA)
    card = replace(CARD, approvals=[replace(decision(state=DecisionState.PROPOSED), form=form)])
    assert "Done: ~Text~ (D-1), Ana is asked instead." in lines(digest_message(card))


def test_screen_readers_get_every_line() -> None:
    card = replace(crowded("Text", 1), now=MONDAY + timedelta(days=3))
    shown = digest_message(card)
    assert [line.replace("*", "").replace("~", "") for line in lines(shown)] == shown.text.split("\n")
