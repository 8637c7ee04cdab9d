"""Private tables: noise on the finest cells, margins added up after it, small results hidden."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.budget import budget
from fanal.engines.disclosure.cubes import Table
from fanal.engines.disclosure.ledger import Ledger
from fanal.engines.disclosure.policies import Policy
from fanal.engines.disclosure.private import Mechanism, meaning
from fanal.engines.disclosure.release.counts import finest, incidence
from fanal.engines.disclosure.release.frames import Frame
from fanal.engines.disclosure.release.outcome import Outcome, Printed
from fanal.engines.disclosure.release.record import structure
from fanal.engines.disclosure.release.refusals import NotReleased, Reason
from fanal.engines.disclosure.release.rules import check_private

Wholes = npt.NDArray[np.int64]


def protect(
    made: Frame,
    rule: Policy,
    _history: Sequence[Published],
    entries: Sequence[Mapping[str, Any]],
    _data: Path,
    _ledger: Ledger,
    progress: Callable[[str], None],
) -> Outcome:
    """
    Raises:
        NotReleased: too fine for noise, or the same question was already answered.
        Exhausted: the budget of the series does not allow it.
    """
    check_private(made)
    epsilon = float(made.spec.epsilon or 0)
    question = question_of(made)
    refuse_again(entries, made.spec.series, question)
    after = budget(entries, series=made.spec.series, total=rule.epsilon_total).after(epsilon)
    progress("Bruit")
    mechanism = Mechanism(epsilon / len(made.tables))
    printed = []
    for number, table in enumerate(made.tables):
        codes, cells = classes(table, finest(table, made.rows))
        values = nearest(margins(mechanism(cells), codes), rule.rounding)
        error = mechanism.error_of_sums(margins(np.ones(cells.shape, dtype=np.int64), codes))
        printed.append(
            Printed(
                table, values, values < rule.threshold, None, None, made.crossed(number),
                error + rule.rounding // 2,
            )
        )  # fmt: skip
    left = f"{after.left:g}".replace(".", ",")
    total = f"{rule.epsilon_total:g}".replace(".", ",")
    return Outcome(
        printed=printed,
        records=[{**structure(_bare(made, number)), "question": question}
                 for number in range(len(made.tables))],
        verdict={"sound": True, "attacks": {}, "privacy": {
            "epsilon": epsilon, "epsilon_of_each_table": mechanism.epsilon,
            "epsilon_left": after.left,
            "error_of_95_percent": mechanism.error_at(),
            "noise": "OpenDP, Laplace discret",
        }},
        told=[
            meaning(epsilon),
            f"Il reste ε = {left} sur {total} pour toute la série.",
            "Chaque case fine est bruitée, et les totaux sont les sommes de cases bruitées : "
            "« marge_95 » dit l'erreur que 19 chiffres sur 20 ne dépassent pas.",
            f"Un résultat sous {rule.threshold} est masqué : il dirait surtout le bruit.",
        ],
        epsilon=epsilon,
    )  # fmt: skip


def question_of(made: Frame) -> str:
    """The same for two requests of the same tables on the same people."""
    asked = [structure(_bare(made, number)) for number in range(len(made.tables))]
    for one in asked:
        one.pop("name")
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def refuse_again(entries: Sequence[Mapping[str, Any]], series: str, question: str) -> None:
    """
    Asked twice, the answers could be averaged: the second is the first.

    Raises:
        NotReleased: it was already published.
    """
    for entry in entries:
        asked = {record.get("question") for record in entry.get("tables", ())}
        if entry.get("series") == series and question in asked:
            raise NotReleased(
                Reason.ALREADY_RELEASED,
                f"Ces tableaux sont déjà publiés (« {entry['name']} ») : reprenez-les, le budget "
                "n'est pas dépensé deux fois.",
            )


def classes(table: Table, atoms: Wholes) -> tuple[list[Wholes], Wholes]:
    """
    Cells no finer than what the table tells apart, so that no more noise is added than needed.

    Returns:
        For each axis the classes of each code, 0 or 1, and the counts of the classes.
    """
    codes = []
    for axis, dimension in enumerate(table.dimensions):
        if atoms.shape[axis] == 1:
            codes.append(np.ones((1, 1), dtype=np.int64))
            continue
        held = incidence(table, dimension)
        signatures, where = np.unique(held, axis=1, return_inverse=True)
        merged = np.zeros((signatures.shape[1], held.shape[1]), dtype=np.int64)
        merged[where.ravel(), np.arange(held.shape[1])] = 1
        told = signatures.any(axis=0)
        codes.append(signatures[:, told])
        atoms = np.moveaxis(np.tensordot(merged[told], atoms, (1, axis)), 0, axis)
    return codes, np.ascontiguousarray(atoms)


def margins(noisy: Wholes, codes: Sequence[Wholes]) -> Wholes:
    """Every cell of the table, as a sum of noisy ones; never under 0."""
    for axis, held in enumerate(codes):
        noisy = np.moveaxis(np.tensordot(held, noisy, (1, axis)), 0, axis)
    return np.maximum(np.ascontiguousarray(noisy), 0)


def nearest(values: Wholes, base: int) -> Wholes:
    return (values + base // 2) // base * base if base else values


def _bare(made: Frame, number: int) -> Published:
    """A table without its figures: what was asked, for the ledger."""
    table = made.tables[number]
    blank = np.zeros(table.shape)
    return Published(made.spec.name, table, blank, blank, blank > 0, dict(made.roles))
