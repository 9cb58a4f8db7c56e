"""A number that changes with each commit, for what is to be tried out anew with each."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def number_of_commit() -> int:
    """Of the same commit always the same, so that whoever runs a failed one again sees it fail; 0 without git."""
    git = shutil.which("git")
    if git is None:
        return 0
    head = subprocess.run(
        [git, "rev-parse", "--short=8", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(head.stdout or "0", 16)
