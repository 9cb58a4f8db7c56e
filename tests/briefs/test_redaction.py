"""No secret leaves the machine, and none comes back."""

import pytest

from briefs.redaction import PLACEHOLDER, Redaction, secrets

KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY-----"
RANDOM = "Zq8vT3mXw0Lr7KdP2sYb9NcH"
SECRETS = {
    "a private key": KEY,
    "a private key that was cut": "-----BEGIN PRIVATE KEY-----\nMIIEow",
    "a bot token": "xoxb-" + "1234567890-abcdefghij",
    "a token that rotates": "xoxe.xoxp-" + "1-Mi0yLTEyMzQ1Njc4OTAt",
    "an app token": "xapp-" + "1-A012-345-abcdef",
    "an access key": "AKIA" + "IOSFODNN7EXAMPLE",
    "a token of a code host": "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789",
    "a fine token": "github_pat_" + "11ABCDEFG0abcdefghijkl",
    "a token of another": "glpat-" + "abcdEFGH1234_-xyz",
    "a key of a model": "sk-" + "proj-abcdefghijklmnop",
    "a key for maps": "AIza" + "SyA1234567890abcdefghijklmnopqrstu",
    "a key for payments": "sk_live_" + "abcdefghijklmnop",
    "a signed token": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "a card": "4111 1111 1111 1111",
    "a card in one": "4111111111111111",
    "an account": "DE89 3704 0044 0532 0130 00",
    "an account in one": "GB82WEST12345698765432",
    "an e-mail address": "ana.weber+x@mail.example.com",
    "a phone": "+49 (30) 1234-5678",
    "a phone at home": "030 1234 56789",
    "a phone in one": "03012345678",
    "an address": "10.20.30.40",
    "a new address": "2001:db8::8a2e:370:7334",
    "somebody's id": "U0ABC12DE3F",
    "a random text": RANDOM,
}
PLAIN = [
    "We meet on 2026-11-23 at 12:30:45, or on 23.11.2026 14 Uhr.",
    "It costs 1.250.000.000 or 1 250 000 000 or 12,500 EUR for 4000 users.",
    "A task-force for risk-averse-and-careful-people-of-all-departments",
    "See docs/decisions/0018-answers-without-a-name-and-more of 0f3c9a7be1d24c5f8e6b7a90c1d2e3f4a5b6c7d8",
    "The token is renewed each week, passwords are not. Version 2.14.1, ticket 4711.",
    "DE12 is no account, std::vector no address, and 12:30 is a time.",
]
AROUND = {
    "password: hunter2": "password: [secret-1]",
    "PASSWORD=hunter2 is old": "PASSWORD=[secret-1] is old",
    'api_key: "two words"': 'api_key: "[secret-1]"',
    "das Passwort: hunter2": "das Passwort: [secret-1]",
    "https://ana:hunter2@host.example/x": "https://[secret-1]@host.example/x",
    "https://hooks.slack.com/services/T1/B2/abc": "https://[secret-1]",
    "Authorization: Bearer abcdefghijkl": "Authorization: [secret-1]",
    "order 123 4111 1111 1111 1111 paid": "order [secret-1] paid",
    "DE89 3704 0044 0532 0130 00 BIC COBADEFF": "[secret-1] BIC COBADEFF",
    "mail ben@x.example.": "mail [secret-1].",
}
ADVERSARIAL = [
    "a", "0", "0 ", "000 ", "1.", "aA1", "eyJ", "eyJa.", "sk-", "xoxb-", "://", "://a:", "a@", "a.", "@", "+1", "(1) ",
    "A1 ", "password:", 'token="', "-----BEGIN PRIVATE KEY", "-----BEGIN PRIVATE KEY-----", "a:", "::", "ffff:",
    "Bearer ",
    "DE89 ", "a+", "=", "_", "hooks.slack.com/", "[secret-1]", "\u00e9", "\u65e5",
]  # fmt: skip


@pytest.mark.parametrize("what", SECRETS)
def test_a_secret_is_found_whole(what: str) -> None:
    secret = SECRETS[what]
    assert Redaction().redacted(f"Take {secret}, please") in ("Take [secret-1], please", "Take [secret-1]")


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_secret_stays(text: str) -> None:
    assert Redaction().redacted(text) == text


@pytest.mark.parametrize(("text", "left"), AROUND.items())
def test_the_words_around_a_secret_stay(text: str, left: str) -> None:
    assert Redaction().redacted(text) in (left, left.replace("Bearer [secret-1]", "[secret-1]"))


def test_the_same_secret_has_the_same_placeholder_in_all_texts_of_a_request() -> None:
    redaction = Redaction()
    first = redaction.redacted(f"ana@x.example and {RANDOM}")
    assert first == "[secret-1] and [secret-2]"
    assert redaction.redacted(f"{RANDOM}!") == "[secret-2]!"
    assert redaction.count == 2


def test_a_placeholder_that_somebody_wrote_is_given_to_no_secret() -> None:
    assert Redaction(frozenset({"[secret-1]"})).redacted("ana@x.example") == "[secret-2]"


def test_what_was_redacted_once_is_not_redacted_again() -> None:
    once = Redaction().redacted("token: abc, ana@x.example")
    assert Redaction().redacted(once) == once
    assert PLACEHOLDER.search(once)


@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_a_long_line_made_to_slow_it_down_is_read(unit: str) -> None:
    line = (unit * 100_000)[:100_000]
    assert all(first < last for first, last in secrets(f"{line} "))
    assert secrets(f"{line}!") is not None
