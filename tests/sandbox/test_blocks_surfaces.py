"""Which block and element each surface takes, and that it refuses the others in Slack's words."""

import pytest

from sandbox.blockkit.problems import problems_of_message, problems_of_view
from tests.sandbox.samples import SURFACES, Json, Surface, sample, samples

EVERYWHERE = {"section", "actions", "input", "context", "header", "divider", "image", "rich_text", "video", "card"}
TAKEN: dict[Surface, set[str]] = {
    "message": EVERYWHERE
    | {"markdown", "table", "data_table", "data_visualization", "container", "carousel"}
    | {"context_actions", "plan", "task_card"},
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE | {"table", "data_table", "carousel"},
}
VIDEO = {
    "type": "video",
    "title": {"type": "plain_text", "text": "Otters"},
    "alt_text": "Otters at play",
    "thumbnail_url": "https://video.example/otters.png",
    "video_url": "https://video.example/otters",
}
KINDS: dict[str, Json] = {block["type"]: block for surface in SURFACES for block in samples(surface).values()}
KINDS |= {"video": VIDEO, "input": sample("text input")}

INPUTS_EVERYWHERE = {
    "static_select", "multi_static_select", "external_select", "multi_external_select", "radio_buttons", "checkboxes",
    "users_select", "multi_users_select", "conversations_select", "multi_conversations_select", "channels_select",
    "multi_channels_select", "datepicker", "timepicker", "plain_text_input",
}  # fmt: skip
INPUTS: dict[Surface, set[str]] = {
    "message": INPUTS_EVERYWHERE | {"datetimepicker"},
    "home": INPUTS_EVERYWHERE | {"rich_text_input"},
    "modal": INPUTS_EVERYWHERE
    | {"datetimepicker", "rich_text_input", "number_input", "email_text_input", "url_text_input", "file_input"},
}
FIELDS: dict[str, Json] = {
    block["element"]["type"]: block
    for surface in SURFACES
    for block in samples(surface).values()
    if block["type"] == "input" and "response_url_enabled" not in block["element"]
}


def found(surface: Surface, block: Json) -> list[str]:
    """What is wrong with a payload that holds this one block; pointers begin at the block."""
    if surface == "message":
        return [said.replace("/blocks/0", "") for said in problems_of_message([block])]
    view: Json = {"type": surface, "blocks": [block]}
    if surface == "modal":
        view |= {name: {"type": "plain_text", "text": "Word"} for name in ("title", "submit")}
    return [said.replace("/view/blocks/0", "") for said in problems_of_view(view)]


@pytest.mark.parametrize("surface", SURFACES)
def test_each_surface_takes_every_block_of_its_samples(surface: Surface) -> None:
    for name, block in samples(surface).items():
        assert found(surface, block) == [], name


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_block_on_the_wrong_surface_is_of_an_unsupported_type(surface: Surface, kind: str) -> None:
    said = [] if kind in TAKEN[surface] else [f"[ERROR] unsupported type: {kind} [json-pointer:/type]"]
    assert found(surface, KINDS[kind]) == said


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("kind", sorted(INPUTS["modal"]))
def test_an_element_on_the_wrong_surface_is_of_an_unsupported_type(surface: Surface, kind: str) -> None:
    said = [] if kind in INPUTS[surface] else [f"[ERROR] unsupported type: {kind} [json-pointer:/element/type]"]
    assert found(surface, FIELDS[kind]) == said


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("kind", ["file", "call", "marquee"])
def test_no_surface_takes_what_an_app_cannot_send(surface: Surface, kind: str) -> None:
    assert found(surface, {"type": kind}) == [f"[ERROR] unsupported type: {kind} [json-pointer:/type]"]


@pytest.mark.parametrize("name", ["conversation that is answered", "channel that is answered"])
def test_only_an_input_in_a_modal_can_ask_for_a_response_url(name: str) -> None:
    block = sample(name, "modal")
    said = ["[ERROR] invalid additional property: response_url_enabled [json-pointer:/element]"]
    assert found("message", block) == found("home", block) == said
    acts = {"type": "actions", "elements": [block["element"]]}
    assert found("modal", acts) == [said[0].replace("/element", "/elements/0")]


@pytest.mark.parametrize("kind", ["input", "rich_text", "markdown", "card", "container", "data_table"])
def test_a_container_holds_only_what_slacks_pages_agree_on(kind: str) -> None:
    container = sample("container") | {"child_blocks": [KINDS[kind]]}
    assert found("message", container) == [f"[ERROR] unsupported type: {kind} [json-pointer:/child_blocks/0/type]"]
