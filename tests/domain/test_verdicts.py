"""What the answers of a round come to."""

from hypothesis import given
from hypothesis import strategies as st

from bot.library import shipped_rounds
from domain.verdicts import Objects, Outcome, for_subject, objections, outcome

PARTS = {
    "subject.approver": ["UANA"],
    "subject.driver": ["UBEN"],
    "subject.contributors": ["UCLO", "UBEN"],
    "subject.informed": [],
}
CONSENT = for_subject(shipped_rounds()["decision-consent"], PARTS, name="D-1", title="Ship it")
ADVICE = for_subject(shipped_rounds()["decision-advice"], PARTS, name="D-1", title="Ship it")
STANCES = ["", "Consent", "Consent with a concern", "Objection", "It does not affect me"]
OBJECTS = {"stance": "Objection", "reason": "It leaks.", "change": "Mask it."}
CONCERN = {"stance": "Consent with a concern", "reason": "It is slow."}


def test_a_round_asks_the_people_of_its_decision_once_each() -> None:
    assert CONSENT.who == ("@UANA", "@UBEN", "@UCLO")
    assert CONSENT.title == "Consent round D-1"
    assert CONSENT.facilitator == "@UBEN"
    assert CONSENT.purpose.startswith("D-1 Ship it: good enough")
    assert "After 3 working days silence counts as consent" in CONSENT.purpose
    assert CONSENT.verdict
    assert CONSENT.verdict.needs == ("@UANA",)


def test_words_in_braces_within_a_title_are_left_as_they_are() -> None:
    found = for_subject(shipped_rounds()["decision-consent"], PARTS, name="D-1", title="{closes}")
    assert found.purpose.startswith("D-1 {closes}: good enough")


def test_silence_is_consent_but_never_the_approvers() -> None:
    assert outcome(CONSENT, {"UANA": {"stance": "Consent"}}) is Outcome.PASSED
    assert outcome(CONSENT, {"UBEN": {"stance": "Consent"}, "UCLO": {"stance": "Consent"}}) is Outcome.WAITS
    assert outcome(CONSENT, {"UANA": {"stance": "It does not affect me"}}) is Outcome.WAITS
    assert outcome(CONSENT, {}) is Outcome.WAITS


def test_a_concern_does_not_stop_it_and_an_objection_does() -> None:
    assert outcome(CONSENT, {"UANA": CONCERN, "UBEN": CONCERN}) is Outcome.PASSED
    found = {"UANA": {"stance": "Consent"}, "UCLO": OBJECTS}
    assert outcome(CONSENT, found) is Outcome.STOPPED
    assert objections(CONSENT, found) == [Objects("UCLO", "It leaks.", "Mask it.")]


def test_advice_decides_nothing_whatever_it_says() -> None:
    assert outcome(ADVICE, {"UANA": {"stance": "Do it"}, "UBEN": {"stance": "Do not do it", "reason": "No"}}) is (
        Outcome.WAITS
    )


@given(st.dictionaries(st.sampled_from(["UANA", "UBEN", "UCLO"]), st.sampled_from(STANCES)))
def test_it_passes_only_with_the_approver_and_without_any_objection(said: dict[str, str]) -> None:
    answers = {name: {"stance": stance} for name, stance in said.items() if stance}
    found = outcome(CONSENT, answers)
    objects = "Objection" in said.values()
    consents = said.get("UANA") in ("Consent", "Consent with a concern")
    assert (found is Outcome.STOPPED) == objects
    assert (found is Outcome.PASSED) == (consents and not objects)
    assert len(objections(CONSENT, answers)) == [*said.values()].count("Objection")
