"""Custodians at work: a ceremony, their shares, and the key agent of this machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from deadlines import wait_until
from fanal.config.commands.contents import Contents
from fanal.ground.privacy.sealing.agent import ask_agent, socket_address


@pytest.fixture
def custody(settings: Any) -> Iterator[Path]:
    """Keys kept by custodians, in a folder whose name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="fanal-") as folder:
        settings.FANAL_KEY_KEEPER = "agent"
        settings.FANAL_KEYRING = Path(folder) / "keyring.json"
        settings.FANAL_KEY_SOCKET = socket_address(Path(folder))
        yield Path(folder)


def _answers(process: subprocess.Popen[bytes], socket: Path) -> bool:
    assert process.poll() is None
    return ask_agent(socket, {"ask": "status"}) is not None


@contextmanager
def agent_runs(socket: Path, keyring: Path) -> Iterator[None]:
    """The agent that holds the keys, from its first answer to the end of the block."""
    told = [str(socket), str(keyring)]
    process = subprocess.Popen([sys.executable, "-m", "fanal.config.key_agent", *told])
    try:
        wait_until(lambda: _answers(process, socket), seconds=20)
        yield
    finally:
        process.terminate()
        process.wait()


def fanal(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(Contents(name="fanal"), ["keys", *words], input=typed)


def hold_ceremony(*options: str) -> list[str]:
    """The three shares, as each custodian copied theirs from the screen."""
    held = fanal("ceremony", *options, typed="\n" * 6)
    assert held.exit_code == 0, held.output
    words = re.findall(r"(?<!\S)\d{1,2} ([a-z]+)", held.stdout)
    assert len(words) == 99
    return [" ".join(words[start : start + 33]) for start in (0, 33, 66)]
