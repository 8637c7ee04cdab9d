"""Hidden, rounded or perturbed tables: protected at first, then attacked with all the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fanal.engines.disclosure.attacks.battery import Verdict
from fanal.engines.disclosure.attacks.published import Published
from fanal.engines.disclosure.attacks.subtracting import children
from fanal.engines.disclosure.cellkey import KEYS, Keys, Perturbation
from fanal.engines.disclosure.cubes import Table
from fanal.engines.disclosure.ledger import Ledger
from fanal.engines.disclosure.policies import Policy
from fanal.engines.disclosure.release.complement import adding_up, complement
from fanal.engines.disclosure.release.counts import count, dominated
from fanal.engines.disclosure.release.frames import Frame
from fanal.engines.disclosure.release.hiding import Hidden, hide, hide_until_safe
from fanal.engines.disclosure.release.outcome import Outcome, Printed
from fanal.engines.disclosure.release.protecting import (
    Shown,
    first_hidden,
    perturb,
    round_all,
    show_only,
    suppress,
)
from fanal.engines.disclosure.release.record import as_record
from fanal.engines.disclosure.release.refusals import NotReleased, Reason
from fanal.engines.disclosure.release.rows import read_keys
from fanal.engines.disclosure.release.spec import Method

Wholes = npt.NDArray[np.int64]
# Of the directions of the attacks alone: no figure depends on it.
SEED = 0
HALF_BITS, HALF = 16, 2**16 - 1
SUMS = "les totaux ne sont pas les sommes de leurs parts"
SUMS_HOLD = "chaque total est la somme de ses parts"


def protect(
    made: Frame,
    rule: Policy,
    history: Sequence[Published],
    _entries: Sequence[Mapping[str, Any]],
    data: Path,
    ledger: Ledger,
    progress: Callable[[str], None],
) -> Outcome:
    """
    Raises:
        NotReleased: some attack still succeeds when nothing more can be hidden, or nothing is left.
    """
    shown = _first(made, rule, data, ledger)
    adds_up = made.spec.method is Method.ROUND and all(_sums_hold(one) for one in shown)
    if made.spec.method is Method.SUPPRESS and not rule.rounding:
        progress("Cases à masquer en plus")
        shown = _beside(made, rule, shown)
    progress("Attaques, avec les publications passées")
    done = hide_until_safe(
        history,
        [one.published for one in shown],
        rule,
        rng=np.random.default_rng(SEED),
        progress=progress,
    )
    _refuse(done)
    kept = show_only(shown, done.tables)
    return Outcome(
        printed=[
            Printed(
                one.published.table, one.values, one.published.hidden, one.published.low,
                one.published.high, made.crossed(number),
            )
            for number, one in enumerate(kept)
        ],
        records=[as_record(one.published) for one in kept],
        verdict={
            **done.verdict.as_json(),
            "dominance": _dominance(made, kept),
            "with_earlier_tables": len(history),
        },
        told=_told(made, rule, kept, done, SUMS_HOLD if adds_up else SUMS),
        for_author={
            "hidden_by_the_rule": sum(int(one.small.sum()) for one in kept),
            "hidden_for_their_source": sum(int(one.dominated.sum()) for one in kept),
            "hidden_beside": _beside_the_rule(kept),
            "hidden_by_the_attacks": done.added,
        },
    )  # fmt: skip


def _first(made: Frame, rule: Policy, data: Path, ledger: Ledger) -> list[Shown]:
    spec, found = made.spec, []
    keys = None
    if spec.method is Method.CELLKEY:
        if spec.record is None or spec.count is not None:
            raise NotReleased(
                Reason.UNREADABLE_SPEC,
                "La méthode « cellkey » part de lignes de personnes : « record » nomme la colonne "
                "de leur identifiant.",
            )
        keys = read_keys(data, made.rows, record=spec.record, secret=ledger.secret())
    thresholds = [
        rule.threshold_for(capture=asked.capture, level=made.territory(number))
        for number, asked in enumerate(made.asked)
    ]
    base = rounding_base(rule, max(thresholds))
    whole = adding_up(made.tables, made.rows, base) if spec.method is Method.ROUND else None
    for number, (table, threshold) in enumerate(zip(made.tables, thresholds, strict=True)):
        counts = count(table, made.rows)
        largest = dominated(table, made.rows, spec.contributor) if spec.contributor else None
        hidden = first_hidden(counts, rule, threshold, largest)
        roles = dict(made.roles)
        secret = ledger.secret() if rule.rounding or spec.method is not Method.SUPPRESS else b""
        if spec.method is Method.SUPPRESS:
            one = suppress(
                spec.name, table, counts, hidden, rule, threshold=threshold, roles=roles,
                secret=secret,
            )  # fmt: skip
        elif spec.method is Method.ROUND:
            one = round_all(
                spec.name, table, counts, base=base, dominated=hidden[1], roles=roles,
                secret=secret, adding_up=whole[number] if whole else None,
            )  # fmt: skip
        else:
            cells = keys_of(table, made, keys)
            one = perturb(
                spec.name, table, counts, cells, hidden, rule, threshold=threshold, roles=roles,
                secret=secret,
            )  # fmt: skip
        found.append(one)
    return found


def _beside(made: Frame, rule: Policy, shown: Sequence[Shown]) -> list[Shown]:
    """Exact figures: what subtracting them within these tables would give is hidden first."""
    hidden = complement(made.tables, made.rows, [one.published.hidden for one in shown], rule)
    tables = [hide(one.published, more) for one, more in zip(shown, hidden, strict=True)]
    return show_only(shown, tables)


def keys_of(table: Table, made: Frame, keys: Keys | None) -> Keys:
    """The key of each cell; added in two halves, so that no sum is beyond what a float holds."""
    held = np.zeros(len(made.rows.people), dtype=np.uint32) if keys is None else keys
    low = count(table, made.rows, weights=held & HALF)
    high = count(table, made.rows, weights=held >> HALF_BITS)
    return np.asarray((((high & HALF) << HALF_BITS) + low) % KEYS, dtype=np.uint32)


def _sums_hold(one: Shown) -> bool:
    """Whether every total of a table is the sum of the codes just inside it."""
    for axis in range(one.values.ndim):
        values = np.moveaxis(one.values, axis, 0)
        for parent, (inside, whole) in children(one.published, axis).items():
            if whole and (values[parent] != values[inside].sum(axis=0)).any():
                return False
    return True


def rounding_base(rule: Policy, threshold: int) -> int:
    """The smallest multiple of the rule's rounding, or of 5, that is not under the threshold."""
    step = rule.rounding or 5
    return max(-(-max(threshold, rule.width + 1) // step), 1) * step


def _refuse(done: Hidden) -> None:
    verdict: Verdict = done.verdict
    if not verdict.sound:
        found = ", ".join(f"{name} {n}" for name, n in verdict.found.items() if n)
        raise NotReleased(
            Reason.CANNOT_PROTECT,
            f"Publication refusée : {sum(verdict.found.values())} case(s) ou groupe(s) se "
            f"retrouveraient ({found}), même en cachant davantage. Croisez moins de variables, "
            "regroupez des modalités ou des territoires, ou retirez un filtre.",
        )
    if all(one.hidden.all() for one in done.tables):
        raise NotReleased(
            Reason.CANNOT_PROTECT,
            "Publication refusée : pour ne livrer personne il faudrait tout cacher. Regroupez des "
            "modalités ou des territoires, ou publiez à l'échelle du pays.",
        )


def _beside_the_rule(kept: Sequence[Shown]) -> int:
    return sum(int((one.published.hidden & ~one.small & ~one.dominated).sum()) for one in kept)


def _dominance(made: Frame, kept: Sequence[Shown]) -> dict[str, int | str]:
    if made.spec.contributor is None:
        return {"checked": 0, "reason": "les données ne disent pas qui a compté"}
    return {
        "checked": sum(int((~one.published.hidden).sum()) for one in kept),
        "found": sum(int((one.dominated & ~one.published.hidden).sum()) for one in kept),
    }


def _told(made: Frame, rule: Policy, kept: Sequence[Shown], done: Hidden, sums: str) -> list[str]:
    method = made.spec.method
    told = [_hidden(made, rule, kept, done)]
    if not made.spec.contributor and rule.contributors:
        told.append(
            "Les données ne disent pas quelle structure a compté chaque cas : la part de chacune "
            "n'a pas pu être vérifiée."
        )
    if method is Method.CELLKEY:
        told.append(
            f"Chaque chiffre est perturbé d'au plus {Perturbation().most} personnes, toujours de "
            f"la même façon pour les mêmes personnes ; {SUMS}."
        )
    base = rounding_base(rule, rule.threshold) if method is Method.ROUND else rule.rounding
    if base:
        told.append(
            f"Chaque chiffre montré est arrondi à un multiple de {base}, au-dessus ou au-dessous ; "
            f"{sums}."
        )
    return told


def _hidden(made: Frame, rule: Policy, kept: Sequence[Shown], done: Hidden) -> str:
    """
    Why cells are hidden. Where zeros are shown the reasons are not counted apart: were all of them
    small, saying so would give each its bounds.
    """
    total = sum(int(one.published.hidden.sum()) for one in kept)
    if not total:
        return "Aucune case n'est masquée."
    reasons = (
        [] if made.spec.method is Method.ROUND else [f"de moins de {rule.threshold} personnes"]
    )
    if made.spec.contributor:
        reasons.append("dont une seule structure a compté l'essentiel")
    reasons.append("que redonnerait une soustraction entre chiffres publiés, aujourd'hui ou avant")
    said = f"{total} cases sont masquées : cases {', ou '.join(reasons)}."
    if not rule.hides_zeros:
        return f"{said} Rien ne dit laquelle l'est pour quelle raison."
    return f"{said} Les zéros sont masqués comme les autres petits nombres."
