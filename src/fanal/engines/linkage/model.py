"""
What was learnt, kept in a file of JSON and read again.

A model holds no person: of the values that it has seen, it keeps those that many records share, and
how often.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fanal.engines.linkage.encoding import FAMILY, GIVEN, Encoded, Floats, Ints
from fanal.engines.linkage.homes import RELATIVES, TWINS, Homes
from fanal.engines.linkage.learning import Agreement, columns
from fanal.engines.linkage.profiles.reading import Kind, Profile
from fanal.engines.linkage.refusals import UnreadableModel
from fanal.engines.linkage.weighing import Weights

FORMAT, VERSION = "fanal-linkage-model", 1
# A value that fewer records hold could be somebody.
SHARED_BY = 20


@dataclass(frozen=True, slots=True)
class Model:
    """
    ``records``: how many were learnt on. ``agreement``: of pairs, by Splink; ``weights``: of a
    record and the truth of its person. ``common``: by column, the values that many hold, and what
    share of the column each is.
    """

    profile: str
    columns: tuple[str, ...]
    records: int
    persons: float
    agreement: Agreement
    weights: Weights
    common: Mapping[str, Mapping[str, float]]

    def as_text(self) -> str:
        """The file: JSON, the same for the same model."""
        told = {
            "format": FORMAT,
            "version": VERSION,
            "profile": self.profile,
            "columns": self.columns,
            "records": self.records,
            "persons": round(self.persons, 3),
            "same": _rows(self.agreement.same),
            "strangers": _rows(self.agreement.strangers),
            "sessions": self.agreement.sessions,
            "shown": _rows(self.weights.same),
            "relatives": self.agreement.homes.relatives,
            "twins": self.agreement.homes.twins,
            "homonyms": self.agreement.homes.homonyms,
            "crossed": self.weights.crossed,
            "new": self.weights.new.tolist(),
            "common": {column: dict(values) for column, values in self.common.items()},
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _rows(table: Floats) -> list[list[float]]:
    return [[float(f"{cell:.9g}") for cell in row] for row in table]


def read_model(text: str) -> Model:
    """
    Raises:
        UnreadableModel: in French.
    """
    try:
        told: dict[str, Any] = json.loads(text)
        if told["format"] != FORMAT or told["version"] != VERSION:
            raise UnreadableModel(
                "Ce modèle a été écrit par une autre version ; apprenez-le à nouveau."
            )
        homes = Homes(
            float(told.get("relatives", RELATIVES)),
            float(told.get("twins", TWINS)),
            float(told.get("homonyms", 0.0)),
        )
        return Model(
            str(told["profile"]),
            tuple(told["columns"]),
            int(told["records"]),
            float(told["persons"]),
            Agreement(
                np.array(told["same"]), np.array(told["strangers"]), int(told["sessions"]), homes
            ),
            Weights(np.array(told["shown"]), float(told["crossed"]), np.array(told["new"]), homes),
            {column: dict(values) for column, values in told["common"].items()},
        )
    except UnreadableModel:
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableModel("Ce fichier n'est pas un modèle écrit par fanal linkage.") from None


def load_model(path: Path, profile: Profile) -> Model:
    """
    Raises:
        UnreadableModel: in French; no file, no model, or one of another profile.
    """
    try:
        model = read_model(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UnreadableModel(f"Il n'y a pas de fichier {path}.") from None
    except (OSError, UnicodeDecodeError):
        raise UnreadableModel(f"{path} ne se lit pas.") from None
    if model.columns != tuple(columns(profile)):
        raise UnreadableModel(
            f"Ce modèle est celui du profil {model.profile}, et non de {profile.name}."
        )
    return model


def model_of(encoded: Encoded, agreement: Agreement, weights: Weights, persons: float) -> Model:
    """What a run has learnt, without what could be somebody."""
    return Model(
        encoded.profile.name,
        tuple(columns(encoded.profile)),
        len(encoded),
        persons,
        agreement,
        weights,
        _common(encoded),
    )


def _common(encoded: Encoded) -> dict[str, dict[str, float]]:
    profile, values = encoded.profile, encoded.values
    names = ((encoded.given, Kind.GIVEN, GIVEN), (encoded.family, Kind.FAMILY, FAMILY))
    told = {
        profile.columns[profile.of(kind)[0]]: _held_by_many(
            column, values.shares[role, :, 0], values.told
        )
        for column, kind, role in names
    }
    for place, column in zip(profile.of(Kind.CODE), encoded.codes.T, strict=True):
        told[profile.columns[place]] = _held_by_many(column, encoded.held, encoded.written)
    return told


def _held_by_many(column: Ints, shares: Floats, told: Sequence[str]) -> dict[str, float]:
    held, times = np.unique(column[column >= 0], return_counts=True)
    return {
        told[place]: float(f"{shares[place]:.6g}") for place in held[times >= SHARED_BY].tolist()
    }
