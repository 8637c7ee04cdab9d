"""A release of artificial rows: drawn from private counts, attacked on half of the people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.budget import budget
from fanal.engines.disclosure.ledger import Ledger
from fanal.engines.disclosure.policies import Policy
from fanal.engines.disclosure.private import meaning
from fanal.engines.disclosure.release.frames import Frame
from fanal.engines.disclosure.release.noisy import question_of, refuse_again
from fanal.engines.disclosure.release.outcome import Outcome
from fanal.engines.disclosure.release.refusals import NotReleased, Reason
from fanal.engines.disclosure.release.rows import Rows
from fanal.engines.disclosure.release.rules import check_private
from fanal.engines.disclosure.synthetic.checks import CopyCheck, check_copies
from fanal.engines.disclosure.synthetic.drawing import Marginal, Synthetic, blur, distance, draw

Wholes = npt.NDArray[np.int64]
NOT_TOLD = "(non précisé)"


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
        NotReleased: not for the whole country, already published, or the rows copy people.
        Exhausted: the budget of the series does not allow it.
    """
    check_private(made)
    if any(asked.filters for asked in made.asked):
        raise NotReleased(
            Reason.UNREADABLE_SPEC,
            "Des lignes artificielles n'ont pas de filtre : écrivez « population ».",
        )
    epsilon = float(made.spec.epsilon or 0)
    question = question_of(made)
    refuse_again(entries, made.spec.series, question)
    after = budget(entries, series=made.spec.series, total=rule.epsilon_total).after(epsilon)
    # Of the draws that follow the noise: it dies with this process.
    rng = np.random.default_rng()
    progress("Lignes artificielles")
    drawn = _draw(made, made.rows, epsilon, rule, rng)
    progress("Attaques des lignes, sur une moitié des personnes")
    checked = _attack(made, epsilon, rule, rng)
    if not checked.sound:
        raise NotReleased(
            Reason.CANNOT_PROTECT,
            "Publication refusée : les lignes artificielles ressemblent plus aux personnes "
            "utilisées qu'aux autres. Diminuez ε ou croisez moins de variables par tableau.",
        )
    left = f"{after.left:g}".replace(".", ",")
    return Outcome(
        printed=[],
        records=[{"name": one.name, "variables": list(one.variables), "question": question}
                 for one in made.asked],
        verdict={
            "sound": True,
            "attacks": {"copies": checked.as_json()},
            "privacy": {"epsilon": epsilon, "epsilon_left": after.left,
                        "error_of_95_percent": drawn.error, "noise": "OpenDP, Laplace discret"},
            "utility": [
                {"table": asked.name, "distance_to_noisy_counts": round(
                    distance(drawn.columns, noisy), 4)}
                for asked, noisy in zip(made.asked, drawn.noisy, strict=True)
            ],
        },
        told=[
            meaning(epsilon),
            f"Il reste ε = {left} pour toute la série.",
            f"{drawn.size} lignes inventées, d'après des comptes bruités de quelques variables "
            "à la fois ; aucune ne décrit quelqu'un, et chaque combinaison de valeurs est portée "
            f"par {rule.threshold} lignes au moins, « {NOT_TOLD} » compris. Ce qu'aucun tableau "
            "ne croise y est tiré comme si c'était sans lien : ne l'y cherchez pas.",
        ],
        epsilon=epsilon,
        lines=_lines(made, drawn),
        for_author={
            "distance_to_true_counts": {
                asked.name: round(distance(drawn.columns, marginal), 4)
                for asked, marginal in zip(made.asked, _marginals(made, made.rows), strict=True)
            }
        },
    )  # fmt: skip


def _marginals(made: Frame, rows: Rows) -> list[Marginal]:
    found = []
    for asked in made.asked:
        columns = tuple(made.spec.variables[name].column for name in asked.variables)
        shape = tuple(len(rows.values[column]) for column in columns)
        flat = np.ravel_multi_index(tuple(rows.codes[column] for column in columns), shape)
        counts = np.bincount(flat, weights=rows.people, minlength=int(np.prod(shape)))
        found.append(Marginal(columns, counts.astype(np.int64).reshape(shape)))
    return found


def _draw(
    made: Frame, rows: Rows, epsilon: float, rule: Policy, rng: np.random.Generator
) -> Synthetic:
    """Rows drawn, then blurred until no combination is rarer than the rule's threshold."""
    drawn = draw(_marginals(made, rows), epsilon=epsilon, rng=rng)
    columns = blur(drawn.columns, least=rule.threshold) if drawn else {}
    if drawn is None or not len(next(iter(columns.values()))):
        raise NotReleased(
            Reason.CANNOT_PROTECT, "Trop peu de personnes pour cet ε : le bruit efface tout."
        )
    return replace(drawn, columns=columns)


def _attack(made: Frame, epsilon: float, rule: Policy, rng: np.random.Generator) -> CopyCheck:
    """The same machine on half of the people, whose rows are not published."""
    used = rng.binomial(made.rows.people, 0.5)
    halves = [
        Rows(made.rows.values, made.rows.codes, people, made.rows.digest)
        for people in (used, made.rows.people - used)
    ]
    drawn = _draw(made, halves[0], epsilon, rule, rng)
    mine, other = (_people(made, half, drawn) for half in halves)
    return check_copies(drawn.columns, mine, other, rng=rng)


def _people(made: Frame, rows: Rows, drawn: Synthetic) -> dict[str, Wholes]:
    """One row for each person, on the variables of the artificial rows."""
    return {name: np.repeat(rows.codes[name], rows.people) for name in drawn.columns}


def _lines(made: Frame, drawn: Synthetic) -> dict[str, list[str]]:
    names = {one.column: name for name, one in made.spec.variables.items()}
    return {
        # The code -1 takes the last.
        names[column]: [(*made.rows.values[column], NOT_TOLD)[code] for code in codes]
        for column, codes in drawn.columns.items()
    }
