"""Whatever Block Kit allows is drawn: with anything optional left out, and with odd values in every place."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.blockkit.problems import problems_of_message, problems_of_view
from tests.sandbox.browser import Sit, box, sit
from tests.sandbox.samples import Json, Surface, samples

__all__ = ["box", "sit"]

ODD: dict[type, tuple[Any, ...]] = {
    str: ("<img src=x onerror=alert(1)>", "W" * 60, "> *_~`\n|"),
    int: (0, -3, 7),
    float: (0, -2.5, 1e12),
    bool: (True, False),
    list: ([],),
}

DRAW = """async ([blocks, isView]) => {
    const { showBlocks } = await import("/blocks.js");
    const { messageSurface, viewSurface } = await import("/surface.js");
    const main = document.getElementById("main");
    const failed = [];
    blocks.forEach((block, index) => {
        const holder = document.createElement("div");
        main.append(holder);
        try {
            showBlocks(holder, [block], isView ? viewSurface(`V${index}`) : messageSurface("C1", `1.${index}`));
            if (holder.querySelector(".unknown, script, img[src='x']")) failed.push(["drawn wrongly", block]);
        } catch (error) {
            failed.push([error.stack, block]);
        }
        holder.remove();
    });
    return failed;
}"""


def variants(block: Json) -> Iterator[Json]:
    """The block with one thing in it left out, repeated or replaced."""
    for path in paths(block):
        changed = copy.deepcopy(block)
        *way, last = path
        holder: Any = changed
        for step in way:
            holder = holder[step]
        value = holder.pop(last)
        yield copy.deepcopy(changed)
        for odd in (*ODD.get(type(value), ()), value):
            if isinstance(holder, dict):
                holder[last] = odd
            else:
                holder[last:] = [odd] * (len(holder) + 1 - last)
            yield copy.deepcopy(changed)


def paths(value: Any) -> Iterator[tuple[Any, ...]]:
    """The way to every place in a block; of things of one kind in a list, to the first."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    kinds = set()
    for name, each in inside:
        kind = each.get("type") if isinstance(each, dict) else type(each)
        if isinstance(value, dict) or kind not in kinds:
            kinds.add(kind)
            yield (name,)
            yield from ((name, *deeper) for deeper in paths(each))


def is_taken(surface: Surface, block: Json) -> bool:
    if surface == "message":
        return not problems_of_message([block])
    words = {name: {"type": "plain_text", "text": "Word"} for name in ("title", "submit")}
    return not problems_of_view({"type": surface, "blocks": [block]} | (words if surface == "modal" else {}))


@pytest.mark.parametrize("surface", ["message", "modal"])
def test_whatever_is_taken_is_drawn(sit: Sit, surface: Surface) -> None:
    own = [block for name, block in samples(surface).items() if surface == "message" or name not in samples("message")]
    different = {repr(block): block for sample in own for block in variants(sample)}
    taken = [block for block in different.values() if is_taken(surface, block)]
    assert len(taken) > 100
    page = sit("Ana")
    assert page.evaluate(DRAW, [taken, surface != "message"]) == []


ENDLESS = (
    ">" * 12000,
    "* + " * 3000,
    "*a " * 4000,
    "[`" * 6000,
    "[" * 12000,
    "<" * 12000,
    "`" * 11999,
    "*_" * 3000 + "x" + "_*" * 3000,
    "# " + " " * 11000 + "x",
    "|a" * 3000 + "\n" + "|-" * 3000,
    "[a](" * 3000,
    "~~" * 6000,
    "1. " * 4000,
    ":a" * 6000,
)


def test_markdown_without_end_or_depth_is_drawn_all_the_same(sit: Sit) -> None:
    page = sit("Ana")
    blocks = [{"type": "markdown", "text": text} for text in ENDLESS]
    assert page.evaluate(DRAW, [blocks, False]) == []
