"""Many people at once."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import select

from sandbox.client import texts
from storage.tables import PersonRow
from tests.muster import BOTH_WAYS, running

FIFTY = 50


@BOTH_WAYS
def test_fifty_people_at_once_are_all_answered_in_time_while_the_database_is_stuck(
    database_url: str, over_http: bool
) -> None:
    """Nobody waits behind those who wait for it: the sandbox refuses what is answered after three seconds."""
    with running(database_url, over_http=over_http) as muster, ThreadPoolExecutor(FIFTY) as hands:
        ana = muster.people.person("Ana")
        with muster.process.db.write() as session:
            session.exec(select(PersonRow).with_for_update())
            asked = [hands.submit(ana.command, "/muster", "away 2027-01-04", channel="forecast") for _ in range(FIFTY)]
            assert [each.result() for each in asked] == [None] * FIFTY
        said = [texts(each) for each in ana.ephemerals("forecast")]
    assert sum("Muster is very busy." in str(each) for each in said) == FIFTY
