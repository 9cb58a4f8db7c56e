import pytest

from storage import people
from storage.engine import Database


@pytest.fixture
def db(database: Database) -> Database:
    """With two workspaces."""
    with database.write() as session:
        for workspace_id in ("T1", "T2"):
            people.save_workspace(
                session, workspace_id=workspace_id, name=workspace_id, url="https://northlight.slack.com/"
            )
    return database
