"""Walk one chain from its oldest link to its newest, and stop at the first that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from fanal.ground.audit.canon import BEGINNING, link_digest
from fanal.ground.audit.findings import Finding
from fanal.ground.audit.merkle import Tree
from fanal.ground.audit.seals import Stretch
from fanal.ground.audit.terms import Flaw

# How far to look ahead for the trace that stood here.
LOOKED_AT = 5_000
# Two acts of one hour may be linked in either order; a day apart, a clock or a hand went back.
BACKWARDS = timedelta(days=1)


class Row(NamedTuple):
    """One link; ``holds`` when its digest is that of its trace."""

    chain: str
    position: int
    digest: bytes
    previous: bytes
    at: datetime
    # None when the trace is gone.
    same_at: bool | None
    holds: bool | None


@dataclass(slots=True)
class Known:
    """What is known of a chain from elsewhere than its links."""

    # Stretches that seals describe, the oldest first; some of them expired.
    stretches: list[Stretch] = field(default_factory=list)
    expired: int = 0
    # Links witnessed: position, digest.
    heads: dict[int, bytes] = field(default_factory=dict)
    head: int = 0


class Walk:
    """After ``run``: ``count`` traces seen, and ``found`` when something is wrong."""

    def __init__(self, chain: str, known: Known) -> None:
        self.chain = chain
        # A link whose trace is not the one it sealed.
        self.suspect: Row | None = None
        self.known = known
        self.count = 0
        self.position = 0
        self.previous = BEGINNING
        self._newest: datetime | None = None
        self._tree = Tree()
        self._stretches = iter(known.stretches)
        for _ in range(known.expired):
            gone = next(self._stretches)
            self.position, self.previous = gone.last, bytes.fromhex(gone.digest)
        self._stretch = next(self._stretches, None)

    def run(self, rows: Iterable[Row]) -> Finding | None:
        steps = iter(rows)
        for row in steps:
            found = self._step(row, steps)
            if found is not None:
                return found
        return self._end()

    def _step(self, row: Row, ahead: Iterator[Row]) -> Finding | None:
        expected = self.position + 1
        if row.position != expected:
            why = "son maillon manque entre deux autres"
            return self._finding(Flaw.REMOVED, why, expected)
        if row.holds is None:
            return self._finding(Flaw.REMOVED, "il reste son maillon seul", expected, row.at)
        if row.previous != self.previous:
            return self._broken(row, ahead)
        if not row.holds:
            return self._altered(row)
        if not row.same_at:
            why = "la date de son maillon n'est pas la sienne"
            return self._finding(Flaw.ALTERED, why, expected, row.at)
        self.position, self.previous = expected, row.digest
        self.count += 1
        return self._against_the_clock(row) or self._against_witnesses(row)

    def _broken(self, row: Row, ahead: Iterator[Row]) -> Finding:
        if any(one.previous == self.previous for one in _some(ahead)):
            why = "les maillons ne sont plus dans leur ordre"
            return self._finding(Flaw.MOVED, why, row.position, row.at)
        why = "il ne tient pas au maillon d'avant"
        return self._finding(Flaw.REPLACED, why, row.position, row.at)

    def _altered(self, row: Row) -> Finding:
        self.suspect = row
        why = "son contenu n'est plus celui que son maillon a scellé"
        return self._finding(Flaw.ALTERED, why, row.position, row.at)

    def moved(self, contents: Iterable[tuple[int, bytes]]) -> Finding | None:
        """Whether what the suspect link sealed now stands further on, among these."""
        row = self.suspect
        for position, content in contents if row else ():
            if row and row.digest == link_digest(
                chain=self.chain, position=row.position, previous=self.previous, content=content
            ):
                why = f"celle qui était ici est maintenant à la position {position}"
                return self._finding(Flaw.MOVED, why, row.position, row.at)
        return None

    def _against_the_clock(self, row: Row) -> Finding | None:
        if self._newest is not None and row.at < self._newest - BACKWARDS:
            why = f"elle suit une trace du {self._newest:%d/%m/%Y}"
            return self._finding(Flaw.INSERTED, why, row.position, row.at)
        if self._newest is None or row.at > self._newest:
            self._newest = row.at
        return None

    def _against_witnesses(self, row: Row) -> Finding | None:
        if self._stretch is not None:
            self._tree.add(row.digest)
        witness = self.known.heads.get(row.position)
        if witness is not None and witness != row.digest:
            why = "le maillon n'est pas celui que le dossier des scellés a gardé"
            return self._finding(Flaw.REWRITTEN, why, row.position, row.at)
        while self._stretch is not None and self._stretch.last <= row.position:
            if self._differs(self._stretch, row):
                why = f"un scellé en dit autre chose depuis la position {self._stretch.first}"
                return self._finding(Flaw.REWRITTEN, why, row.position, row.at)
            self._stretch = next(self._stretches, None)
            self._tree = Tree()
        return None

    def _differs(self, sealed: Stretch, row: Row) -> bool:
        if sealed.last < sealed.first:
            return sealed.last == row.position and sealed.digest != row.digest.hex()
        return (
            sealed.last != row.position
            or sealed.digest != row.digest.hex()
            or sealed.links != self._tree.root().hex()
        )

    def _end(self) -> Finding | None:
        after = self.position + 1
        rest = [one.last for one in (self._stretch, *self._stretches) if one is not None]
        furthest = max([self.known.head, *self.known.heads, *rest], default=0)
        if furthest > self.position:
            why = f"la chaîne allait jusqu'à la position {furthest}"
            return self._finding(Flaw.CUT, why, after)
        if self.known.head < self.position:
            why = "des maillons suivent la tête de la chaîne"
            return self._finding(Flaw.INSERTED, why, self.known.head + 1)
        return None

    def _finding(self, flaw: Flaw, why: str, position: int, at: datetime | None = None) -> Finding:
        return Finding(flaw=flaw, why=why, chain=self.chain, position=position, at=at)


def _some(rows: Iterator[Row]) -> Iterator[Row]:
    for _, row in zip(range(LOOKED_AT), rows, strict=False):
        yield row
