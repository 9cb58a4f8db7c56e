"""Makes wheels without any build tool. It is also the build backend of the pretend project in test_make.py."""

import time
import zipfile
from pathlib import Path


def build_editable(
    wheel_directory: str,
    config_settings: dict[str, str] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """What pip calls, in the project's folder; it lasts for as long as a file `slow` lies there."""
    Path("installing").touch()
    while Path("slow").exists():
        time.sleep(0.01)
    return wheel(Path(wheel_directory), "muster", "def main() -> None:\n    print('Muster runs.')\n").name


def wheel(folder: Path, name: str, code: str) -> Path:
    """A wheel of one module, whose `main` becomes a command of its name."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": code,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{name} = {name}:main\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    made = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return made
