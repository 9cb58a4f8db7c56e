"""What the doctor finds about HTTP: whether Muster can listen, and whether requests from outside reach it."""

from collections.abc import Iterator

import httpx2

from bot.findings import Finding
from bot.settings import Settings
from web import health, slack_requests
from web.server import listen

PATIENCE_SECONDS = 10
URL = "request URL"


def http(settings: Settings) -> Iterator[Finding]:
    if not settings.is_http:
        return
    is_running = _why_not(f"http://{settings.address}") == ""
    yield Finding("port", f"Muster answers at {settings.address}") if is_running else _port(settings)
    yield _request_url(settings, is_running=is_running)


def _port(settings: Settings) -> Finding:
    address = settings.address
    try:
        listen(address.host, address.port).close()
    except OSError as error:
        mend = "Let MUSTER_PORT name another port, or stop what listens there."
        return Finding("port", f"Muster cannot listen on {address} ({(error.strerror or str(error)).lower()})", mend)
    return Finding("port", f"{address} is free")


def _request_url(settings: Settings, *, is_running: bool) -> Finding:
    if not settings.public_url:
        return Finding(URL, "not known, because MUSTER_PUBLIC_URL is not set", unknown=True)
    url = settings.public_url + slack_requests.PATH
    if not is_running:
        return Finding(URL, f"{url} was not tried, because Muster is not running", unknown=True)
    if why := _why_not(settings.public_url):
        mend = f"Let the proxy at {settings.public_url} pass its requests on to {settings.address}."
        return Finding(URL, f"{url} does not lead to Muster ({why})", mend)
    return Finding(URL, f"{url} leads to Muster")


def _why_not(base: str) -> str:
    """Why no Muster answers there; empty if one does, be it well or not."""
    try:
        found = httpx2.get(base + health.PATH, timeout=PATIENCE_SECONDS, trust_env=False)
        return "" if "ok" in found.json() else "something else answers"
    except httpx2.HTTPError as error:
        return type(error).__name__
    except (ValueError, TypeError):
        return f"something else answers, with {found.status_code}"
