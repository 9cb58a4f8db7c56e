"""Days as action items say them."""

from datetime import date

import pytest

from briefs.due import Due, due

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "language", "said", "on"),
    [
        ("I'll send it by Friday so that all can read it", "en", "Friday", date(2026, 11, 27)),
        ("I'll send it in two weeks", "en", "in two weeks", date(2026, 12, 7)),
        ("I'll open the request tonight", "en", "tonight", MONDAY),
        ("Send it by the end of the week", "en", "the end of the week", date(2026, 11, 27)),
        ("Bitte bis Freitag klären", "de", "Freitag", date(2026, 11, 27)),
        ("Ich mache das bis zum 3.12. fertig", "de", "3.12.", date(2026, 12, 3)),
        ("je l'envoie avant le 3 décembre", "fr", "3 décembre", date(2026, 12, 3)),
        ("lo envío antes del 3 de diciembre", "es", "3 de diciembre", date(2026, 12, 3)),
        ("envio até sexta", "pt", "sexta", date(2026, 11, 27)),
        ("lo mando entro venerdì", "it", "venerdì", date(2026, 11, 27)),
        ("ik stuur het voor vrijdag", "nl", "vrijdag", date(2026, 11, 27)),
        ("12月3日までにお願いします", "ja", "12月3日", date(2026, 12, 3)),
    ],
)
def test_a_day_is_read_as_its_language_says_it(text: str, language: str, said: str, on: date) -> None:
    assert due(text, (language,), MONDAY) == Due(said, on)


def test_an_iso_day_is_read_in_any_language() -> None:
    assert due("do 2026-12-03", (), MONDAY) == Due("2026-12-03", date(2026, 12, 3))


@pytest.mark.parametrize("text", ["Since Monday it has been slow", "by 12/03 or so", "Nobody knows when"])
def test_what_says_no_one_day_has_none(text: str) -> None:
    found = due(text, ("en",), MONDAY)
    assert found is None or found.on is None
