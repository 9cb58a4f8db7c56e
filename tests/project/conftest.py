from pathlib import Path

import pytest

from tests.project.scratch import Tool, tool_in


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    return tool_in(tmp_path)
