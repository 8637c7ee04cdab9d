"""JSON Lines, one physical line at a time: a bad line is a message, never the end of the file."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from fanal.detect.concerns.schema.strings import printable
from fanal.ground.errors import Refusal

LONGEST_LINE = 1_048_576
LONGEST_NUMBER = 20
SKIPPED_AT_ONCE = 65_536
BOM = b"\xef\xbb\xbf"
BLANK = b" \t\r\n"

TOO_LONG = "Ligne trop longue (1 Mio au plus) : une fiche ne contient que du texte."


class Unreadable(Refusal):
    message = "Cette ligne n'est pas lisible."


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line that is not blank: its object, or the errors that replace it."""

    number: int
    data: dict[str, Any] | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)


def read_lines(stream: BinaryIO) -> Iterator[Line]:
    """
    Each line that is not blank, numbered from 1 as a text editor does.

    A line ends at LF, with or without CR; memory does not grow with the file nor with a line.
    """
    number = 0
    while raw := stream.readline(LONGEST_LINE + 2):
        number += 1
        if len(raw.rstrip(b"\r\n")) > LONGEST_LINE or not _is_whole(raw):
            _skip_line(stream, raw)
            yield Line(number, errors={"_line": [TOO_LONG]})
            continue
        if number == 1:
            raw = raw.removeprefix(BOM)
        if raw.strip(BLANK):
            yield _line(number, raw)


def _is_whole(raw: bytes) -> bool:
    """Ends at a line feed, or at the end of the file."""
    return raw.endswith(b"\n") or len(raw) < LONGEST_LINE + 2


def _skip_line(stream: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(SKIPPED_AT_ONCE)


def _line(number: int, raw: bytes) -> Line:
    try:
        return Line(number, data=read_object(raw))
    except Unreadable as refusal:
        return Line(number, errors={"_line": [refusal.message]})


def read_object(raw: bytes) -> dict[str, Any]:
    """
    One JSON object, with no ambiguity: a repeated field or a number out of bounds is refused.

    Raises:
        Unreadable: with a French message that says what to mend.
    """
    try:
        value = json.loads(
            raw.strip(BLANK).decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_no_constant,
        )
    except UnicodeDecodeError:
        raise Unreadable(
            "Ce texte n'est pas en UTF-8 : enregistrez le fichier dans cet encodage."
        ) from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"Ce n'est pas du JSON valide (vers le caractère {error.pos + 1}) : écrivez une fiche "
            "entière par ligne, entre accolades."
        ) from None
    except RecursionError:
        raise Unreadable(
            "Trop d'accolades ou de crochets emboîtés : une fiche n'en a que trois niveaux."
        ) from None
    if not isinstance(value, dict):
        raise Unreadable("Écrivez un objet entre accolades : une fiche par ligne.")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, value in pairs:
        if key in fields:
            raise Unreadable(
                f"Le champ « {printable(key)} » est écrit deux fois : gardez-en un seul."
            )
        fields[key] = value
    return fields


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise Unreadable("Un nombre est bien trop grand : corrigez-le.")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if len(digits) > 3 * LONGEST_NUMBER or not math.isfinite(number):
        raise Unreadable("Un nombre est bien trop grand : corrigez-le.")
    return number


def _no_constant(name: str) -> Any:
    raise Unreadable(f"« {name} » n'est pas une valeur JSON : retirez-la.")
