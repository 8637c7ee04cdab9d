"""
A process that has imported what is not ours, and from which each run of pytest begins.

One line of JSON in: the arguments of pytest and where its witness writes. One line out: how it
ended. Nothing of Fanal is imported here: each run imports it as it stands at that moment.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path

# What takes long to import, and does not ask which settings Django has.
HEAVY = (
    "pytest", "_pytest.junitxml", "_pytest.terminal", "_pytest.subtests",
    "hypothesis.strategies", "hypothesis.stateful",
    "_hypothesis_pytestplugin", "schemathesis.pytest.plugin", "pytest_django.plugin",
    "faker.factory", "faker.proxy", "factory.django", "xdist.plugin", "anyio.pytest_plugin",
    "psycopg", "psycopg_pool", "django.test", "django.test.client", "django.forms",
    "django.views.generic", "django.template.loader_tags", "django.db.backends.postgresql.base",
    "cryptography.fernet", "cryptography.hazmat.primitives.serialization", "jwt", "pydantic",
    "typst", "holidays", "procrastinate", "phonenumbers", "numpy", "asgiref.sync",
    "csp.constants", "shamir_mnemonic", "qrcode", "playwright.sync_api",
)  # fmt: skip


def main() -> None:
    for name in HEAVY:
        # What asks for more than is here is imported by each run, later.
        with suppress(Exception):
            importlib.import_module(name)
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            # A test that its fault keeps waiting for ever has noticed nothing.
            signal.alarm(asked["seconds"])
            _run(asked["arguments"], Path(asked["witness"]), Path(asked["output"]))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(arguments: list[str], kept: Path, output: Path) -> None:
    """In the child, which never comes back."""
    code = 70
    try:
        with output.open("w", encoding="utf-8") as written:
            os.dup2(written.fileno(), 1)
            os.dup2(written.fileno(), 2)
            nothing = os.open(os.devnull, os.O_RDONLY)
            os.dup2(nothing, 0)
        import pytest

        from house.witness import Witness

        code = int(pytest.main(arguments, plugins=[Witness(kept)]))
    except BaseException:  # noqa: BLE001 — said, and ended below whatever it is
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
