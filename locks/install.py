"""Brings .venv to what the named locks say: `install.py runtime test`. Needs nothing but Python; see locks/install."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
JAVASCRIPT = ROOT / "tests" / "sandbox" / "javascript"
STAMP = VENV / "installed"
"""What stands in .venv. Written last and removed before any change, so without it .venv is not to be trusted."""


class NotFetched(Exception):
    """Pip failed before it changed anything; the text is what it said."""


def main(locks: list[str]) -> None:
    wait_for_others()
    standing = installed()
    if not standing:
        make_venv()
        standing = {"base": base()}
    for lock in locks:
        path = ROOT / "locks" / f"{lock}.txt"
        add(standing, lock, path, "--require-hashes", "--requirement", str(path))
    add(standing, "muster", ROOT / "pyproject.toml", "--no-build-isolation", "--no-deps", "--editable", str(ROOT))
    if "test" in locks:
        add_javascript(standing)


def wait_for_others() -> None:
    """Another make may be installing here. Pip inherits the lock: it may outlive a make that was killed."""
    folder = os.open(ROOT / "locks", os.O_RDONLY)
    os.set_inheritable(folder, True)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Waiting for another make that installs here ...")
        fcntl.flock(folder, fcntl.LOCK_EX)


def add(standing: dict[str, str], name: str, path: Path, *pip_args: str) -> None:
    """Installs what `path` describes, unless it stands already."""
    described = digest(path)
    if standing.get(name) == described:
        return
    STAMP.unlink(missing_ok=True)
    started = time.monotonic()
    progress = Progress(name, total=sum(line[:1].isalnum() for line in path.read_text().splitlines()))
    try:
        pip(pip_args, progress)
    except NotFetched as failed:
        write_stamp(standing)
        sys.exit(f"\n{failed}\nInstalling failed; the reason stands above. The same command tries again.")
    standing[name] = described
    write_stamp(standing)
    progress.end(f"{name}: done in {time.monotonic() - started:.0f} s.")


def add_javascript(standing: dict[str, str]) -> None:
    """Slack's packages for JavaScript. If they cannot be fetched, all but the tests that need them run all the same."""
    described = digest(JAVASCRIPT / "package-lock.json")
    if standing.get("javascript") == described:
        return
    say("javascript: fetching packages ...")
    started = time.monotonic()
    program = str(ROOT / "locks" / "javascript.py")
    command = [str(VENV / "bin" / "python"), "-I", program, "install", str(JAVASCRIPT), str(VENV / "javascript")]
    # The lock of wait_for_others is to be inherited.
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False, close_fds=False).returncode:
        say("Fetching the JavaScript packages failed; the reason stands above. The tests that need them cannot run.")
        return
    standing["javascript"] = described
    write_stamp(standing)
    say(f"javascript: done in {time.monotonic() - started:.0f} s.")


def installed() -> dict[str, str]:
    """What stands in .venv; empty if it is of another Python or place, or holds anything an old lock named."""
    try:
        lines = STAMP.read_text().splitlines()
    except OSError:
        return {}
    standing = dict(line.split("=", 1) for line in lines)
    for name, value in standing.items():
        lock = ROOT / "locks" / f"{name}.txt"
        if name == "base" and value != base():
            return {}
        if lock.is_file() and value != digest(lock):
            return {}
    return standing


def base() -> str:
    """The Python and the place: a .venv serves one of each."""
    version = ".".join(map(str, sys.version_info[:2]))
    return f"{Path(sys.executable).resolve()} {version} {ROOT}"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_stamp(standing: dict[str, str]) -> None:
    draft = STAMP.with_suffix(".draft")
    draft.write_text("".join(f"{name}={value}\n" for name, value in standing.items()))
    draft.replace(STAMP)


def make_venv() -> None:
    say(f"Making .venv with Python {'.'.join(map(str, sys.version_info[:3]))}.")
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False, close_fds=False)
    if made.returncode:
        sys.exit(f"{made.stdout}{made.stderr}\nMaking .venv failed; the reason stands above.")


class Progress:
    """Tells what pip is doing: on a terminal in one line that is written over, elsewhere in one line per phase."""

    def __init__(self, lock: str, *, total: int) -> None:
        self.lock = lock
        self.total = total
        self.fetched = 0
        self.is_terminal = sys.stdout.isatty()

    def read(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word in {"Ignoring", "Requirement"}:  # A package only other systems need, or one that is already here.
            self.total -= 1
        elif word == "Collecting":
            self.fetched += 1
            package = rest.split("==")[0].split()[0]
            self.show(f"{self.lock}: fetching {self.fetched} of {self.total}, {package}")
        elif word == "Installing":
            self.show(f"{self.lock}: unpacking {self.total} packages ...")

    def show(self, text: str) -> None:
        if self.is_terminal:
            print(f"\r\033[K  {text}", end="", flush=True)
        elif self.fetched == 1:
            say(f"{self.lock}: fetching {self.total} packages ...")

    def end(self, text: str) -> None:
        print("\r\033[K" if self.is_terminal else "", end="")
        say(text)


def pip(args: tuple[str, ...], progress: Progress) -> None:
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", *options, *args]
    said: deque[str] = deque(maxlen=20)
    is_changing = False
    # The lock of wait_for_others is to be inherited.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, close_fds=False
    ) as process:
        for line in process.stdout or ():
            said.append(line)
            progress.read(line)
            is_changing = is_changing or line.startswith("Installing collected")
    if process.returncode and is_changing:
        sys.exit("\n" + "".join(said) + "\nInstalling failed; the reason stands above. The same command starts again.")
    if process.returncode:
        raise NotFetched("".join(said))


def say(text: str) -> None:
    print(f"  {text}", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command starts again.")
