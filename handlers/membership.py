"""People and channels change in Slack. An event only makes Muster look again, so order and repetition do not matter."""

from slack_bolt import App

from handlers.context import Body, Muster, workspace_of
from services import sync, user_groups
from surface.slack_people import as_person

CHANNEL_EVENTS = (
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
)
GROUP_EVENTS = ("subteam_created", "subteam_members_changed", "subteam_updated")
PERSON_EVENTS = ("team_join", "user_change")


def register(app: App, muster: Muster) -> None:
    def channel_changed(body: Body) -> None:
        found = body["event"]["channel"]
        channel_id = found["id"] if isinstance(found, dict) else found
        sync.doubt_channel(muster.db, workspace_id=workspace_of(body), channel_id=channel_id, now=muster.clock())

    def person_changed(body: Body) -> None:
        person = as_person(workspace_of(body), body["event"]["user"])
        if person:
            sync.save_person(muster.db, person=person, now=muster.clock())

    def groups_changed(body: Body) -> None:
        user_groups.doubt(muster.db, workspace_id=workspace_of(body))

    for name in GROUP_EVENTS:
        app.event(name)(groups_changed)
    for name in CHANNEL_EVENTS:
        app.event(name)(channel_changed)
    for name in PERSON_EVENTS:
        app.event(name)(person_changed)
