"""Verify the whole journal: links, heads, seals, stamps, and what was kept elsewhere."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import psycopg
from cryptography.x509 import Certificate
from psycopg.pq import TransactionStatus

from fanal.ground.audit.canon import CONTENT, DIGEST
from fanal.ground.audit.findings import Finding, Verdict, number
from fanal.ground.audit.keeping import Seal, kept_heads, kept_seals
from fanal.ground.audit.seals import Document, read_document
from fanal.ground.audit.stamping import BadStamp, stamp_time
from fanal.ground.audit.terms import Flaw
from fanal.ground.audit.walking import LOOKED_AT, Known, Row, Walk

# Nothing of it was typed by anybody.
ROWS = f"""
COPY (
    SELECT l.chain, l.position, l.digest, l.previous, l.at, l.at = t.at,
           CASE WHEN t.id IS NOT NULL THEN l.digest = {DIGEST} END
      FROM public.audit_link l LEFT JOIN public.audit_trace t ON t.id = l.trace_id
     ORDER BY l.chain COLLATE "C", l.position
) TO STDOUT (FORMAT BINARY)
"""  # noqa: S608
CONTENTS = f"""
SELECT l.position, convert_to({CONTENT}, 'UTF8')
  FROM public.audit_link l JOIN public.audit_trace t ON t.id = l.trace_id
 WHERE l.chain = %s AND l.position > %s ORDER BY l.position LIMIT {LOOKED_AT}
"""  # noqa: S608
UNLINKED = """
SELECT t.xid < (SELECT xid FROM public.audit_horizon), t.at, count(*) OVER ()
  FROM public.audit_trace t
 WHERE NOT EXISTS (SELECT 1 FROM public.audit_link l WHERE l.trace_id = t.id)
 ORDER BY 1 DESC, t.at LIMIT 1
"""
KINDS = ["text", "int8", "bytea", "bytea", "timestamptz", "bool", "bool"]


def verify(
    connection: psycopg.Connection[Any],
    *,
    now: datetime,
    kept: Path | None = None,
    roots: tuple[Certificate, ...] = (),
    progress: Callable[[str], None] = lambda chain: None,
) -> Verdict:
    """
    Look at every row, in one reading of the database.

    Args:
        connection: of a role that row-level security does not stop.
        kept: the folder of the kept seals; without it, what the database lost together with its
            heads and seals is not seen.
        roots: certificates of the time-stamping authorities that are trusted.

    Raises:
        UnreadableFolder: the folder is not there, or was spoilt.
    """
    verdict = Verdict()
    alone = connection.info.transaction_status == TransactionStatus.IDLE
    with connection.transaction():
        if alone:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.execute("SET LOCAL work_mem = '256MB'")
        # What the owner of the database made to stand before PostgreSQL's own is not called.
        connection.execute("SET LOCAL search_path = pg_catalog")
        documents = _Seals(connection, kept=kept, roots=roots, verdict=verdict).read()
        known = _known(connection, documents, kept, verdict, now)
        _walk_all(connection, known, verdict, progress)
        _unlinked(connection, verdict)
    # A row says where the hand was; a seal, only that there was one.
    verdict.findings.sort(key=lambda one: one.flaw in (Flaw.SEAL, Flaw.EARLY))
    return verdict


class _Seals:
    """The seals of the database against themselves, their stamps and the kept ones."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        *,
        kept: Path | None,
        roots: tuple[Certificate, ...],
        verdict: Verdict,
    ) -> None:
        rows = connection.execute(
            "SELECT number, document, root, stamp FROM public.audit_seal ORDER BY number"
        )
        self.stored = {row[0]: Seal(*row) for row in rows}
        self.kept = {one.number: one for one in kept_seals(kept)} if kept else None
        self.roots = roots
        self.verdict = verdict

    def read(self) -> list[Document]:
        """Every document that holds, the oldest first; the kept one where they differ."""
        self._compare()
        seals = self.stored | (self.kept or {})
        documents: list[Document] = []
        for rank, key in enumerate(sorted(seals), start=1):
            if key != rank:
                self._wrong(f"le scellé n° {rank} manque")
                break
            former = seals[key - 1].root.hex() if key > 1 else ""
            document = self._document(seals[key], former)
            if document is None:
                break
            documents.append(document)
        self.verdict.seals = len(documents)
        return documents

    def _compare(self) -> None:
        if self.kept is None:
            return
        for key, kept in self.kept.items():
            stored = self.stored.get(key)
            if stored is None:
                self._wrong(f"la base n'a plus le scellé n° {key}, que le dossier a gardé")
            elif (stored.document, stored.root) != (kept.document, kept.root):
                self._wrong(f"le scellé n° {key} de la base n'est pas celui que le dossier a gardé")
        if absent := [key for key in self.stored if key not in self.kept]:
            self.verdict.notes.append(
                f"Le dossier des scellés n'a pas {number(len(absent))} scellé(s) de la base."
            )

    def _document(self, seal: Seal, former: str) -> Document | None:
        try:
            document = read_document(seal.document)
        except ValueError:
            self._wrong(f"le scellé n° {seal.number} ne se lit pas")
            return None
        if document.number != seal.number or document.previous != former:
            self._wrong(f"le scellé n° {seal.number} ne suit pas celui d'avant")
            return None
        if document.root() != seal.root or document.text() != seal.document:
            self._wrong(f"la racine du scellé n° {seal.number} n'est pas celle de son texte")
            return None
        self._stamp(seal)
        return document

    def _stamp(self, seal: Seal) -> None:
        if seal.stamp is None or not self.roots:
            return
        try:
            stamp_time(seal.stamp, root=seal.root, roots=self.roots)
        except BadStamp:
            self._wrong(f"le tampon du scellé n° {seal.number} n'est pas le sien")
        else:
            self.verdict.stamps += 1

    def _wrong(self, why: str) -> None:
        self.verdict.findings.append(Finding(Flaw.SEAL, why))


def _known(
    connection: psycopg.Connection[Any],
    documents: list[Document],
    kept: Path | None,
    verdict: Verdict,
    now: datetime,
) -> dict[str, Known]:
    known: dict[str, Known] = defaultdict(Known)
    for (chain,) in connection.execute("SELECT DISTINCT chain FROM public.audit_link"):
        known[chain].head = 0
    for chain, position, digest in connection.execute(
        "SELECT chain, position, digest FROM public.audit_head"
    ):
        known[chain].head = position
        known[chain].heads[position] = digest
    for document in documents:
        for one in document.chains:
            known[one.chain].stretches.append(one)
    for head in kept_heads(kept) if kept else ():
        known[head.chain].heads[head.position] = head.digest
    _expired(connection, documents, known, verdict, now)
    return known


def _expired(
    connection: psycopg.Connection[Any],
    documents: list[Document],
    known: dict[str, Known],
    verdict: Verdict,
    now: datetime,
) -> None:
    """Segments that are gone because their term came: the seal says when it was to come."""
    rows = connection.execute(
        "SELECT chain, first, last FROM public.audit_segment ORDER BY chain, first"
    )
    gone = {(chain, first, last) for chain, first, last in rows}
    for chain, one in known.items():
        for rank, stretch in enumerate(one.stretches):
            empty = stretch.last < stretch.first
            if not empty and (chain, stretch.first, stretch.last) not in gone:
                break
            if not empty:
                gone.discard((chain, stretch.first, stretch.last))
                verdict.expired += stretch.last - stretch.first + 1
                _in_time(chain, stretch.first, documents, verdict, now)
                one.expired = rank + 1
    for chain, first, _ in sorted(gone):
        why = "aucun scellé ne décrit ce segment dit expiré"
        verdict.findings.append(Finding(Flaw.EARLY, why, chain=chain, position=first))
    for one in known.values():
        last = one.stretches[one.expired - 1].last if one.expired else 0
        one.heads = {position: digest for position, digest in one.heads.items() if position > last}


def _in_time(
    chain: str, first: int, documents: list[Document], verdict: Verdict, now: datetime
) -> None:
    for document in documents:
        if any(one.chain == chain and one.first == first for one in document.chains):
            term = _later(datetime.fromisoformat(document.at), months=document.months)
            if term > now:
                why = f"son terme est le {term:%d/%m/%Y}"
                verdict.findings.append(Finding(Flaw.EARLY, why, chain=chain, position=first))
            return


def _later(at: datetime, *, months: int) -> datetime:
    """The same day, months later; the last of the month when it has no such day."""
    years, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def _walk_all(
    connection: psycopg.Connection[Any],
    known: dict[str, Known],
    verdict: Verdict,
    progress: Callable[[str], None],
) -> None:
    """One reading of all the links, chain after chain; then what only a second one can say."""
    walks = {chain: Walk(chain, one) for chain, one in known.items()}
    found: dict[str, Finding | None] = {}
    for chain, rows in groupby(_rows(connection), key=attrgetter("chain")):
        progress(chain)
        found[chain] = walks[chain].run(rows)
    for chain, walk in sorted(walks.items()):
        said = found[chain] if chain in found else walk.run(())
        if walk.suspect is not None:
            said = walk.moved(_contents(connection, chain, walk.suspect.position)) or said
        verdict.traces += walk.count
        verdict.chains += 1
        if said is not None:
            verdict.findings.append(said)


def _rows(connection: psycopg.Connection[Any]) -> Iterator[Row]:
    with connection.cursor() as cursor, cursor.copy(ROWS) as copy:
        copy.set_types(KINDS)
        for row in copy.rows():
            yield Row(*row)


def _contents(
    connection: psycopg.Connection[Any], chain: str, position: int
) -> list[tuple[int, bytes]]:
    return connection.execute(CONTENTS, [chain, position]).fetchall()


def _unlinked(connection: psycopg.Connection[Any], verdict: Verdict) -> None:
    row = connection.execute(UNLINKED).fetchone()
    if row is None:
        return
    behind, at, verdict.waiting = row
    if behind:
        why = "elle n'a pas de maillon, alors que de plus récentes en ont un"
        verdict.findings.append(Finding(Flaw.INSERTED, why, at=at))
