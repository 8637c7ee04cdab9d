"""Reading a printed letter back, and checking that everyone can read it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import outloud
import pytest

from fanal.ground.documents.characters import ZERO_WIDTH_SPACE


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, every blank counted as one space."""
    if shutil.which("pdftotext") is None:
        pytest.fail("L'outil pdftotext manque : installez le paquet Debian poppler-utils.")
    out = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    pages = out.stdout.decode().removesuffix("\f").split("\f")
    return [re.sub(r"\s+", " ", page.replace(ZERO_WIDTH_SPACE, "")).strip() for page in pages]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


def findings_in(pdf: bytes, folder: Path) -> list[str]:
    """What an accessibility checker has to say against a PDF: errors and warnings."""
    path = folder / "letter.pdf"
    path.write_bytes(pdf)
    result = outloud.check(str(path))
    assert result.error is None, result.error
    return [f"{one.rule} {one.message}" for one in result.findings if one.severity != "info"]
