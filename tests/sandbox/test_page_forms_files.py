"""Files in a form: chosen, refused, taken back, and sent to the app."""

from typing import Any

from playwright.sync_api import FilePayload, Locator, expect
from slack_sdk import WebClient

from tests.sandbox.apps import EVERY_SCOPE, Inbox, manifest
from tests.sandbox.browser import Sit, field, sit
from tests.sandbox.showing import opened, submitted

__all__ = ["sit"]

MANIFEST = manifest(scopes=EVERY_SCOPE)


def file(name: str, content: bytes = b"Otters.") -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def report(**element: Any) -> dict[str, Any]:
    return field("Report", "file_input", **element)


def chosen(form: Locator) -> Locator:
    return form.get_by_role("list", name="Chosen files").get_by_role("listitem")


def test_files_are_chosen_taken_back_and_sent(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form = opened(page, slack, inbox, report(filetypes=["txt", "md"], max_files=2))
    box = form.get_by_label("Report")
    expect(box).to_have_accessible_description("TXT, MD, up to 2 files")
    box.set_input_files([file("one.txt"), file("two.md")])
    expect(chosen(form)).to_have_text(["one.txt", "two.md"])
    form.get_by_role("button", name="Remove one.txt").press("Enter")
    expect(chosen(form)).to_have_text(["two.md"])
    (sent,) = submitted(form, inbox)["Report"]["files"]
    assert (sent["name"], sent["size"]) == ("two.md", 7)


def test_what_cannot_be_taken_is_named_and_the_rest_is_kept(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    form = opened(sit("Ana"), slack, inbox, report(filetypes=["txt"], max_files=1))
    box = form.get_by_label("Report")
    box.set_input_files(file("picture.png"))
    said = form.get_by_role("status").filter(has_text="picture.png")
    expect(said).to_have_text("picture.png is not one of: txt.")
    box.set_input_files(file("empty.txt", b""))
    expect(form.get_by_text("empty.txt: The file is empty.")).to_be_visible()
    box.set_input_files(file("one.txt"))
    expect(chosen(form)).to_have_text(["one.txt"])
    box.set_input_files(file("two.txt"))
    expect(form.get_by_text("Only one file can be chosen.")).to_be_visible()
    expect(chosen(form)).to_have_text(["one.txt"])


def test_a_dropped_file_is_taken_and_survives_a_reload(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form = opened(page, slack, inbox, report())
    dropped = page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File(['x'], 'dropped.txt')); return data; }"
    )
    form.locator(".drop-zone").dispatch_event("drop", {"dataTransfer": dropped})
    expect(chosen(form)).to_have_text(["dropped.txt"])
    page.reload()
    expect(chosen(form)).to_have_text(["dropped.txt"])
    assert len(submitted(form, inbox)["Report"]["files"]) == 1
