"""A file opened, decoded and parsed; what goes wrong is said with its line."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

from fanal.engines.placement.refusals import Code, NotPlaced

LARGEST_FILE = 512 * 2**20
GZIP = b"\x1f\x8b"
SHOWN = 60


def unreadable(detail: str) -> NotPlaced:
    return NotPlaced(Code.UNREADABLE, detail)


def shown(value: Any) -> str:
    """What was written, cut short: a refusal is one line."""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    said = " ".join(said[: 2 * SHOWN].split())
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}…"


def text_of(path: Path) -> str:
    """The text of a file, gzip or not."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise unreadable("Il est trop gros.")
        content = path.read_bytes()
        if content.startswith(GZIP):
            content = _opened(path)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise unreadable(f"Ligne {line} : ce n'est pas du texte en UTF-8.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise unreadable("Il est comprimé, et abîmé.") from None
    except FileNotFoundError:
        raise unreadable(f"{path} n'existe pas.") from None
    except OSError:
        raise unreadable(f"{path} ne s'ouvre pas.") from None
    if not text.strip():
        raise unreadable("Il est vide.")
    return text


def _opened(path: Path) -> bytes:
    with gzip.open(path) as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise unreadable("Il est trop gros, une fois décomprimé.")
    return content


def document_of(text: str) -> dict[str, Any]:
    """A JSON object, without a key given twice nor a number that is none."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise unreadable(f"« {shown(twice)} » y est donné deux fois.")
        return made

    def number(name: str) -> Any:
        line = text.count("\n", 0, text.find(name)) + 1
        raise unreadable(f"Ligne {line} : « {name} » n'est pas un nombre.")

    try:
        document = json.loads(text, object_pairs_hook=once, parse_constant=number)
    except json.JSONDecodeError as error:
        raise unreadable(
            f"Ligne {error.lineno}, colonne {error.colno} : ce n'est pas du JSON."
        ) from None
    except RecursionError:
        raise unreadable("Trop de crochets y sont ouverts les uns dans les autres.") from None
    except NotPlaced:
        raise
    except ValueError:
        raise unreadable("Un nombre y a trop de chiffres.") from None
    if not isinstance(document, dict):
        raise unreadable("Il faut un objet JSON, avec ses colonnes.")
    return document
