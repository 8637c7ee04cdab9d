"""What the lists have seen, and how they go together: all out of the table as it may be shown."""

from __future__ import annotations

from fanal.engines.population.analyses import Minimum, odds
from fanal.engines.population.analyses.minimum import OVERLAP
from fanal.engines.population.names import listed, plural
from fanal.engines.population.reporting.markup import Table, folded, paragraph, section
from fanal.engines.population.reporting.plots.pairs import pairs
from fanal.engines.population.reporting.plots.upset import upset
from fanal.engines.population.reporting.protection import alone, seen_by
from fanal.engines.population.reporting.voice import count, percent
from fanal.engines.population.tables import CaptureTable

NAMED = 6


def seen(shown: CaptureTable, least: Minimum) -> str:
    return section(
        "vues",
        "Ce que les listes ont vu",
        paragraph(_told(least)),
        upset(shown),
        folded(_lists(shown)),
    )


def together(shown: CaptureTable, least: Minimum) -> str:
    if shown.t < 2:  # noqa: PLR2004
        return ""
    return section(
        "ensemble",
        "Comment les listes vont ensemble",
        paragraph(
            "Au-dessus de 1, deux listes voient plutôt les mêmes personnes, comme lorsque l'une "
            "les adresse à l'autre ; au-dessous, elles se les partagent. L'estimation dépend de "
            f"ces liens.{_empty(least)}"
        ),
        pairs(shown, odds(shown)),
    )


def _told(least: Minimum) -> str:
    people = plural(least.on_several[1], "personne", "personnes")
    low, high = least.share
    part = percent(low) if percent(low) == percent(high) else f"de {percent(low)} à {percent(high)}"
    return (
        f"{count(least.seen)} personnes vues par {least.lists} listes, dont "
        f"{count(least.on_several)} {people} sur deux listes ou plus ({part}). L'estimation repose "
        f"sur ces dernières : il en faut {OVERLAP} au moins, et trois listes. "
        f"{_met(least)}"
    )


def _met(least: Minimum) -> str:
    if least.met:
        return "C'est le cas ici."
    wanting = ["trois listes"] * (not least.enough_lists)
    wanting += [f"{OVERLAP} personnes sur deux listes"] * (not least.enough_overlap)
    if least.enough_lists and least.on_several[1] >= OVERLAP:
        return "Les cases protégées ne permettent pas de dire si elles y sont."
    return f"Il manque {listed(wanting)} : ces données ne suffisent pas."


def _empty(least: Minimum) -> str:
    number = len(least.empty_pairs)
    if not number:
        return " Chaque paire a des personnes communes."
    named = listed(f"{one} et {other}" for one, other in least.empty_pairs[:NAMED])
    told = f" ({named})" if number <= NAMED else ""
    verb = plural(number, "paire n'a", "paires n'ont")
    return f" {number} {verb} aucune personne commune, sur {least.pairs}{told}."


def _lists(shown: CaptureTable) -> Table:
    return Table(
        "Taille des listes",
        ("Liste", "Personnes", "Vues par elle seule"),
        [
            (name, count(seen_by(shown, number)), count(alone(shown, number)))
            for number, name in enumerate(shown.lists)
        ],
        frozenset({1, 2}),
    )
