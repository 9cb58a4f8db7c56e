"""Somebody who opens the details of a ritual in a week that goes well, and sends the forms there."""

import json
from typing import Any

from tests.simulation.story import FRIDAY, Json, Story, section, user
from tests.simulation.week import Week, week

IDS = json.dumps({"ritual": "7", "draft": "x"})
CHANGE = {
    "When?": "every mon at 09:30",
    "Who is asked?": "everyone",
    "How long is it open?": "8h",
    "When is somebody reminded?": "2h",
}
"""The form for changing a ritual, as it opens."""


def desk(title: str) -> Json:
    """The details of a ritual, which tell its id."""
    view = {"type": "modal", "id": "V7", "callback_id": "ritual.desk_view", "private_metadata": IDS}
    return {"act": "opened", "user": "ana", "view": {**view, "blocks": [section(f"*{title}* in #c\nWhy")]}}


def steered(at: Any = FRIDAY, title: str = "Weekly sync") -> Week:
    """A week in which Ben has opened the details of a ritual."""
    found = week()
    found.story.add("view", at, **{**desk(title), "user": user("ben")})
    return found


def submit(story: Story, at: Any, form: str, **values: str) -> None:
    fields = {"view_id": "V8", "title": "", "callback_id": form, "private_metadata": IDS}
    story.did(
        "ben", "submitted", at, **fields, values={label.replace("_", " "): said for label, said in values.items()}
    )
