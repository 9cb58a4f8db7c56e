"""Charts as pictures: what somebody would see of them, as colours of points."""

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from domain.trends import Trend
from surface.chart_image import APART, CARD, STYLES, apart, png
from tests.trending import LEGAL, SUPPORT, burning_down, drifting, participation, shares, values, weeks

SMALL = (160, 90)
ROOT = Path(__file__).resolve().parents[2]


def seen(trend: Trend) -> Image.Image:
    return Image.open(io.BytesIO(png(trend)))


def coarse(trend: Trend) -> bytes:
    """In grey, each point an area of ten by ten."""
    return seen(trend).convert("L").resize(SMALL, Image.Resampling.BOX).tobytes()


def differing(one: Trend, other: Trend) -> int:
    """In how many of these points two pictures differ clearly."""
    pairs = zip(coarse(one), coarse(other), strict=True)
    return sum(abs(first - second) > 40 for first, second in pairs)


@pytest.mark.parametrize("trend", [participation(LEGAL, SUPPORT), burning_down(), drifting()], ids=lambda each: each.id)
def test_a_picture_is_small_and_not_blank(trend: Trend) -> None:
    data = png(trend)
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size, len(data) < 400_000) == ("PNG", (1600, 900), True)
    dark = sum(value < 128 for value in image.convert("L").resize(SMALL, Image.Resampling.BOX).tobytes())
    assert dark > 30


def test_the_card_is_opaque_so_that_it_reads_in_light_and_dark() -> None:
    image = seen(participation(LEGAL)).convert("RGBA")
    assert image.getchannel("A").getextrema() == (255, 255)
    assert image.convert("RGB").getpixel((800, 40)) == (255, 255, 255)


@pytest.mark.parametrize("colour", [style[0] for style in STYLES])
def test_every_line_is_dark_enough_on_the_card(colour: str) -> None:
    def luminance(hexed: str) -> float:
        parts = [int(hexed[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    # Names beside the lines are text of that colour: WCAG asks 4.5.
    assert (luminance(CARD) + 0.05) / (luminance(colour) + 0.05) >= 4.5


def test_no_two_lines_share_a_marker_a_sign_or_dashes() -> None:
    for place in (1, 2, 3):
        assert len({str(style[place]) for style in STYLES}) == len(STYLES)


def test_other_numbers_make_another_picture() -> None:
    trend = participation(LEGAL)
    other = replace(trend, series=(trend.series[0], shares("legal", [(5, 5)] * 8)))
    assert differing(trend, trend) == 0
    assert differing(trend, other) > 20


def test_a_week_without_numbers_is_a_gap() -> None:
    whole = replace(burning_down(), series=(values("open", [5, 5, 5, 5, 5, 5]),))
    gap = replace(burning_down(), series=(values("open", [5, 5, None, None, 5, 5]),))
    line, broken = inked(whole), inked(gap)
    row = line.index(max(line))
    assert line[row] > 500
    assert broken[row] < line[row] * 0.7


def inked(trend: Trend) -> list[int]:
    """How much of each row between the axes is nearly black, down to above the names of the weeks."""
    area = seen(trend).convert("L").crop((130, 130, 1150, 780))
    return [sum(value < 60 for value in area.crop((0, y, 1020, y + 1)).tobytes()) for y in range(650)]


@pytest.mark.parametrize(
    "name",
    ["x" * 300, "$\\frac{1}{0}$", "品質 und 質", "ב\u202eא", "\n", "", "👩‍👩‍👧", "Ελλάδα Київ", "100 %"],
)
def test_any_name_title_and_unit_can_be_drawn(name: str) -> None:
    line = values(name, [1, 2, 3, 4, 5, 6])
    assert seen(replace(drifting(), title=name, unit=name, series=(line,))).size == (1600, 900)


@pytest.mark.parametrize("found", [[0], [0, 0], [-3, 4], [1e12, 2e12], [1e-9, 2e-9], [None, 3]])
def test_any_numbers_can_be_drawn(found: list[float | None]) -> None:
    trend = replace(burning_down(), weeks=weeks(len(found)), series=(values("open", found),))
    assert seen(trend).size == (1600, 900)


def test_names_never_stand_on_each_other() -> None:
    for heights in ([0.5] * 6, [1.0] * 6, [0.0] * 6, [0.9, 0.91, 0.1, 0.11], [0.2]):
        found = sorted(apart(heights))
        assert all(above - below >= APART - 1e-9 for below, above in pairwise(found))
        assert found[-1] <= 1 + 1e-9
    assert apart([0.2, 0.8]) == [0.2, 0.8]


def test_pictures_are_drawn_in_threads() -> None:
    trends = [participation(LEGAL), burning_down(), drifting()]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(png, trends))
    assert together == [png(trend) for trend in trends]


def test_the_library_is_loaded_with_the_first_picture_only_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "temporary"
    home.mkdir(mode=0o500)
    folder.mkdir()
    script = (
        "import sys, surface.chart_image as c; assert 'matplotlib' not in sys.modules; "
        "from concurrent.futures import ThreadPoolExecutor; from tests.trending import burning_down as b; "
        "assert min(map(len, ThreadPoolExecutor(3).map(c.png, [b(), b(), b()]))) > 5000; "
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    env = {"HOME": str(home), "TMPDIR": str(folder), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (list(folder.iterdir()), list(home.iterdir())) == ([], [])
