"""Which groups can be told of: never one whose few members, or whose few others, could be worked out."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from domain.anonymous import Unnamed, safe_groups, settled

SIZES = st.dictionaries(st.sampled_from(["", "legal", "ml", "mlops", "product", "support"]), st.integers(0, 12))
LEAST = st.integers(1, 6)


def whole(sizes: dict[str, int]) -> int:
    return sum(sizes.values())


@given(sizes=SIZES, least=LEAST)
def test_nothing_that_can_be_worked_out_from_what_is_told_is_about_few(sizes: dict[str, int], least: int) -> None:
    """Whoever knows the whole and the groups can add and take away any of them."""
    told = safe_groups(sizes, least)
    for count in range(1, len(told) + 1):
        for some in combinations(sorted(told), count):
            size = sum(sizes[name] for name in some)
            left = whole(sizes) - size
            assert size >= least
            assert left == 0 or left >= least


@given(sizes=SIZES, least=LEAST)
def test_no_more_is_hidden_than_has_to_be(sizes: dict[str, int], least: int) -> None:
    told = safe_groups(sizes, least)
    large = {name for name, size in sizes.items() if name and size >= least}
    assert told <= large
    assert len(large - told) <= 1
    small = whole(sizes) - sum(sizes[name] for name in large)
    assert told == large or 0 < small < least


def test_a_group_is_hidden_to_hide_the_one_person_beside_it() -> None:
    assert safe_groups({"ml": 5, "mlops": 7, "legal": 1}, 5) == {"mlops"}
    assert safe_groups({"ml": 5, "legal": 1}, 5) == frozenset()
    assert safe_groups({"ml": 5, "mlops": 7}, 5) == {"ml", "mlops"}
    assert safe_groups({"": 5, "ml": 5}, 5) == {"ml"}


@given(
    given=st.lists(st.tuples(st.sampled_from(["mood", "why"]), st.sampled_from(["ml", "legal", "support"]))),
    least=LEAST,
)
def test_what_is_kept_says_the_same_of_each_question_and_no_function_that_is_not_told(
    given: list[tuple[str, str]], least: int
) -> None:
    answers = [
        Unnamed(f"{place:032x}", question, f"text {place}", name) for place, (question, name) in enumerate(given)
    ]
    kept = settled(answers, least)
    assert [(each.id, each.question_id, each.value) for each in kept] == [
        (each.id, each.question_id, each.value) for each in answers
    ]
    for question in ("mood", "why"):
        sizes = {name: given.count((question, name)) for name in ("ml", "legal", "support")}
        said = {each.function for each in kept if each.question_id == question} - {""}
        assert said == safe_groups(sizes, least)
