"""Reading a printed letter back, and checking that everyone can read it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import outloud
import pikepdf
import pypdfium2

from fanal.ground.documents.characters import ZERO_WIDTH_SPACE

# Six capitals before a font's name: only those of its letters that are printed are in the file.
SUBSET = re.compile(r"/[A-Z]{6}\+")


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, every blank counted as one space."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_flowing(page.get_textpage().get_text_range()) for page in document]


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


def text_within(pdf: bytes, *, left: float, top: float, width: float, height: float) -> str:
    """The text in a part of the first page, in points from its upper left corner."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        upper = page.get_height() - top
        box = (left, upper - height, left + width, upper)
        return _flowing(page.get_textpage().get_text_bounded(*box))


def is_tagged(pdf: bytes) -> bool:
    with pikepdf.open(BytesIO(pdf)) as document:
        return bool(document.Root.get("/MarkInfo", {}).get("/Marked", False))


def fonts_of(pdf: bytes) -> dict[str, tuple[bool, bool, bool]]:
    """By name: is it in the file, in part only, and with what each of its letters means?"""
    found = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        held = [one for one in document.objects if _is_font(one)]
        inside = {one.objgen for font in held for one in font.get("/DescendantFonts", [])}
        for font in held:
            if font.objgen not in inside:
                described = next(iter(font.get("/DescendantFonts", [font])))
                found[str(font.BaseFont)] = (
                    any(key.startswith("/FontFile") for key in described.FontDescriptor),
                    SUBSET.match(str(font.BaseFont)) is not None,
                    "/ToUnicode" in font,
                )
    return found


def findings_in(pdf: bytes, folder: Path) -> list[str]:
    """What an accessibility checker has to say against a PDF: errors and warnings."""
    path = folder / "letter.pdf"
    path.write_bytes(pdf)
    result = outloud.check(str(path))
    assert result.error is None, result.error
    return [f"{one.rule} {one.message}" for one in result.findings if one.severity != "info"]


def _is_font(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Font"


def _flowing(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(ZERO_WIDTH_SPACE, "")).strip()
