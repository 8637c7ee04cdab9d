"""Why an engine does not answer: each of its codes has its row in the engine's page."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest

from fanal.config.folders import project_folder
from fanal.engines.hours.refusals import Code as Hours
from fanal.engines.placement.refusals import Code as Placement
from fanal.engines.waiting.refusals import Code as Waiting


@pytest.mark.parametrize(
    ("page", "codes"),
    [("hours", Hours), ("placement", Placement), ("waiting", Waiting)],
)
def test_each_refusal_has_its_row(page: str, codes: type[StrEnum]) -> None:
    text = (project_folder() / "docs" / "engines" / f"{page}.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|", text.split("## Refus")[1], flags=re.MULTILINE)

    assert rows == [code.value for code in codes]
