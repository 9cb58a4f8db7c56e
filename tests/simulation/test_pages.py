"""What the judge takes to be sent with a form whose pages are turned by clicks."""

import json

from simulation.pages import with_all_pages
from simulation.trace import parse

WORKSPACE = {"kind": "workspace", "at": 0}


def test_a_decision_is_sent_with_what_was_typed_on_its_other_pages_and_a_check_in_is_not() -> None:
    turned = {"kind": "diary", "at": 1, "did": "clicked", "view_id": "V1", "values": {"Title": "Small", "Why?": "x"}}
    sent = {"kind": "diary", "at": 2, "did": "submitted", "view_id": "V1", "callback_id": "decision.form"}
    other = sent | {"view_id": "V2", "values": {"Title": "Large"}}
    rows = [WORKSPACE, turned, sent | {"values": {"Why?": "y"}}, other]
    found = [line["values"] for line in with_all_pages(parse(map(json.dumps, rows))).diary("submitted")]
    assert found == [
        {"Title": "Small", "Why?": "y", "Title (line 2)": "Small", "Why? (line 2)": "x"},
        {"Title": "Large"},
    ]
    rows = [WORKSPACE, turned, sent | {"callback_id": "checkin.form", "values": {"Why?": "y"}}]
    assert next(with_all_pages(parse(map(json.dumps, rows))).diary("submitted"))["values"] == {"Why?": "y"}


def test_a_page_with_nothing_typed_takes_nothing_away_from_the_others() -> None:
    turned = {"kind": "diary", "at": 1, "did": "clicked", "view_id": "V1", "values": {"Title": "Small"}}
    sent = {"kind": "diary", "at": 2, "did": "submitted", "view_id": "V1", "callback_id": "decision.form", "values": {}}
    found = next(with_all_pages(parse(map(json.dumps, [WORKSPACE, turned, sent]))).diary("submitted"))
    assert found["values"]["Title"] == "Small"


def test_what_was_refused_and_then_emptied_is_not_sent() -> None:
    sent = {"kind": "diary", "at": 2, "did": "submitted", "view_id": "V1", "callback_id": "decision.form"}
    refused = sent | {"ok": False, "values": {"Title": "Small", "Links": "no link"}}
    rows = [WORKSPACE, refused, sent | {"ok": True, "values": {"Title": "Small"}}]
    found = [line["values"] for line in with_all_pages(parse(map(json.dumps, rows))).diary("submitted")]
    assert found == [{"Title": "Small", "Links": "no link"}, {"Title": "Small"}]
