"""python -m sandbox: a local Slack until Ctrl-C."""

import argparse
import signal
import sys

from sandbox.server import Sandbox

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
    return parser


def _ready(box: Sandbox) -> str:
    rows = [
        ("open", box.url),
        ("API", f"{box.url}/api/"),
        ("bot token", box.bot_token),
        ("app token", box.app_token),
        ("signing secret", box.signing_secret),
        ("client id, secret", f"{box.client_id} {box.client_secret}"),
        ("clock", f"{box.url}/clock"),
    ]
    return "\n".join(f"{name:18} {value}" for name, value in rows if value)


if __name__ == "__main__":
    main()
