"""Letters to PDF: PDF/A-2a to be kept, PDF/UA-1 to be read by everyone."""

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from fanal.ground.documents.contents import Letter
from fanal.ground.documents.inputs import inputs

LETTERS = Path(__file__).parent / "letters"
FONTS = Path(__file__).parent / "fonts"
# The compiler keeps what it has read and laid out; it serves one letter at a time.
_one_at_a_time = Lock()


@cache
def _compiler() -> typst.Compiler:
    # The fonts of the machine would make the same letter differ from one server to another.
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(root=str(LETTERS), font_paths=fonts)


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


def _print(letter: Letter, said: dict[str, Any]) -> bytes:
    with _one_at_a_time:
        pdf = _compiler().compile(
            input=LETTERS / f"{letter.kind.value}.typ",
            format="pdf",
            sys_inputs={"letter": json.dumps(said, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(letter.heading.written_at.timestamp()),
        )
    if not isinstance(pdf, bytes):
        raise TypeError("the compiler gave no PDF")
    return pdf
