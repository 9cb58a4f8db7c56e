"""What people read instead of the words of a template file."""

import pytest

from domain.cadence import parse
from domain.people import parse_hours
from domain.selectors import audience_text
from domain.words import cadence_text, function_title, hours_text


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("every day at 09:30", "Every day at 09:30"),
        ("every weekday at 08:05", "Every weekday at 08:05"),
        ("every mon at 09:30", "Every Monday at 09:30"),
        ("every thu, mon at 09:30", "Every Monday and Thursday at 09:30"),
        ("every mon, wed, fri at 09:30 in Europe/Berlin", "Every Monday, Wednesday and Friday at 09:30 Berlin time"),
        ("every 2 weeks on tue at 10:00 from 2026-01-06", "Every 2 weeks on Tuesday at 10:00"),
        ("every 1 weeks on tue at 10:00", "Every Tuesday at 10:00"),
        ("every month on last wed at 11:00", "On the last Wednesday of every month at 11:00"),
        ("every month on 1 at 11:00", "On the 1st of every month at 11:00"),
        ("every month on 12 at 11:00", "On the 12th of every month at 11:00"),
        ("every month on 22 at 11:00 in UTC", "On the 22nd of every month at 11:00 UTC"),
        ("every quarter on first tue at 10:00", "On the first Tuesday of the first month of every quarter at 10:00"),
        ("every quarter on 3 at 10:00", "On the 3rd of the first month of every quarter at 10:00"),
        ("every day at 09:30 in America/New_York", "Every day at 09:30 New York time"),
        ("cron 30 9 * * mon-fri in Europe/London", "Every weekday at 09:30 London time"),
        ("cron 5 0 * * * in UTC", "Every day at 00:05 UTC"),
        ("cron 0 9 * * mon,thu in UTC", "Every Monday and Thursday at 09:00 UTC"),
        ("cron 0 9 * jan,apr mon in UTC", "Every Monday in January and April at 09:00 UTC"),
        ("cron 0 9 * dec * in UTC", "Every day in December at 09:00 UTC"),
        ("cron 0 9 1,15 * * in UTC", "On the 1st and 15th of every month at 09:00 UTC"),
        ("cron 0 9 31 dec * in UTC", "On the 31st of December at 09:00 UTC"),
    ],
)
def test_a_cadence_reads_as_somebody_would_say_it(when: str, said: str) -> None:
    assert cadence_text(parse(when)) == said


def test_an_audience_reads_as_somebody_would_say_it() -> None:
    assert audience_text(["everyone"]) == "everyone"
    assert audience_text(["ml", "product", "lead of gtm"]) == "ML, product and leads of GTM"
    assert audience_text(["2 of research", "@S1", "#ml-news", "@U1", "@U2"]) == (
        "2 of research in turn, a user group, #ml-news and 2 people by name"
    )
    assert audience_text(["@U1"]) == "1 person by name"
    assert audience_text(["me"]) == "whoever starts it"
    assert audience_text(["1 of leads"]) == "1 of leads in turn"


def test_functions_and_hours_read_as_people_write_them() -> None:
    assert [function_title(each) for each in ("ml", "mlops", "gtm", "legal")] == ["ML", "MLOps", "GTM", "Legal"]
    hours = parse_hours("mon, wed 9-17")
    assert hours
    assert hours_text(hours) == "Mon, Wed 09:00-17:00"
    assert parse_hours(hours_text(hours)) == hours
