"""Reading the forms of records: what they were sent with, and by whom."""

from domain.briefs import Drafted
from domain.submissions import Submission
from handlers.context import Body, actor_of, workspace_of
from surface import forms, outsiders


def submission_of(body: Body) -> Submission:
    """Of a form that carries a draft's id, when it is sent or redrawn."""
    view = body["view"]
    ids = forms.ids(view)
    return Submission(
        workspace_id=workspace_of(body),
        person_id=actor_of(body),
        draft_id=ids["draft"],
        given=forms.values(view),
        confirmed=ids.get(outsiders.ID, "").split(","),
    )


def id_in(body: Body, name: str) -> int | None:
    """A row's id that the form carries."""
    found = forms.ids(body["view"]).get(name)
    return int(found) if found else None


def drafted_in(body: Body) -> Drafted | None:
    """Of a form that a brief has filled in."""
    return Drafted.read(forms.ids(body["view"]).get("drafted", ""))
