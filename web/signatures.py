"""Whether a request is Slack's: it signs each with the secret that only it and the app know."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime

STAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
MOST_SECONDS_OFF = 300
"""Whoever overhears a request can send it again for so long."""


class NotSigned(Exception):
    """Why a request cannot be taken for Slack's; nothing of the request is repeated."""


def check(body: bytes, headers: Mapping[str, str], *, secret: str, now: datetime) -> None:
    """Raises NotSigned. `now` is the machine's time, whatever a sandbox's clock says."""
    stamp = headers.get(STAMP, "")
    if not re.fullmatch(r"[0-9]{1,12}", stamp) or SIGNATURE not in headers:
        raise NotSigned("it is not signed")
    off = abs(now.timestamp() - int(stamp))
    if off > MOST_SECONDS_OFF:
        raise NotSigned(f"its time is {off:.0f} s away from this machine's")
    signed = b"v0:" + stamp.encode() + b":" + body
    expected = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), headers[SIGNATURE].encode()):
        raise NotSigned("its signature is not made with MUSTER_SLACK_SIGNING_SECRET")
