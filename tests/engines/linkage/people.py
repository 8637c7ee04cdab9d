"""Invented people, seen by several services that write each as they can."""

from __future__ import annotations

import random

from fanal.engines.linkage.profiles.reading import Profile, read_profile

PROFILE: Profile = read_profile("people-fr")
GIVEN = [
    "Capucine",
    "Violette",
    "Hortense",
    "Apolline",
    "Clémence",
    "Sidonie",
    "Eulalie",
    "Philomène",
    "Rosalie",
    "Zélie",
    "Augustin",
    "Barnabé",
    "Célestin",
    "Désiré",
    "Gaspard",
    "Hippolyte",
    "Isidore",
    "Lazare",
    "Maxence",
    "Octave",
]
FAMILY = [
    "Chardonnet",
    "Beaurepaire",
    "Tournebise",
    "Malaterre",
    "Vaucanson",
    "Quillebeuf",
    "Rochefontaine",
    "Prudhommeau",
    "Lanternier",
    "Grandvoinet",
    "Escoffery",
    "Dujardinet",
    "Bonnaventure",
    "Archambeaud",
    "Pelletrault",
    "Voisembert",
    "Castelbajac",
    "Fontanieu",
    "Marchandise",
    "Poincignon",
    "Trousselard",
    "Verdelhan",
    "Waldteufel",
    "Yvonnet",
    "Zamaron",
    "Abribat",
    "Brouardelle",
    "Coulombel",
    "Desgranges",
    "Estournel",
    "Flamanville",
    "Guibourg",
    "Haudricourt",
    "Jouvenaux",
]
TOWNS = ["Lens", "Arras", "Brest", "Dijon", "Nantes", "Pau", "Tulle", "Mende"]
Row = dict[str, str]


def person(draw: random.Random) -> Row:
    return {
        "prenom": draw.choice(GIVEN),
        "nom": draw.choice(FAMILY),
        "alias": f"alias{draw.randrange(500)}" if draw.random() < 0.4 else "",
        "date_naissance": (
            f"{draw.randrange(2005, 2014)}-{draw.randrange(1, 13):02}-{draw.randrange(2, 29):02}"
        ),
        "telephone": f"06399{draw.randrange(80_000, 90_000):05}" if draw.random() < 0.6 else "",
        "commune": draw.choice(TOWNS),
    }


def seen(one: Row, draw: random.Random) -> Row:
    """One more record of this person, written by somebody else."""
    told = dict(one)
    slip = draw.random()
    if slip < 0.2:
        place = draw.randrange(1, len(told["nom"]) - 1)
        told["nom"] = told["nom"][:place] + told["nom"][place + 1 :]
    elif slip < 0.3:
        told["date_naissance"] = f"{told['date_naissance'][:4]}-01-01"
    elif slip < 0.4:
        told["prenom"], told["nom"] = told["nom"], told["prenom"]
    for column in ("alias", "telephone", "nom"):
        if draw.random() < 0.2:
            told[column] = ""
    if draw.random() < 0.3:
        told["commune"] = draw.choice(TOWNS)
    return told


def file(persons: int, seed: int = 1) -> tuple[list[Row], list[int]]:
    """Records in a random order, and whose each is."""
    draw = random.Random(seed)  # noqa: S311
    rows = []
    for number in range(persons):
        one = person(draw)
        rows += [(seen(one, draw), number) for _ in range(draw.choice((1, 1, 2, 3, 4)))]
    draw.shuffle(rows)
    return [row for row, _ in rows], [number for _, number in rows]


def columns(rows: list[Row]) -> list[list[str]]:
    return [[row[column] for row in rows] for column in PROFILE.columns]
