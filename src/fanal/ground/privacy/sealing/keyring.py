"""
The public half of the sealing key in use, in a file beside the configuration.

Not in the database: whoever writes there could put a key of their own in its place. Nothing
secret is in it, and the shares make it again if it is lost.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path

from fanal.ground.privacy.sealing.keys import KeyId, PublicKey

_read: dict[Path, tuple[tuple[int, int], list[PublicKey]]] = {}


def known_keys(path: Path) -> list[PublicKey]:
    """From the oldest to the one in use; empty before the first ceremony."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return []
    mark = (stat.st_mtime_ns, stat.st_size)
    kept = _read.get(path)
    if kept is None or kept[0] != mark:
        written = json.loads(path.read_text(encoding="utf-8"))
        keys = [PublicKey(read_id(one["id"]), b64decode(one["public"])) for one in written["keys"]]
        _read[path] = kept = (mark, keys)
    return kept[1]


def add_key(path: Path, key: PublicKey) -> None:
    """From now on, this key seals. The file is replaced whole."""
    _write(path, [*(one for one in known_keys(path) if one.id != key.id), key])


def put_back(path: Path, keys: list[PublicKey]) -> None:
    """Keys that were lost, before those that are known: the one that seals goes on sealing."""
    known = known_keys(path)
    there = {one.id for one in known}
    _write(path, [*(one for one in keys if one.id not in there), *known])


def _write(path: Path, keys: list[PublicKey]) -> None:
    written = {"keys": [{"id": str(one.id), "public": b64encode(one.raw).decode()} for one in keys]}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_suffix(".half")
    half.write_text(json.dumps(written, indent=1), encoding="utf-8")
    half.replace(path)
    os.utime(path)


def read_id(written: str) -> KeyId:
    """A key's name as ``str`` writes it."""
    fingerprint, _, generation = written.partition("-")
    return KeyId(bytes.fromhex(fingerprint), int(generation))
