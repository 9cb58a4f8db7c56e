"""What a file may say of a round about a decision, and what is refused with a sentence."""

import jsonschema
import pytest
import yaml

from bot.library import shipped_rounds
from domain.errors import FieldErrors
from domain.own_templates import read_file
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.template_schema import template_schema
from domain.template_writer import as_yaml
from domain.templates import Verdict
from tests.domain.test_template_schema import agree

SCHEMA = jsonschema.Draft202012Validator(template_schema())
ROUND = """id: consent
title: Consent
purpose: "{subject}: safe enough to try? {closes} to say so."
when: after decision proposed
about: decision
who: [subject.approver, subject.driver, subject.contributors, subject.informed, legal, "@U1"]
facilitator: subject.driver
ask:
  - {id: stance, text: Where, type: one, options: [Consent, Objection, No stake]}
  - {id: reason, text: Why, type: short, if: {stance: [Objection]}, for: [subject.approver]}
  - {id: change, text: What would help, type: short, if: {stance: [Objection]}}
verdict:
  over: [stance]
  stop: [Objection]
  pass: [Consent]
  needs: [subject.approver, "@U1"]
  sets: {pass: accepted, stop: contested}
"""
VERDICT = ROUND.partition("verdict:")[2]


def test_it_reads_a_round_and_writes_it_the_same() -> None:
    found = read_template(ROUND)
    assert found.about == "decision"
    assert found.verdict == Verdict(("stance",), ("Objection",), ("Consent",), ("subject.approver", "@U1"))
    assert read_template(as_yaml(found)) == found
    assert not found.post.is_in_channel
    assert SCHEMA.is_valid(yaml.safe_load(ROUND))


def test_a_verdict_is_about_the_questions_that_can_stop_it_and_all_else_passes() -> None:
    found = read_template(ROUND.replace("  over: [stance]\n", "").replace("  pass: [Consent]\n", ""))
    assert found.verdict == Verdict(("stance",), ("Objection",), ("Consent", "No stake"), ("subject.approver", "@U1"))


def test_the_shipped_rounds_are_for_consent_and_for_advice() -> None:
    rounds = shipped_rounds()
    assert {name: bool(each.verdict) for name, each in rounds.items()} == {
        "decision-consent": True,
        "decision-advice": False,
    }
    assert all(read_template(as_yaml(each)) == each for each in rounds.values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("about: decision", "about: milestone", '"milestone" is nothing that can be asked about yet; write decision'),
        ("about: decision\n", "", "only a round has a verdict; add about: decision"),
        ("about: decision\n", "", "only a round fills {closes} in"),
        ("about: decision\n", "", 'or take "subject.informed" out'),
        ("after decision proposed", "manual", 'write "after decision proposed"'),
        ("after decision proposed", "every mon at 09:30", 'write "after decision proposed"'),
        ("ask:", "post: {to: [channel]}\nask:", "what a round answers stands with its decision; take it out"),
        ("ask:", "anonymous: 5\nask:", "the record of a decision says where each stands; take it out"),
        ("text: Why,", "text: Why, into: blocker.title,", "the answers of a round stay with its decision"),
        ("subject.informed", "subject.owner", "selects nobody Muster knows"),
        ("subject.informed", "lead of subject.informed", "selects nobody Muster knows"),
        ("{subject}", "{subject.title}", "cannot do it yet"),
        ("text: Where", "text: 'Of {subject}'", "cannot do it yet"),
        ("  over: [stance]", "  over: [reason]", '"reason" is no question of type "one"'),
        ("  stop: [Objection]\n", "", 'the key "stop" is missing'),
        ("  stop: [Objection]", "  stop: [Never]", '"Never" is among the answers of none of its questions'),
        ("  over: [stance]\n  stop: [Objection]", "  stop: [Never]", "offers such an answer"),
        ("  pass: [Consent]", "  pass: [Perhaps]", '"Perhaps" is among the answers of none of its questions'),
        ("  pass: [Consent]", "  pass: [Consent, Objection]", "cannot stop it and let it pass"),
        ("  needs: [subject", "  needs: [legal, subject", '"legal" names nobody whose word a round can wait for'),
        ("pass: accepted", "pass: done", '"done" cannot be set so; write accepted'),
        ("  stop: [Objection]", "  stop: [Objection]\n  counts: [legal]", "cannot do it yet"),
        ("  - {id: change", "  - {optional: true, id: change", "must say why, and what would help"),
        ("  stop: [Objection]", "  stop: [Objection, No stake]", 'whoever answers "No stake" must say why'),
    ],
)
def test_what_a_round_cannot_say_is_refused_with_what_to_write_instead(old: str, new: str, said: str) -> None:
    assert old in ROUND
    text = ROUND.replace(old, new, 1)
    with pytest.raises(BadTemplate) as caught:
        read_template(text)
    messages = [problem.message for problem in caught.value.problems]
    assert any(said in message for message in messages), messages
    agree(messages, SCHEMA.is_valid(yaml.safe_load(text)))


@pytest.mark.parametrize("key", ["over", "stop", "pass", "needs", "sets", "sets.pass"])
@pytest.mark.parametrize("wrong", ["", "[]", "{}", "[[a]]", "[yes]", "3", "[2026-01-06]", "{a: b}"])
def test_a_value_of_another_kind_is_refused_where_it_stands(key: str, wrong: str) -> None:
    at = next(line for line in VERDICT.splitlines() if line.strip().startswith(key.partition(".")[0]))
    new = f"  sets: {{pass: {wrong}}}" if "." in key else f"  {key}: {wrong}"
    text = ROUND.replace(at, new)
    with pytest.raises(BadTemplate) as caught:
        read_template(text)
    assert any(problem.key.startswith("verdict") for problem in caught.value.problems)
    agree([problem.message for problem in caught.value.problems], SCHEMA.is_valid(yaml.safe_load(text)))


def test_a_round_is_not_written_in_slack() -> None:
    with pytest.raises(FieldErrors, match="kept as a file"):
        read_file(ROUND)
