"""
Making a release: read, check the rule, protect, attack with the whole history, write, record.

Nothing is written before every attack has failed. The line of the ledger is written just before
the folder takes its name: a release that is out is always in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fanal.engines.disclosure.attacks.system import TooLinked
from fanal.engines.disclosure.attacks.worlds import Contradictory
from fanal.engines.disclosure.budget import Exhausted
from fanal.engines.disclosure.ledger import Busy, Ledger, Tampered
from fanal.engines.disclosure.policies import Policy, UnknownPolicy, policy
from fanal.engines.disclosure.release import artificial, noisy, tabular
from fanal.engines.disclosure.release.frames import Frame, frame
from fanal.engines.disclosure.release.history import check_agreement, columns_of, earlier
from fanal.engines.disclosure.release.outcome import Outcome
from fanal.engines.disclosure.release.refusals import NotReleased, Reason
from fanal.engines.disclosure.release.rows import Rows, read_rows, titles
from fanal.engines.disclosure.release.rules import check_rule
from fanal.engines.disclosure.release.spec import Method, Spec, read_spec
from fanal.engines.disclosure.release.writing import write

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What the author is told; ``private`` is for the author alone and is in no file."""

    folder: Path
    spec: Spec
    outcome: Outcome
    digest: str

    def as_json(self) -> dict[str, Any]:
        return {
            "folder": str(self.folder),
            "name": self.spec.name,
            "method": str(self.spec.method),
            "cells": self.outcome.cells,
            "hidden": self.outcome.hidden,
            "epsilon": self.outcome.epsilon,
            "verdict": self.outcome.verdict,
            "for_the_author_alone": self.outcome.for_author,
            "ledger": self.digest,
        }


def build(
    spec_path: Path, data: Path, out: Path, ledger_folder: Path, *, progress: Progress
) -> Built:
    """
    Args:
        spec_path: the request, TOML.
        data: person rows or counts, CSV.
        out: the folder to make; it must not exist.
        ledger_folder: the ledger of everything published, made if there is none.

    Raises:
        NotReleased: refused or unreadable; nothing was written.
    """
    spec = read_spec(spec_path)
    try:
        rule = policy(spec.policy, on=spec.date)
        if out.exists():
            raise NotReleased(Reason.ALREADY_RELEASED, f"{out} existe déjà : donnez un autre nom.")
        ledger = Ledger(ledger_folder)
        with ledger.writing():
            return _build(spec, rule, data, out, ledger, progress)
    except UnknownPolicy as error:
        raise NotReleased(Reason.UNREADABLE_SPEC, str(error)) from None
    except (Tampered, Busy) as error:
        raise NotReleased(Reason.LEDGER, str(error)) from None
    except Exhausted as error:
        raise NotReleased(Reason.BUDGET_EXHAUSTED, str(error)) from None
    except TooLinked as error:
        raise NotReleased(Reason.TOO_LARGE, str(error)) from None
    except Contradictory as error:
        raise NotReleased(Reason.LEDGER, str(error)) from None
    except OSError as error:
        raise NotReleased(
            Reason.LEDGER, f"L'écriture échoue : {error.strerror or 'disque'}."
        ) from None


def _build(
    spec: Spec, rule: Policy, data: Path, out: Path, ledger: Ledger, progress: Progress
) -> Built:
    entries = ledger.entries()
    if any(entry.get("name") == spec.name for entry in entries):
        raise NotReleased(
            Reason.ALREADY_RELEASED, f"« {spec.name} » est déjà au registre : il ne se refait pas."
        )
    progress("Lecture des données")
    history = earlier(entries, series=spec.series)
    made = _frame(spec, rule, data, history, progress)
    outcome = _METHODS[spec.method](made, rule, history, entries, data, ledger, progress)
    progress("Écriture")
    record = {
        "name": spec.name,
        "series": spec.series,
        "title": spec.title,
        "policy": rule.full_name,
        "method": str(spec.method),
        "date": spec.date.isoformat(),
        "epsilon": outcome.epsilon,
        "data": made.rows.digest,
        "tables": outcome.records,
    }
    before = ledger.head
    with write(made, rule, outcome, out, before=before) as finish:
        try:
            ledger.append(record)
            finish()
        except BaseException:
            # Wherever it stopped: a line without its folder is taken back.
            if ledger.head != before and not out.exists():
                ledger.withdraw_last(ledger.head)
            raise
    return Built(out, spec, outcome, ledger.head)


def _frame(spec: Spec, rule: Policy, data: Path, history: list[Any], progress: Progress) -> Frame:
    wanted = [*spec.columns, *([spec.contributor] if spec.contributor else [])]
    past = [name for name in columns_of(history) if name not in wanted]
    if history:
        missing = set(past).difference(titles(data))
        if missing:
            raise NotReleased(
                Reason.LEDGER,
                f"Il manque aux données la colonne « {min(missing)} », d'une publication de la "
                "même série : sans elle rien ne dit que ce sont les mêmes personnes.",
            )
    rows = read_rows(data, [*wanted, *past], count=spec.count)
    progress(f"Vérification de la règle, {rows.total} personnes")
    if history:
        check_agreement(history, rows)
    made = frame(spec, _without(rows, past))
    check_rule(made, rule)
    return made


def _without(rows: Rows, columns: list[str]) -> Rows:
    if not columns:
        return rows
    kept = [name for name in rows.values if name not in columns]
    flat = np.zeros(len(rows.people), dtype=np.int64)
    for name in kept:
        flat = flat * len(rows.values[name]) + rows.codes[name]
    _, first, where = np.unique(flat, return_index=True, return_inverse=True)
    people = np.bincount(where.ravel(), weights=rows.people).astype(np.int64)
    return Rows(
        {name: rows.values[name] for name in kept},
        {name: rows.codes[name][first] for name in kept},
        people,
        rows.digest,
    )


_METHODS: dict[Method, Callable[..., Outcome]] = {
    Method.SUPPRESS: tabular.protect,
    Method.ROUND: tabular.protect,
    Method.CELLKEY: tabular.protect,
    Method.PRIVATE: noisy.protect,
    Method.SYNTHETIC: artificial.protect,
}
