"""People whom a thread names without mentioning them."""

import json
import re

import pytest

from briefs.extractive import draft
from briefs.naming import with_named
from briefs.preparing import prepare
from domain.clock import machine_chance
from domain.naming import perhaps_named
from domain.threads import Thread
from tests.briefs.talk import said, talk

MEMBERS = {"UCLEO": "Cleo Duarte", "UDAN": "Dan Sato", "UMAY": "May Lin", "UDANB": "Dan Bloch", "UANA": "Ana Weber"}


def named(*said: str) -> Thread:
    return with_named(talk(*said), MEMBERS)


def mentions(*said: str) -> list[tuple[str, ...]]:
    return [each.mentions for each in named(*said).messages]


def test_a_first_name_that_one_of_the_channel_has_is_theirs() -> None:
    thread = named("ana: Cleo, please relabel the tickets by Friday", "ben: I can help Ana and Cleo Duarte")
    assert [each.mentions for each in thread.messages] == [("UCLEO",), ("UANA", "UCLEO")]
    assert thread.names["UCLEO"] == "Cleo Duarte"
    assert draft(thread).tasks[0].owner_id == "UCLEO"


def test_whoever_is_mentioned_too_is_mentioned_once() -> None:
    thread = with_named(talk(said("ana", "@Cleo Duarte, can you, Cleo?", mentions=["cleo"])), MEMBERS)
    assert thread.messages[0].mentions == ("UCLEO",)


def test_nobody_is_named_by_another_word_a_part_of_one_or_a_name_that_two_have() -> None:
    assert mentions("ana: May we go? Cleopatra, cleo and Dan are no names", "ben: May Lin knows") == [(), ("UMAY",)]


def test_those_whom_nobody_names_are_not_in_the_thread() -> None:
    assert set(named("ana: Hello", "ben: Hello").names) == {"UANA", "UBEN"}


def sent(text: str, members: dict[str, str] | None = None) -> str:
    """As a request says it, of somebody who has nothing else to do with the thread."""
    others = MEMBERS if members is None else members
    thread = with_named(talk(f"ana: {text}", "ben: Hm"), others)
    (request,) = prepare(thread, chance=machine_chance(), room=9_000, others=others)
    return str(json.loads(request.user.split("\n")[2])["text"])


def test_whom_a_name_means_or_not_it_is_not_sent() -> None:
    assert sent("Ask Cleo or Dan") == "Ask P3 or [name]"


@pytest.mark.parametrize(
    "text",
    ["cleo can you relabel?", "CLEO CAN", "ask cleo duarte", "cleo.duarte", "@cleo", "Duarte said no", "Cleos Idee",
     "Cl\u200beo", "as Cle\u00ado says"],
)  # fmt: skip
def test_no_way_to_write_a_name_of_somebody_in_the_channel_leaves_the_machine(text: str) -> None:
    assert not re.search("cleo|duarte", sent(text), re.IGNORECASE)


@pytest.mark.parametrize("text", ["\u4f50\u85e4\u3055\u3093\u306f", "\u7530\u4e2d\u592a\u90ce\u3055\u3093"])
def test_nor_does_one_in_a_script_without_spaces(text: str) -> None:
    others = {"U1": "\u4f50\u85e4 \u5065", "U2": "\u7530\u4e2d \u592a\u90ce"}
    assert not re.search("\u4f50\u85e4|\u7530\u4e2d|\u592a\u90ce", sent(text, others))


def test_nor_one_with_its_accent_apart() -> None:
    assert "Zo" not in sent("Zoe\u0308 knows", {"U1": "Zo\u00eb Kern"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Can we? I can.", "Can we? I can."),
        ("Ask Can, he knows", "Ask [name], he knows"),
        ("Can, do you know?", "[name], do you know?"),
        ("can, do you know, @can?", "can, do you know, @[name]?"),
    ],
)
def test_a_word_is_not_taken_for_the_name_of_somebody_who_is_not_there(text: str, shown: str) -> None:
    assert sent(text, {"U1": "Can Demir", "U2": "Can Kaya"}) == shown


def test_a_first_name_that_somebody_else_in_the_channel_has_is_nobodys() -> None:
    others = {**MEMBERS, "U9": "Ana Prado"}
    assert sent("ask Ana", others) == "ask [name]"
    assert sent("ask Ana Weber", others) == "ask P1"


def test_of_thousands_in_the_channel_only_those_are_looked_for_who_may_be_named() -> None:
    crowd = {f"U{number}": f"Name{number} Other{number}" for number in range(5_000)}
    texts = ["Name17 and others", "Other4321s plan, name99"]
    assert set(perhaps_named(texts, crowd)) == {"U17", "U4321", "U99"}
