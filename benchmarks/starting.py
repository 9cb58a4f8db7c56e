"""From `python -m sandbox` to its first line, beside Python importing the same server and stopping."""

import subprocess
import sys
import time

SANDBOX = [sys.executable, "-m", "sandbox", "--workspace", "demo"]
IMPORTS = [sys.executable, "-c", "import starlette.applications, uvicorn, yaml; print('ready', flush=True)"]


def start() -> tuple[float, float]:
    """(seconds until the sandbox listens, seconds for its imports)"""
    return _seconds(SANDBOX), _seconds(IMPORTS)


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own module
        line = process.stdout.readline() if process.stdout else ""
        took = time.perf_counter() - began
        process.terminate()
        process.communicate()
    if not line:
        raise RuntimeError("It did not start.")
    return took
