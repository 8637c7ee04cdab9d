"""The document of a seal: where every chain stood, in words that anybody can hash again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from fanal.ground.audit.merkle import Tree, root_of

FORMAT = "fanal-seal-1"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The links of one chain since the former seal; ``last < first`` when there is none."""

    chain: str
    first: int
    last: int
    # The link before ``first``, and the last one, in hexadecimal.
    before: str
    digest: str
    # Merkle root of the links' digests.
    links: str


@dataclass(frozen=True, slots=True)
class Document:
    number: int
    at: str
    # Root of the seal before, so that seals are a chain too.
    previous: str
    # How long, that day, a trace had to stay.
    months: int
    chains: tuple[Stretch, ...]

    def text(self) -> str:
        return _text({"format": FORMAT} | asdict(self))

    def root(self) -> bytes:
        """Merkle root of the heading and of each chain."""
        heading = {key: value for key, value in asdict(self).items() if key != "chains"}
        parts = [{"format": FORMAT} | heading, *(asdict(one) for one in self.chains)]
        return root_of(_text(part).encode() for part in parts)


def read_document(text: str) -> Document:
    """
    Raises:
        ValueError: it is no document of this format.
    """
    found = json.loads(text)
    try:
        if found.pop("format") != FORMAT:
            raise ValueError(text[:40])
        chains = tuple(Stretch(**one) for one in found.pop("chains"))
        return Document(**found, chains=chains)
    except (TypeError, KeyError, AttributeError):
        raise ValueError(text[:40]) from None


def stretch(
    *, chain: str, former: Stretch | None, head: tuple[int, bytes], links: Iterable[bytes]
) -> Stretch:
    tree = Tree()
    for digest in links:
        tree.add(digest)
    position, digest = head
    return Stretch(
        chain=chain,
        first=former.last + 1 if former else 1,
        last=position,
        before=former.digest if former else bytes(32).hex(),
        digest=digest.hex(),
        links=tree.root().hex(),
    )


def moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _text(part: dict[str, Any]) -> str:
    return json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
