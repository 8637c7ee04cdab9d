"""The releases of a ledger, as the attacks see them, and whether today's data still agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.release.counts import count
from fanal.engines.disclosure.release.record import from_record
from fanal.engines.disclosure.release.refusals import NotReleased, Reason
from fanal.engines.disclosure.release.rows import Rows


def earlier(entries: Iterable[Mapping[str, Any]], *, series: str) -> list[Published]:
    """
    What the series has published, oldest first; private releases bound no cell and are left out.

    Raises:
        NotReleased: an entry of the ledger is not one that this version can read.
    """
    try:
        return [
            from_record(record, release=str(entry["name"]))
            for entry in entries
            if entry["series"] == series
            for record in entry["tables"]
            if "cells" in record
        ]
    except (KeyError, TypeError, ValueError, IndexError):
        raise NotReleased(
            Reason.LEDGER, "Le registre contient une publication que cette version ne lit pas."
        ) from None


def columns_of(history: Sequence[Published]) -> list[str]:
    return list(dict.fromkeys(d.name for one in history for d in one.table.dimensions))


def check_agreement(history: Sequence[Published], rows: Rows) -> None:
    """
    The attacks take all releases of a series for counts of the same people. If rows were added or
    corrected since, a difference between two releases is a count of those rows.

    Args:
        rows: all the people of the data, with the columns of the earlier releases.

    Raises:
        NotReleased: some earlier figure cannot be found again in these data.
    """
    for one in history:
        codes, values = dict(rows.codes), dict(rows.values)
        held = np.ones(len(rows.people), dtype=bool)
        for dimension in one.table.dimensions:
            places = {atom: place for place, atom in enumerate(dimension.atoms)}
            new = np.array([places.get(v, -1) for v in rows.values[dimension.name]], dtype=np.int64)
            codes[dimension.name] = new[rows.codes[dimension.name]]
            values[dimension.name] = dimension.atoms
            held &= codes[dimension.name] >= 0
        inside = Rows(
            values, {n: c[held] for n, c in codes.items()}, rows.people[held], rows.digest
        )
        counts = count(one.table, inside)
        wrong = int((~one.hidden & ((counts < one.low) | (counts > one.high))).sum())
        if wrong:
            raise NotReleased(
                Reason.LEDGER,
                f"Les données ne redonnent plus {wrong} chiffre(s) de la publication "
                f"« {one.release} » : des cas ont été ajoutés ou corrigés depuis. La différence "
                "des deux publications les compterait. Ajoutez aux données une colonne qui dise "
                "quand chaque cas est entré, et limitez-y chaque publication (« population »), ou "
                "ouvrez une autre série et ne publiez plus celle-ci.",
            )
