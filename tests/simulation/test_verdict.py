"""The verdict: from files, told to a person, and the same whenever it is asked for again."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from simulation.report import report
from simulation.trace import Unreadable
from simulation.verdict import Verdict, judge
from tests.simulation.breaking import again, judged, without
from tests.simulation.story import PLAN, TEMPLATES, local
from tests.simulation.week import Week, week


def saved(week: Week, folder: Path) -> Verdict:
    rows = sorted(week.story.lines, key=lambda line: line["at"])
    (folder / "trace.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (folder / "plan.yaml").write_text(yaml.safe_dump(PLAN))
    (folder / "rituals").mkdir(exist_ok=True)
    for name, template in TEMPLATES.items():
        (folder / "rituals" / f"{name}.yaml").write_text(yaml.safe_dump(template))
    return judge(folder / "trace.jsonl", folder / "plan.yaml", folder / "rituals")


def test_a_saved_trace_gets_the_same_verdict_again(tmp_path: Path) -> None:
    found = week()
    without(found, found.named["digest"])
    first = saved(found, tmp_path)
    assert first == judge(tmp_path / "trace.jsonl", tmp_path / "plan.yaml", tmp_path / "rituals")
    assert first == judged(found)
    assert first.exit_code == 1


def test_the_report_of_a_good_week(tmp_path: Path) -> None:
    lines = report(saved(week(), tmp_path)).splitlines()
    assert (
        lines[0] == "20 Nov 2026 15:00 to 26 Nov 2026 12:00 UTC: workspace T1, seed 1, weeks 1, members 4, faults none"
    )
    assert "       6  prompts due" in lines
    assert "       3  answers stored" in lines
    assert "       0  messages lost" in lines
    assert lines[-1] == "Every promise was kept."


def test_the_report_says_what_was_broken_and_where(tmp_path: Path) -> None:
    found = week()
    without(found, found.named["digest"])
    again(found, found.named["reminder cai"], local("cai", 23, "15:31"))
    lines = report(saved(found, tmp_path)).splitlines()
    assert "       1  messages duplicated" in lines
    assert "       1  messages lost" in lines
    assert "Broken: Each manager gets the digest of each week (1)" in lines
    assert any(line.startswith("  - A reminder for Cai Rao was posted twice") and "(lines " in line for line in lines)
    assert lines[-1] == "Promises were broken, 2 times."


def test_the_report_gives_the_reasons_for_what_was_late(tmp_path: Path) -> None:
    found = week()
    due = local("ben", 24, "10:00")
    found.story.add("fault", due, what="slow answers")
    found.named["private prompt ben"]["at"] += 300
    assert "           1  a fault: slow answers" in report(saved(found, tmp_path)).splitlines()


def test_many_findings_of_one_kind_are_cut_to_a_number(tmp_path: Path) -> None:
    found = week()
    for n in range(15):
        found.story.post(local("ben", 24, "12:00") + timedelta(minutes=n), "DBEN", f"What is this {n}?", [])
    assert "  and 5 more" in report(saved(found, tmp_path)).splitlines()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The trace is empty"),
        ("no json", "Line 1 of the trace cannot be read"),
        ('{"kind": "begin", "at": 1}', "it has no workspace line"),
        ('{"kind": "dream", "at": 1}', "unknown kind 'dream'"),
        ('{"kind": "workspace", "at": 1}', r"Line 1 of the trace \(workspace\) has no 'bot_user'"),
    ],
)
def test_a_file_that_is_no_trace_is_refused(tmp_path: Path, text: str, says: str) -> None:
    saved(week(), tmp_path)
    (tmp_path / "trace.jsonl").write_text(text)
    with pytest.raises(Unreadable, match=says):
        judge(tmp_path / "trace.jsonl", tmp_path / "plan.yaml", tmp_path / "rituals")


def test_a_folder_without_rituals_is_refused(tmp_path: Path) -> None:
    saved(week(), tmp_path)
    with pytest.raises(Unreadable, match="There is no ritual in"):
        judge(tmp_path / "trace.jsonl", tmp_path / "plan.yaml", tmp_path / "nowhere")


def test_a_plan_that_does_not_fit_the_trace_is_refused(tmp_path: Path) -> None:
    saved(week(), tmp_path)
    other = {**PLAN, "rituals": [{"template": "sync", "channel": "elsewhere", "by": "Ben Okafor"}]}
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(other))
    with pytest.raises(Unreadable, match="does not have what the plan switches on"):
        judge(tmp_path / "trace.jsonl", tmp_path / "plan.yaml", tmp_path / "rituals")
