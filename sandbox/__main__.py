"""python -m sandbox: a local Slack until Ctrl-C."""

import argparse
import signal
import sys

from sandbox.server import Sandbox

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A strict local Slack.")
    parser.add_argument("--seed", default="demo", help="the workspace to begin with")
    parser.add_argument("--manifest", default="app.yaml", help="the manifest of the app to install")
    parser.add_argument("--port", type=int, default=0, help="the port to listen on; any free one by default")
    options = parser.parse_args()
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        sandbox = Sandbox(seed=options.seed, manifest=options.manifest, port=options.port)
    except (OSError, ValueError) as error:
        sys.exit(f"The sandbox cannot start: {error}")
    with sandbox as box:
        print(f"Open {box.url}")  # noqa: T201 - the command's output
        tokens = f"Bot token {box.bot_token}, app token {box.app_token}"
        print(f"{tokens}, API {box.url}/api/", flush=True)  # noqa: T201 - the same
        signal.sigwait(STOP_SIGNALS)


if __name__ == "__main__":
    main()
