"""What a run of pytest met: each failure with its phase and its exception, in one file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import fanal


class Witness:
    def __init__(self, kept: Path) -> None:
        self.kept = kept
        self.seen: dict[str, list[dict[str, str]]] = {"passed": [], "failed": [], "broken": []}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        report: pytest.TestReport = yield
        if report.passed and call.when == "call":
            self.seen["passed"].append({"test": item.nodeid})
        elif report.failed or report.skipped:
            raised = call.excinfo.value if call.excinfo else None
            kind = "failed" if report.failed and call.when == "call" else "broken"
            self.seen[kind].append(_told(item.nodeid, call.when, raised))
        return report

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            told = {"test": report.nodeid, "when": "collect", "raised": "", "cause": ""}
            self.seen["broken"].append(told | {"message": str(report.longrepr)[-400:]})

    def pytest_sessionfinish(self) -> None:
        told = {"package": fanal.__file__, **self.seen}
        self.kept.write_text(json.dumps(told), encoding="utf-8")


def _told(test: str, when: str, raised: BaseException | None) -> dict[str, str]:
    return {
        "test": test,
        "when": when,
        "raised": _kind(raised),
        "cause": _kind(raised.__cause__ if raised else None),
        "message": str(raised).strip().split("\n")[0][:200],
    }


def _kind(raised: BaseException | None) -> str:
    return type(raised).__name__ if raised else ""
