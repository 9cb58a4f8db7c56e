"""What Slack says of a person, in Muster's words."""

from domain.people import Person
from domain.statuses import away_until
from surface.kit import Json

SLACKBOT = "USLACKBOT"


def _name(user: Json, profile: Json) -> str:
    """On one line, wherever it is shown."""
    found = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user["name"]
    return " ".join(str(found).split())


def as_person(workspace_id: str, user: Json) -> Person | None:
    """None for bots and apps. Slack's own bot does not say that it is one."""
    if user.get("is_bot") or user.get("is_app_user") or user["id"] == SLACKBOT:
        return None
    profile = user.get("profile", {})
    return Person(
        workspace_id=workspace_id,
        id=user["id"],
        name=_name(user, profile),
        zone_name=user.get("tz") or "UTC",
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")),
        left=bool(user.get("deleted")),
        email=str(profile.get("email") or ""),
        status_until=away_until(
            str(profile.get("status_emoji") or ""),
            str(profile.get("status_text") or ""),
            int(profile.get("status_expiration") or 0),
        ),
        updated=int(user.get("updated") or 0),
    )
