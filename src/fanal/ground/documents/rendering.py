"""Letters to PDF: PDF/A-2a to be kept, PDF/UA-1 to be read by everyone."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from fanal.ground.documents.characters import printable
from fanal.ground.documents.contents import Letter
from fanal.ground.documents.inputs import inputs

LETTERS = Path(__file__).parent / "letters"
FONTS = Path(__file__).parent / "fonts"
# The compiler keeps what it has read and laid out; it serves one letter at a time.
_one_at_a_time = Lock()


@cache
def _compiler(root: Path = LETTERS) -> typst.Compiler:
    # The fonts of the machine would make the same letter differ from one server to another.
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(root=str(root), font_paths=fonts)


def render(letter: Letter) -> bytes:
    """
    Print a letter.

    What people wrote reaches the template as data, never as source. The same letter gives
    the same bytes: the date of the file is the heading's.
    """
    try:
        return _print(letter, inputs(letter))
    except typst.TypstError:
        # Rare: an accent over a letter that its font does not know. It is written as a number.
        return _print(letter, inputs(letter, marks=False))


def render_page(template: Path, said: dict[str, Any], *, written_at: datetime) -> bytes:
    """
    Print a page that is no letter, of another room; the same words give the same bytes.

    Args:
        template: reads what is said as ``sys.inputs.page``; what it imports is in its folder.
        said: texts, numbers, lists and dictionaries.
    """
    try:
        return _compile(template, {"page": _printable(said)}, written_at)
    except typst.TypstError:
        return _compile(template, {"page": _printable(said, marks=False)}, written_at)


def _printable(said: Any, *, marks: bool = True) -> Any:
    if isinstance(said, str):
        return printable(said, marks=marks)
    if isinstance(said, dict):
        return {key: _printable(value, marks=marks) for key, value in said.items()}
    return [_printable(one, marks=marks) for one in said] if isinstance(said, list) else said


def _print(letter: Letter, said: dict[str, Any]) -> bytes:
    template = LETTERS / f"{letter.kind.value}.typ"
    return _compile(template, {"letter": said}, letter.heading.written_at)


def _compile(template: Path, said: dict[str, Any], written_at: datetime) -> bytes:
    with _one_at_a_time:
        pdf = _compiler(template.parent).compile(
            input=template,
            format="pdf",
            sys_inputs={key: json.dumps(one, ensure_ascii=False) for key, one in said.items()},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(written_at.timestamp()),
        )
    if not isinstance(pdf, bytes):
        raise TypeError("the compiler gave no PDF")
    return pdf
