"""Whatever an app sends, the checks say what is wrong with it; they never fail themselves."""

import copy
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from sandbox.blockkit.choices import LOADED
from sandbox.blockkit.problems import problems_of_message, problems_of_view
from sandbox.blockkit.schema import Problems
from sandbox.blockkit.tree import elements, placed_blocks, text_length, with_ids
from tests.sandbox.samples import SURFACES, Json, Surface, samples

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("type", "text", "x")), inner),
    max_leaves=5,
)
PLACED: list[tuple[Surface, str]] = [(surface, name) for surface in SURFACES for name in sorted(samples(surface))]


def problems(surface: Surface, blocks: Any) -> list[str]:
    if surface == "message":
        return problems_of_message(blocks)
    words = {"title": {"type": "plain_text", "text": "T"}, "submit": {"type": "plain_text", "text": "S"}}
    return problems_of_view({"type": surface, "blocks": blocks} | (words if surface == "modal" else {}))


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a block that holds something: what it is in, and under which name."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [(value, name) for name, _ in inside]
    return found + [deeper for _, name in found for deeper in nodes(value[name])]


@given(ODD)
@example([{"type": ["section"]}])
@example([{"type": "section", "block_id": {}}])
def test_anything_at_all_can_be_sent_as_blocks(blocks: Any) -> None:
    for surface in SURFACES:
        assert isinstance(problems(surface, blocks), list)
    assert isinstance(problems_of_view(blocks), list)
    found: Problems = []
    LOADED(found, "", blocks)
    text_length(blocks)


@given(st.data())
def test_a_block_with_any_one_thing_replaced_is_taken_or_refused(data: st.DataObject) -> None:
    surface, name = data.draw(st.sampled_from(PLACED))
    block = samples(surface)[name]
    holder, key = data.draw(st.sampled_from(nodes(block)))
    holder[key] = data.draw(ODD)
    found = problems(surface, [block])
    assert all(said.startswith("[ERROR] ") and said.endswith("]") for said in found)
    if not found:
        assert_usable([block])


@given(st.sampled_from(SURFACES), st.data())
def test_blocks_without_ids_get_some_of_their_own(surface: Surface, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(samples(surface))), min_size=1, max_size=8))
    blocks = [without_ids(samples(surface)[name]) for name in names]
    assert_usable(blocks)


def without_ids(block: Any) -> Any:
    if isinstance(block, list):
        return [without_ids(each) for each in block]
    if isinstance(block, dict):
        return {name: without_ids(each) for name, each in block.items() if name not in ("block_id", "action_id")}
    return block


def assert_usable(blocks: list[Json]) -> None:
    before = copy.deepcopy(blocks)
    numbers = iter(range(1000))
    named = with_ids(blocks, lambda: f"b{next(numbers)}")
    assert blocks == before
    ids = [block["block_id"] for _, block in placed_blocks(named, "")]
    assert len(ids) == len(set(ids))
    places = [(block["block_id"], element["action_id"]) for block, element in elements(named)]
    assert len(places) == len(set(places))
