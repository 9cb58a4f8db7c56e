"""What Slack's client marks in a form before it sends it, and what it would never send."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Client, Person, Refused, Upload
from tests.sandbox.apps import Inbox
from tests.sandbox.filling import REQUIRED, ana, box, inbox, one, running
from tests.sandbox.test_blocks import option
from tests.sandbox.test_views import open_form

__all__ = ["ana", "box", "inbox", "running"]

Json = dict[str, Any]

PRICING = "C0000000003"


@pytest.mark.parametrize(
    ("block", "answer", "said"),
    [
        (one("rich_text_input"), "  ", REQUIRED),
        (one("rich_text_input"), "x" * 3001, "Please enter at most 3000 characters."),
        (one("checkboxes", options=[option()]), [], REQUIRED),
        (one("datetimepicker"), None, REQUIRED),
        (one("file_input"), [], REQUIRED),
        (one("file_input", filetypes=["pdf"]), Upload("otter.PNG", b"x"),
         "Please add only files of these kinds: pdf."),
        (one("file_input", max_files=1), [Upload("a.txt", b"a"), Upload("b.txt", b"b")], "Please add only one file."),
        (one("file_input", max_files=2), [Upload(f"{n}.txt", b"a") for n in range(3)], "Please add at most 2 files."),
        (one("multi_users_select", max_selected_items=1), ["Ana", "Ben"], "Please choose at most 1."),
        (one("multi_conversations_select", max_selected_items=1), ["forecast", "app"], "Please choose at most 1."),
        (one("number_input", is_decimal_allowed=False), "2.5", "Please enter a whole number."),
        (one("number_input", is_decimal_allowed=True), "٣", "Please enter a number."),
        (one("number_input", is_decimal_allowed=True, max_value="2.5"), "2.6",
         "Please enter a number of at most 2.5."),
        (one("plain_text_input", max_length=3), "four", "Please enter at most 3 characters."),
        (one("email_text_input"), "ana at home", "Please enter an email address."),
        (one("url_text_input"), "example.com", "Please enter a link."),
    ],
)  # fmt: skip
def test_slack_marks_a_field_before_the_app_hears_of_it(
    slack: WebClient, inbox: Inbox, ana: Person, *, block: Json, answer: Any, said: str
) -> None:
    open_form(slack, inbox, ana, blocks=[block])
    ana.fill({"What": answer})
    assert ana.submit() == {"What": said}
    assert inbox.all("view_submission") == []


@pytest.mark.parametrize(
    ("element", "place"),
    [
        ({"kind": "users_select", "initial_user": "U9"}, "initial_user"),
        ({"kind": "multi_users_select", "initial_users": ["U0000000001", "U9"]}, "initial_users/1"),
    ],
)
def test_nobody_is_chosen_first_whom_the_workspace_does_not_know(
    slack: WebClient, inbox: Inbox, ana: Person, element: Json, place: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        open_form(slack, inbox, ana, blocks=[one(**element)])
    (problem,) = refused.value.response["response_metadata"]["messages"]
    assert problem == f"[ERROR] invalid user [json-pointer:/view/blocks/0/element/{place}]"


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        ("datetimepicker", "1795426200", "invalid_value"),
        ("datetimepicker", 12, "invalid_value"),
        ("datepicker", "2026-02-30", "invalid_value"),
        ("rich_text_input", "text", "invalid_value"),
        ("rich_text_input", {"type": "rich_text", "elements": "x"}, "invalid_value"),
        ("multi_users_select", "U0000000002", "invalid_value"),
        ("multi_users_select", ["U0000000002", "U0000000002"], "invalid_value"),
        ("multi_users_select", ["U9999999999"], "no_such_person"),
        ("users_select", ["U0000000002"], "invalid_value"),
        ("multi_channels_select", [PRICING], "no_such_channel"),
        ("multi_conversations_select", ["D9999999999"], "no_such_channel"),
        ("file_input", ["F9999999999"], "no_such_file"),
        ("file_input", "F9999999999", "invalid_value"),
        ("plain_text_input", "x" * 12_001, "invalid_value"),
    ],
)
def test_slacks_client_would_never_send_this(
    slack: WebClient, inbox: Inbox, client: Client, *, kind: str, value: Any, error: str
) -> None:
    chloe = client.person("Chloe")
    view = open_form(slack, inbox, chloe, blocks=[one(kind)])
    with pytest.raises(Refused, match=error):
        client.post("submit", **{"as": chloe.id}, view_id=view["id"], state={"b": {"a": value}})
    assert inbox.all("view_submission") == []


@pytest.mark.parametrize(
    ("wanted", "is_offered"),
    [
        ({"include": ["public"]}, True),
        ({"include": ["private", "im"]}, False),
        ({"exclude_bot_users": True}, True),
    ],
)
def test_a_picker_of_conversations_keeps_to_its_filter(
    slack: WebClient, inbox: Inbox, ana: Person, *, wanted: Json, is_offered: bool
) -> None:
    open_form(slack, inbox, ana, blocks=[one("conversations_select", filter=wanted)])
    ana.fill({"What": "forecast"})
    if is_offered:
        assert ana.submit() == {}
    else:
        with pytest.raises(Refused, match="no_such_channel"):
            ana.submit()


def test_a_filter_without_bots_leaves_out_the_apps_own_messages(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    open_form(slack, inbox, ana, blocks=[one("conversations_select", filter={"exclude_bot_users": True})])
    ana.fill({"What": "app"})
    with pytest.raises(Refused, match="no_such_channel"):
        ana.submit()
