"""People whom a thread names without mentioning them."""

from briefs.extractive import draft
from briefs.naming import with_named
from briefs.preparing import prepare
from domain.clock import machine_chance
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


def test_whom_a_name_means_or_not_it_is_not_sent() -> None:
    (request,) = prepare(named("ana: Ask Cleo or Dan", "ben: Hm"), chance=machine_chance(), room=9_000)
    assert '"Ask P3 or [name]"' in request.user
