"""Invented concerns, drawn from closed lists: the names alone say that nobody exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

GIVEN = (
    "Léa", "Inaya", "Manon", "Jade", "Sarah", "Chloé", "Aïcha", "Lina", "Emma", "Nour",
    "Éva", "Sacha", "Mélissa", "Camille", "Yasmine", "Louane", "Anaïs", "Kenza", "Alix", "Rose",
)  # fmt: skip
# A boy, and somebody of neither sex, have a name and facts that fit them.
OTHERS = {"M": ("Théo", "Adam", "Noé"), "X": ("Sacha", "Camille", "Alix")}
FAMILY = ("Inventé", "Fictif", "Imaginé", "Exemple", "Essai", "Modèle", "Chimère", "Personne")
COMMUNES = ("59350", "59512", "59599", "59183", "59606", "59178", "59009", "59017", "59122")

FACTS = (
    "Absences répétées depuis six semaines, surtout l'après-midi. Deux téléphones, des vêtements "
    "neufs sans explication. Dit « je gère » quand on lui parle de ses sorties.",
    "N'est pas rentrée au foyer deux nuits de suite. Raccompagnée en voiture par un adulte que "
    "personne ne connaît. Ne veut pas dire où elle était.",
    "Une camarade a confié à l'infirmière qu'elle recevait des messages à toute heure et qu'elle "
    "avait peur d'un garçon plus âgé. Fatigue, amaigrissement, chute des résultats.",
    "Clé d'une location de vacances trouvée dans son sac par sa mère. Billets de train pour Paris. "
    "Ne vient plus au collège depuis lundi.",
    "S'est isolée de ses amies. Appels incessants d'une personne qu'elle appelle son copain, plus "
    "âgé, qui vient la chercher devant l'établissement.",
    "A dit à son éducateur devoir de l'argent et ne pas pouvoir refuser. Traces de coups au bras, "
    "qu'elle explique par une chute.",
    "La mère signale des sorties de nuit, des cadeaux, un compte en ligne à un autre nom. Elle "
    "demande de l'aide et ne sait plus comment lui parler.",
)
FITS_ALL = (FACTS[0], FACTS[3], FACTS[6])
SOURCES = (
    ("school", "assistante sociale scolaire"),
    ("child_welfare", "éducateur de foyer"),
    ("health", "infirmière"),
    ("association", "éducatrice de rue"),
    ("family", "mère"),
    ("helpline", "écoutante"),
)


def stories(*, now: datetime, count: int, seed: int = 119) -> Iterator[dict[str, Any]]:
    """Concerns of schema 1, the oldest first, from four months ago to this very hour."""
    draw = Random(seed)  # noqa: S311 — an invented world, the same each time
    span = timedelta(days=110)
    for number in range(count):
        age = span * (1 - number / count) ** 3 + timedelta(minutes=draw.randint(5, 50))
        received_at = now - age
        if age > timedelta(days=2):
            # Nobody works at five in the morning.
            received_at = received_at.replace(hour=draw.randint(7, 16), minute=draw.randint(0, 59))
        yield _story(draw, number, received_at)


def _story(draw: Random, number: int, received_at: datetime) -> dict[str, Any]:
    kind, function = draw.choice(SOURCES)
    years = draw.choices(range(12, 18), weights=(3, 9, 22, 28, 23, 13))[0]
    born = received_at.date() - timedelta(days=years * 365 + draw.randint(20, 340))
    minor: dict[str, Any] = {
        "given_names": draw.choice(GIVEN),
        "family_name": draw.choice(FAMILY),
        "sex": draw.choices(("F", "M", "X"), weights=(94, 5, 1))[0],
    }
    if names := OTHERS.get(minor["sex"]):
        minor["given_names"] = names[number % len(names)]
    if draw.random() < 0.85:  # noqa: PLR2004
        minor["birth_date"] = born.isoformat()
    else:
        minor["age_estimate"] = years
    informed = draw.random() < 0.6  # noqa: PLR2004
    story: dict[str, Any] = {
        "external_ref": f"demonstration-{number:03d}",
        "received_at": received_at.isoformat(),
        "commune": draw.choices(COMMUNES, weights=(30, 14, 12, 8, 8, 8, 6, 6, 8))[0],
        "author": {
            "kind": kind,
            "name": f"{draw.choice(GIVEN)} Fictif",
            "function": function,
            "contact": "03 53 01 00 01",
        },
        "minor": minor,
        "facts": f"{_facts(draw, number, minor['sex'])} [personne inventée]",
        "immediate_danger": False,
        "missing_now": draw.random() < 0.08,  # noqa: PLR2004
        "child_informed": draw.random() < 0.5,  # noqa: PLR2004
        "parents_informed": {"value": "yes"}
        if informed
        else {"value": "no", "reason": "Contraire à l'intérêt de l'enfant, qui a peur."},
        "exploitation": draw.choices(("none", "suspected", "confirmed"), weights=(25, 65, 10))[0],
        "indicators": draw.sample(("RUN-1", "RUN-2", "SCH-1", "MAT-1", "REL-1", "DIG-2"), k=3),
        "holders": [{"name": f"{draw.choice(GIVEN)} {minor['family_name']}", "tie": "mère"}],
    }
    if draw.random() < 0.3:  # noqa: PLR2004
        story["other_minors"] = [
            {
                "given_names": draw.choice(GIVEN),
                "family_name": minor["family_name"],
                "age_estimate": draw.randint(3, 12),
                "tie": "fratrie",
            }
        ]
    return story


def _facts(draw: Random, number: int, sex: str) -> str:
    drawn = draw.choice(FACTS)
    return FITS_ALL[number % len(FITS_ALL)] if sex in OTHERS else drawn
