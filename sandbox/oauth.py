"""The way an app is installed: a person allows it, the app is sent a code, and exchanges it for a token."""

from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox.installing import Grant
from sandbox.slack import Slack
from sandbox.state import Person
from sandbox.world import World

PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="stylesheet" href="/base.css"><link rel="stylesheet" href="/install.css"></head>
<body class="install"><main><h1>{title}</h1>{body}</main></body></html>
"""


class NotAllowed(Exception):
    """The address a person was sent to is wrong; the message says how."""


class OAuth:
    """The page on which somebody allows the app into a workspace."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def ask(self, request: Request) -> Response:
        try:
            scopes = self._scopes(dict(request.query_params))
        except NotAllowed as wrong:
            return _page("Something is wrong with this link", f"<p>{escape(str(wrong))}</p>", status=400)
        name = escape(self._slack.manifest.app_name)
        return _page(f"{name} is asking for access", self._form(dict(request.query_params), scopes))

    async def decide(self, request: Request) -> Response:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"))
        form = {name: values[0] for name, values in fields.items()}
        given = fields.get("granted", [])
        try:
            scopes = self._scopes(form)
            person = self._person(form.get("as", ""))
        except NotAllowed as wrong:
            return _page("Something is wrong with this link", f"<p>{escape(str(wrong))}</p>", status=400)
        world, actor = person
        back = {"state": form.get("state", "")}
        if form.get("decision") != "allow":
            back["error"] = "access_denied"
        else:
            optional = self._slack.manifest.optional_scopes
            granted = tuple(scope for scope in scopes if scope not in optional or scope in given)
            back["code"] = self._slack.codes.new(world, Grant(actor.id, granted), form.get("redirect_uri", ""))
        return RedirectResponse(f"{self._redirect(form)}?{urlencode(back)}", 302)

    def _scopes(self, fields: dict[str, str]) -> tuple[str, ...]:
        """What is asked for, once everything else in the link is right."""
        if fields.get("client_id") != self._slack.client_id:
            raise NotAllowed("Invalid client_id parameter")
        self._redirect(fields)
        scopes = tuple(scope for scope in fields.get("scope", "").replace(" ", ",").split(",") if scope)
        if not scopes:
            raise NotAllowed("No scopes requested")
        if unknown := set(scopes) - set(self._slack.manifest.scopes):
            raise NotAllowed(f"Invalid permissions requested: {', '.join(sorted(unknown))}")
        return scopes

    def _redirect(self, fields: dict[str, str]) -> str:
        """Where to go back to: one of the manifest's addresses, or one below it.

        Slack insists on https; here loopback may do without, as a laptop has no certificate.
        """
        known = self._slack.manifest.redirect_urls
        wanted = fields.get("redirect_uri") or (known[0] if known else "")
        if not any(wanted == url or wanted.startswith(f"{url.rstrip('/')}/") for url in known):
            raise NotAllowed(f"redirect_uri did not match any configured URIs. Passed URI: {wanted}")
        parts = urlsplit(wanted)
        if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
            raise NotAllowed("redirect_uri must use https")
        return wanted

    def _person(self, user: str) -> tuple[World, Person]:
        world = self._slack.world_of(user)
        person = world.workspace.people[user] if world else None
        if world is None or person is None or not person.is_human or person.deleted or person.is_guest:
            raise NotAllowed("Only members of the workspace can allow an app.")
        return world, person

    def _form(self, fields: dict[str, str], scopes: tuple[str, ...]) -> str:
        optional = self._slack.manifest.optional_scopes
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(fields.get(name, ""), quote=True)}">'
            for name in ("client_id", "scope", "redirect_uri", "state")
        )
        people = "".join(
            f'<option value="{person.id}">{escape(person.name)}, {escape(world.workspace.name)}</option>'
            for world in self._slack.worlds.values()
            for person in world.workspace.humans()
            if not person.deleted and not person.is_guest
        )
        must = "".join(f"<li>{escape(scope)}</li>" for scope in scopes if scope not in optional)
        may = "".join(
            f'<label><input type="checkbox" name="granted" value="{escape(s)}" checked> {escape(s)}</label>'
            for s in scopes
            if s in optional
        )
        choices = f"<fieldset><legend>It would also like to have</legend>{may}</fieldset>" if may else ""
        return (
            f'<form method="post">{hidden}<label>You are <select name="as">{people}</select></label>'
            f"<p>It needs</p><ul>{must}</ul>{choices}"
            '<p><button name="decision" value="allow">Allow</button> '
            '<button name="decision" value="cancel">Cancel</button></p></form>'
        )


def _page(title: str, body: str, *, status: int = 200) -> Response:
    return HTMLResponse(PAGE.format(title=title, body=body), status)
