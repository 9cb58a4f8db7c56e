"""What people keep elsewhere in the web, as an app reads it."""

import httpx2

from sandbox.server import Sandbox


def test_an_app_reads_what_somebody_keeps_elsewhere_and_is_told_when_it_has_not_changed(box: Sandbox) -> None:
    with httpx2.Client(base_url=f"{box.url}/elsewhere/", verify=False) as app:
        assert app.get("ana.ics").status_code == 404
        box.put_elsewhere("ana.ics", "one")
        found = app.get("ana.ics")
        assert (found.status_code, found.text) == (200, "one")
        known = {"If-None-Match": found.headers["etag"]}
        assert (app.get("ana.ics", headers=known).status_code, app.get("ana.ics", headers=known).text) == (304, "")
        box.put_elsewhere("ana.ics", "two")
        assert app.get("ana.ics", headers=known).text == "two"
    told = [(note.details["act"], note.details.get("status")) for note in box.log.notes("elsewhere")]
    assert told == [
        ("read", 404),
        ("put", None),
        ("read", 200),
        ("read", 304),
        ("read", 304),
        ("put", None),
        ("read", 200),
    ]
