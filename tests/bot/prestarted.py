"""A Python that has read Muster's modules once, and becomes `muster` as often as it is asked: starting it takes ten
times as long as most commands do."""

import atexit
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import bot
from bot.cli import main

ROOT = Path(bot.__file__).parent.parent


def run(arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        wanted = {
            "arguments": arguments,
            "cwd": str(cwd),
            "environment": {**environment},
            "files": [str(out), str(err)],
        }
        return subprocess.CompletedProcess(["muster", *arguments], _ask(wanted), out.read_text(), err.read_text())


def _ask(wanted: dict[str, Any]) -> int:
    server = _server()
    assert server.stdin
    assert server.stdout
    try:
        server.stdin.write(json.dumps(wanted) + "\n")
        server.stdin.flush()
        return int(server.stdout.readline())
    except BaseException:
        # Whoever asks next must not get the answer to this.
        server.kill()
        _server.cache_clear()
        raise


@cache
def _server() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bot.prestarted"]
    server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(server.communicate)  # It ends when its input does.
    return server


def _serve() -> int:
    for module in pkgutil.iter_modules(bot.__path__, "bot."):
        if module.name != "bot.__main__":
            import_module(module.name)
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            _end(_become_muster(**json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201 - the answer
    return 0


def _become_muster(arguments: list[str], cwd: str, environment: dict[str, str], files: list[str]) -> int:
    for number, path in enumerate([os.devnull, *files]):
        opened = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv[1:] = arguments
    try:
        return main(arguments)
    except SystemExit as ended:
        if not isinstance(ended.code, int):
            raise
        return ended.code


def _end(code: int) -> NoReturn:
    """As Python ends, but without clearing up one by one all that it shares with who prestarted it: that takes forty
    times as long as most commands do."""
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - typeshed leaves out what Python calls here
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no other way to call what is registered
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(_serve())
