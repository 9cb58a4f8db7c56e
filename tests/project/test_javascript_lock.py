"""Installing JavaScript packages from a lock, with a pretend package that lies beside it: nothing is fetched."""

import base64
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.project.scratch import ROOT, write


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app that needs one package, and its lock."""
    monkeypatch.setenv("npm_config_userconfig", os.devnull)
    monkeypatch.setenv("npm_config_offline", "true")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    archive = tmp_path / "need.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        text = json.dumps({"name": "need", "version": "1.0.0", "scripts": {"install": "touch ran"}}).encode()
        entry = tarfile.TarInfo("package/package.json")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    write(tmp_path, "app/package.json", json.dumps({"name": "app", "dependencies": {"need": f"file:{archive}"}}))
    program("lock", tmp_path / "app")
    return tmp_path / "app"


def program(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", ROOT / "locks" / "javascript.py", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_installs_what_the_lock_says_and_runs_none_of_it(app: Path, tmp_path: Path) -> None:
    done = program("install", app, tmp_path / "installed")
    assert done.returncode == 0, done.stderr
    package = tmp_path / "installed" / "node_modules" / "need"
    assert [file.name for file in package.iterdir()] == ["package.json"]


def test_it_removes_what_an_install_that_was_killed_left(app: Path, tmp_path: Path) -> None:
    write(tmp_path, "installed/node_modules/half/index.js", "")
    assert program("install", app, tmp_path / "installed").returncode == 0
    assert not (tmp_path / "installed" / "node_modules" / "half").exists()


def test_it_refuses_a_package_whose_hash_is_another(app: Path, tmp_path: Path) -> None:
    lock = json.loads((app / "package-lock.json").read_text())
    other = base64.b64encode(hashlib.sha512(b"another").digest()).decode()
    lock["packages"]["node_modules/need"]["integrity"] = f"sha512-{other}"
    (app / "package-lock.json").write_text(json.dumps(lock))
    refused = program("install", app, tmp_path / "installed")
    assert refused.returncode != 0
    assert "EINTEGRITY" in refused.stderr
