"""What a conversation leaves in a browser that knew nothing: no word, no key, no reference."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from browser.house import HERE
from deadlines import deadline, wait_until
from fanal.config.postgres.roles import OWNER
from fanal.config.postgres.trials import TrialServer

ENOUGH = 60.0


def spellings(text: str) -> list[bytes]:
    """As a browser may write it down: its two encodings, and as an address."""
    percent = "".join(f"%{byte:02X}" if byte > 127 else chr(byte) for byte in text.encode())
    return [text.encode(), text.encode("utf-16-le"), percent.encode()]


def holding(profile: Path, text: str) -> list[str]:
    """The files of a profile in which this stands, by their bytes or by their name."""
    return [
        str(path.relative_to(profile))
        for path in profile.rglob("*")
        if text in path.name
        or (path.is_file() and any(one in path.read_bytes() for one in spellings(text)))
    ]


@pytest.fixture
def left(url: str, tmp_path: Path) -> dict[str, list[str]]:
    """Somebody came, talked and left; what they said, with which key."""
    path = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, HERE / "leaving.py", url, tmp_path],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=deadline(ENOUGH),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, list[str]] = json.loads(done.stdout)
    return said


def test_no_word_no_key_and_no_reference_stays_in_the_browser(
    left: dict[str, list[str]],
    url: str,
    tmp_path: Path,
    trial_server: TrialServer,
    played: str,
    worker_id: str,
) -> None:
    base = trial_server.login_url_for(f"{played}_{worker_id}", OWNER)
    with psycopg.connect(base) as owner:
        rows = owner.execute(
            "SELECT c.ref::text, m.text FROM chats_message m JOIN chats_conversation c"
            " ON c.id = m.conversation_id WHERE m.text LIKE 'zygomatique%'"
        ).fetchall()
    # They were really said, and kept where they must be.
    assert sorted(text for _, text in rows) == sorted(left["words"][:2])
    # One page, then the one that came back.
    assert len(left["keys"]) == 2

    assert [len(code.split()) for code in left["codes"]] == [5, 5]

    secret = [*left["words"], *left["keys"], *left["codes"], *{ref for ref, _ in rows}]
    # Half a sentence is a word too.
    secret += ["zygomatique"]
    kept = {text: found for text in secret if (found := holding(tmp_path, text))}
    assert kept == {}
    finds_what_is_there(tmp_path, url)


def finds_what_is_there(profile: Path, url: str) -> None:
    """
    The search does find what is kept, as the page says: that one came here.

    What the page calls is in the files of the browser as soon as it came; its history is written
    some seconds later, or never by an engine without windows.
    """
    kept = f"{urlsplit(url).netloc}/static/"
    assert wait_until(lambda: holding(profile, kept), what="what the page calls is kept")


@pytest.mark.parametrize("address", ["/parler/", "/ecrire/"])
def test_the_page_weighs_little(url: str, address: str) -> None:
    """As a service sends it: files compressed, the page itself whole."""
    page = fetched(url, address)
    called = set(re.findall(rb'(?:href|src)="(/static/[^"#]+)', page))
    assert len(called) > 8
    files = [gzip.compress(fetched(url, file.decode())) for file in called]
    weight = len(page) + sum(map(len, files))
    assert weight < 60_000, weight


def fetched(url: str, address: str) -> bytes:
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=deadline(ENOUGH))) as connection:
        connection.request("GET", address)
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read()
