"""
``python making.py FILE``: play the demonstration, then the scenes that some screens still need.

Between the two it waits for a line, while the database is copied. What it did goes to FILE: the
letters that left, and every file of the project that it ran or read, with what was in it then.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[3]
LETTER = ("subject", "body", "to", "cc", "bcc")
# What draws a page is not Python, and is opened by none.
DRAWN_WITH = ("*.typ",)
# Imported with the addresses of the links, and run by nobody here.
OF_PAGES = {"views", "views.py", "forms", "forms.py", "urls.py", "templatetags"}
opened: set[str] = set()


def main() -> None:
    sys.addaudithook(note_opened)
    from fanal.config.database import close_connections, set_up_django

    set_up_django()
    from django.core import mail
    from django.db import transaction

    from browser.scenes import play
    from fanal.config.demonstration import seed

    mail.outbox = []
    now, spent = datetime.now(tz=UTC), time.process_time()
    seed(now=now)
    spent = time.process_time() - spent
    letters = [{name: getattr(one, name) for name in LETTER} for one in mail.outbox]
    close_connections()
    print("seeded", flush=True)
    sys.stdin.readline()
    with transaction.atomic():
        play(now=now)
    close_connections()
    done = {
        "seeded_at": now.isoformat(),
        "processor_seconds": spent,
        "letters": letters,
        "files": {str(path.relative_to(ROOT)): digest_of(path) for path in files()},
    }
    Path(sys.argv[1]).write_text(json.dumps(done), encoding="utf-8")


def note_opened(event: str, given: tuple[object, ...]) -> None:
    if event == "open" and isinstance(given[0], str):
        opened.add(given[0])


def files() -> list[Path]:
    """Of the project: modules that were imported, files that were read."""
    modules = {
        str(file) for one in list(sys.modules.values()) if (file := getattr(one, "__file__", None))
    }
    read = {Path(name) for name in modules | opened if not name.endswith(".pyc")}
    drawn = {path for shape in DRAWN_WITH for path in (ROOT / "src").rglob(shape)}
    kept = ROOT / "src", ROOT / "tests"
    return sorted(
        path
        for path in {one.resolve() for one in read | drawn}
        if path.is_file()
        and any(path.is_relative_to(folder) for folder in kept)
        and not OF_PAGES.intersection(path.parts)
    )


def digest_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


if __name__ == "__main__":
    main()
