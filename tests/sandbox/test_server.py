"""Starting and stopping, in a thread and as a process."""

import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx2
import pytest
import yaml

from sandbox.client import Client
from sandbox.manifest import Manifest
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, connected, manifest

ROOT = Path(__file__).parents[2]


def test_it_starts_and_stops_in_well_under_a_second() -> None:
    assert min(_seconds_to_start_and_stop() for _ in range(3)) < 0.5


def _seconds_to_start_and_stop() -> float:
    began = time.monotonic()
    with Sandbox(manifest=manifest(), start=FRIDAY) as box:
        assert httpx2.get(f"{box.url}/clock").status_code == 200
    return time.monotonic() - began


def test_its_port_is_free_again_after_it_stopped() -> None:
    with Sandbox(manifest=manifest(), start=FRIDAY) as box:
        port = int(box.url.rsplit(":", 1)[1])
    with Sandbox(manifest=manifest(), port=port, start=FRIDAY) as again:
        assert again.url == box.url


def test_it_stops_at_once_under_an_app_a_page_and_a_poll() -> None:
    app, threads = Inbox(), []
    with (
        Sandbox(manifest=manifest(), start=FRIDAY) as box,
        connected(box, app.register),
        httpx2.Client(base_url=box.url, timeout=30) as http,  # Made before the clock runs: that alone may take long.
    ):
        for path in ("/clock?app=a&version=1", "/page/changes?as=U0000000001"):
            threads.append(threading.Thread(target=http.get, args=(path,)))
            threads[-1].start()
        time.sleep(0.2)
        began = time.monotonic()
        box.stop()
        assert time.monotonic() - began < 2
        for thread in threads:
            thread.join(2)
            assert not thread.is_alive()


def test_it_listens_on_this_machine_only() -> None:
    with Sandbox(manifest=manifest(), start=FRIDAY) as box:
        assert box.url.startswith("http://127.0.0.1:")


def test_two_sandboxes_of_one_seed_are_alike() -> None:
    def people(box: Sandbox) -> list[str]:
        with Client(box.url) as client:
            return [person["id"] for person in client.get("workspace")["people"]]

    with Sandbox(manifest=manifest(), start=FRIDAY) as one, Sandbox(manifest=manifest(), start=FRIDAY) as other:
        assert people(one) == people(other)


def test_a_seed_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="There is no seed and no file 'moon'; the seeds are: demo, empty"):
        Sandbox(manifest=manifest(), seed="moon")


def test_a_permalink_opens_at_the_page() -> None:
    with Sandbox(manifest=manifest(), start=FRIDAY) as box:
        answer = httpx2.get(f"{box.url}/archives/C0000000001/p1763650000123456", follow_redirects=False)
    assert answer.headers["location"] == "/#c=C0000000001&ts=1763650000.123456"


def test_as_a_process_it_prints_its_address_and_stops_on_a_signal(tmp_path: Path) -> None:
    app = tmp_path / "app.yaml"
    app.write_text(yaml.safe_dump(manifest()))
    command = [sys.executable, "-m", "sandbox", "--manifest", str(app), "--workspace", "empty"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = process.stdout.readline().split()[1]
        assert process.stdout.readline() == f"SLACK_API_URL={url}/api/\n"
        assert httpx2.get(f"{url}/page/workspace").json()["team"]["name"] == "Blank Slate"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stderr.read() == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--workspace", "moon"], "There is no seed"), (["--manifest", "nowhere.yaml"], "nowhere.yaml")],
)
def test_as_a_process_it_says_why_it_cannot_start(tmp_path: Path, arguments: list[str], said: str) -> None:
    app = tmp_path / "app.yaml"
    app.write_text(yaml.safe_dump(manifest()))
    command = [sys.executable, "-m", "sandbox", "--manifest", str(app), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    app = tmp_path / "app.yaml"
    app.write_text(yaml.safe_dump(manifest()))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "sandbox", "--manifest", str(app), "--port", port]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "The sandbox cannot start" in done.stderr


def test_a_manifest_may_be_a_file_or_a_dict(tmp_path: Path) -> None:
    path = tmp_path / "app.yaml"
    path.write_text(yaml.safe_dump(manifest()))
    assert Manifest.load(path) == Manifest.load(str(path)) == Manifest.load(manifest())


def test_a_manifest_that_slack_would_refuse_is_refused() -> None:
    with pytest.raises(ValueError, match=r"message\.im needs a scope"):
        Manifest.load(manifest(scopes=["commands"], events=["message.im"]))
    with pytest.raises(ValueError, match="need the bot scope commands"):
        Manifest.load(manifest(scopes=["chat:write"], events=[]))
    without_socket = manifest()
    without_socket["settings"]["socket_mode_enabled"] = False
    with pytest.raises(ValueError, match="socket_mode_enabled"):
        Manifest.load(without_socket)
