"""Message metadata: an event type and a payload that other apps can read."""

import json
import re

from sandbox.errors import SlackError
from sandbox.methods.call import MethodCall
from sandbox.state import Json

MOST_BYTES = 16_000


def checked_metadata(call: MethodCall) -> Json | None:
    """The metadata of a message; None if none was given, empty to take it away."""
    metadata = call.json("metadata", "invalid_metadata_format")
    if not metadata:
        return None if metadata is None else {}
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    event_type, payload = metadata.get("event_type"), metadata.get("event_payload")
    if set(metadata) != {"event_type", "event_payload"} or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_schema")
    if not isinstance(event_type, str) or not re.fullmatch(r"\w{1,255}", event_type, re.ASCII):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > MOST_BYTES:
        raise SlackError("metadata_too_large")
    return {"event_type": event_type, "event_payload": payload}
