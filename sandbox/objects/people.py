"""A person, their profile, and when they hear no notification."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.state import Json, Person
from sandbox.world import World

NO_SCHEDULE = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def user(world: World, person: Person, *, with_locale: bool = False) -> Json:
    shown: Json = {
        "id": person.id,
        "team_id": world.workspace.team_of(person),
        "name": person.handle,
        "deleted": person.deleted,
        "color": person.color,
        "real_name": person.name,
        "profile": profile(world, person),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
        "who_can_share_contact_card": "EVERYONE",
    }
    if person.is_external:
        shown["is_stranger"] = not world.workspace.app_knows(person)
    if with_locale:
        shown["locale"] = person.locale
    # Slack leaves zone and roles out for people who were deactivated.
    return shown if person.deleted else shown | _zone(world, person) | _roles(person)


def profile(world: World, person: Person) -> Json:
    expired = 0 < person.status_expiration <= world.clock.now()
    shown: Json = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": "",
        "display_name_normalized": "",
        "fields": None,
        "status_text": "" if expired else person.status_text,
        "status_emoji": "" if expired else person.status_emoji,
        "status_emoji_display_info": [],
        "status_expiration": 0 if expired else person.status_expiration,
        "avatar_hash": f"g{person.color}",
        "first_name": person.name.split()[0],
        "last_name": " ".join(person.name.split()[1:]),
        "team": world.workspace.team_of(person),
    }
    if person.is_bot:
        shown |= {"bot_id": world.workspace.bot_id, "api_app_id": world.workspace.app_id, "always_active": False}
    # Nobody from outside shows the address, whatever the app may read.
    elif "users:read.email" in world.scopes and person.is_human and not person.is_external:
        shown["email"] = email(world, person)
    return shown


def email(world: World, person: Person) -> str:
    return f"{person.handle}@{world.workspace.domain}.example"


def _zone(world: World, person: Person) -> Json:
    moment = datetime.fromtimestamp(world.clock.now(), ZoneInfo(person.tz))
    offset = moment.utcoffset()
    return {"tz": person.tz, "tz_label": moment.tzname(), "tz_offset": int(offset.total_seconds()) if offset else 0}


def _roles(person: Person) -> Json:
    return {
        "is_admin": person.is_admin,
        "is_owner": person.is_admin,
        "is_primary_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
    }


def do_not_disturb(world: World, person: Person) -> Json:
    """The quiet hours that are on or come next; without any, Slack says 1 for their moments."""
    if not person.dnd:
        return dict(NO_SCHEDULE)
    start, end = (time.fromisoformat(each) for each in person.dnd)
    zone = ZoneInfo(person.tz)
    now = datetime.fromtimestamp(world.clock.now(), zone)
    for days in (-1, 0, 1):
        begins = datetime.combine(now.date() + timedelta(days), start, zone)
        ends = datetime.combine(begins.date() + timedelta(end <= start), end, zone)
        if ends > now:
            break
    moments = {"next_dnd_start_ts": int(begins.timestamp()), "next_dnd_end_ts": int(ends.timestamp())}
    return {"dnd_enabled": True, **moments}
