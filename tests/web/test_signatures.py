"""What counts as Slack's, byte for byte."""

from datetime import UTC, datetime, timedelta

import pytest

from web.signatures import NotSigned, check

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
AT = datetime.fromtimestamp(1531420618, UTC)
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
"""The example in Slack's documentation, with its secret, its moment and its signature."""
HEADERS = {
    "x-slack-request-timestamp": "1531420618",
    "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
}


def refused(body: bytes = BODY, *, secret: str = SECRET, now: datetime = AT, **headers: str | None) -> str:
    given = HEADERS | {f"x-slack-{name.replace('_', '-')}": value for name, value in headers.items()}
    kept = {name: value for name, value in given.items() if value is not None}
    with pytest.raises(NotSigned) as why:
        check(body, kept, secret=secret, now=now)
    return str(why.value)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_slacks_own_example_is_taken_for_five_minutes(seconds: int) -> None:
    check(BODY, HEADERS, secret=SECRET, now=AT + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-301, 301, 10**6])
def test_a_request_sent_again_later_is_refused(seconds: int) -> None:
    assert refused(now=AT + timedelta(seconds=seconds)) == f"its time is {abs(seconds)} s away from this machine's"


@pytest.mark.parametrize("stamp", [None, "", "now", "1e9", "-1531420618", "1531420618.0", "\uff19", "9" * 5000])
def test_a_time_that_is_no_number_is_refused(stamp: str | None) -> None:
    assert refused(request_timestamp=stamp) == "it is not signed"


@pytest.mark.parametrize("signature", ["", "v0=", "é", "v1" + HEADERS["x-slack-signature"][2:]])
def test_another_signature_is_refused(signature: str) -> None:
    assert "MUSTER_SLACK_SIGNING_SECRET" in refused(signature=signature)


def test_a_changed_body_another_secret_and_no_signature_are_refused() -> None:
    assert "MUSTER_SLACK_SIGNING_SECRET" in refused(BODY + b"x")
    assert "MUSTER_SLACK_SIGNING_SECRET" in refused(secret="another")
    assert refused(signature=None) == "it is not signed"
