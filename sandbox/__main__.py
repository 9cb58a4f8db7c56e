"""python -m sandbox: a local Slack until Ctrl-C."""

import argparse
import signal
import sys

from sandbox.server import Sandbox
from sandbox.weather import PROFILES

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
EPILOG = "docs/sandbox.md tells how an app connects, and how tests drive people, time and faults."


def main() -> None:
    options = _parser().parse_args()
    first, *more = options.workspace or ["demo"]
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        sandbox = Sandbox(
            manifest=options.manifest, seed=first, more=more, port=options.port, request_url=options.request_url
        )
    except (OSError, OverflowError, ValueError) as error:
        sys.exit(f"The sandbox cannot start: {error}")
    with sandbox as box:
        if options.lively:
            box.start_cast(options.lively)
        if options.weather:
            box.change_weather(options.lively or "sandbox", options.weather)
        print(_ready(box), flush=True)  # noqa: T201 - the command's output
        signal.sigwait(STOP_SIGNALS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="A strict local Slack, in the browser and for any Bolt app.",
        epilog=EPILOG,
    )
    parser.add_argument("--manifest", default="app.yaml", metavar="FILE", help="the manifest of the app (app.yaml)")
    parser.add_argument(
        "--workspace",
        action="append",
        metavar="FILE",
        help="people and channels: a YAML file, or demo or empty; may be given several times",
    )
    parser.add_argument("--request-url", metavar="URL", help="send everything there over signed HTTP")
    parser.add_argument("--port", type=int, default=0, help="the port to listen on; any free one by default")
    parser.add_argument(
        "--lively", nargs="?", const="sandbox", metavar="SEED", help="people act by themselves; a seed repeats them"
    )
    parser.add_argument("--weather", choices=list(PROFILES), help="be unkind to the app")
    return parser


def _ready(box: Sandbox) -> str:
    """Where to look, and what to give the app, to be copied into its environment."""
    manifest = box.slack.manifest
    settings = {"SLACK_API_URL": f"{box.url}/api/", "SLACK_BOT_TOKEN": box.bot_token}
    if manifest.socket_mode:
        settings |= {"SLACK_APP_TOKEN": box.app_token}
    else:
        settings |= {"SLACK_SIGNING_SECRET": box.signing_secret}
    if manifest.redirect_urls:
        settings |= {
            "SLACK_CLIENT_ID": box.client_id,
            "SLACK_CLIENT_SECRET": box.client_secret,
            "SLACK_AUTHORIZE_URL": f"{box.url}/oauth/v2/authorize",
        }
    lines = [f"{name}={value}" for name, value in settings.items() if value]
    return "\n".join([f"Open {box.url} in a browser. Give the app:", *lines])


if __name__ == "__main__":
    main()
