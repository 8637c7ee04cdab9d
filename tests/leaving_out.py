"""
What this run need not try: a pytest plugin.

``FANAL_TESTS=quick`` leaves out what asks for a database or a browser. ``make test`` leaves out the
suites of engines that are proved already (``proved.py``); naming their files runs them all the
same. ``FANAL_TESTS=whole`` leaves nothing out, and keeps what it proved.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

import proved
from beginnings import asks_for_database
from sizes import QUICK, WHOLE

# From the process that leads to the others: reading all the imports takes a second.
LEFT_OUT = "FANAL_LEFT_OUT"
COMPILE = ("make", "--silent", ".venv/kernels-compiled")
SLOW_FOLDERS = (proved.TESTS / "browser", proved.TESTS / "walls")


class LeavingOut:
    def __init__(self, config: pytest.Config) -> None:
        self.leads = not hasattr(config, "workerinput")
        self.files = self._files(config)
        self.tried: set[Path] = set()
        self.failed: set[Path] = set()

    def _files(self, config: pytest.Config) -> dict[str, str]:
        if self.leads:
            files = {} if WHOLE or _named(config) else proved.left_out()
            os.environ[LEFT_OUT] = json.dumps({str(file): s.name for file, s in files.items()})
            if not _named(config) and not QUICK and proved.must_compile(files):
                # Once, and not in each process that comes to an engine.
                subprocess.run(COMPILE, cwd=proved.ROOT, check=True)
        found: dict[str, str] = json.loads(os.environ[LEFT_OUT])
        return found

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        quick = QUICK and collection_path in SLOW_FOLDERS
        return True if quick or str(collection_path) in self.files else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        if QUICK:
            slow = [item for item in items if asks_for_database(item)]
            config.hook.pytest_deselected(items=slow)
            items[:] = [item for item in items if not asks_for_database(item)]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        file = proved.ROOT / report.nodeid.partition("::")[0]
        self.tried.add(file)
        if report.failed:
            self.failed.add(file)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        option = session.config.option
        narrowed = option.keyword or option.markexpr or getattr(option, "lf", False)
        if self.leads and WHOLE and not narrowed:
            passed = self.tried - self.failed
            proved.keep([s.name for s in proved.suites() if set(s.files()) <= passed])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.files:
            names = ", ".join(sorted(set(self.files.values())))
            terminalreporter.write_line(
                f"Prouvés et inchangés, non rejoués ({len(self.files)} fichiers) : {names}. "
                "« make whole » les rejoue."
            )


def _named(config: pytest.Config) -> bool:
    """Whether whoever runs the tests named something inside those that may be left out."""
    named = [Path(argument.partition("::")[0]).resolve() for argument in config.args]
    may_be = (proved.ENGINES, proved.TESTS.joinpath(*proved.COMMANDS))
    return any(path.is_relative_to(folder) for path in named for folder in may_be)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LeavingOut(config))
