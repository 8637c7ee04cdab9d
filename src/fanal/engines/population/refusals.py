"""What the engine will not answer, by a closed list of codes; never a NaN, never a huge number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why there is no estimate. Part of the published format: codes are added, never renamed."""

    TOO_FEW_LISTS = "too_few_lists"
    TOO_MANY_LISTS = "too_many_lists"
    NO_OVERLAP = "no_overlap"
    COUNTS_TOO_SMALL = "counts_too_small"
    NO_ESTIMATE_EXISTS = "no_estimate_exists"
    NOT_IDENTIFIABLE = "not_identifiable"
    NOT_CONVERGED = "not_converged"
    TOO_MANY_MODELS = "too_many_models"
    CHAIN_STUCK = "chain_stuck"
    PRIOR_DOMINATED = "prior_dominated"
    NOT_FOR_PROTECTED_CELLS = "not_for_protected_cells"
    NOT_FOR_IMPOSSIBLE_HISTORIES = "not_for_impossible_histories"
    RATES_OUT_OF_RANGE = "rates_out_of_range"
    STRATA_OUT_OF_RANGE = "strata_out_of_range"


SAID = {
    Code.TOO_FEW_LISTS: "Il faut au moins deux listes, et trois pour un modèle.",
    Code.TOO_MANY_LISTS: "Cette méthode s'arrête à cinq listes : prenez-en une autre.",
    Code.NO_OVERLAP: "Aucune personne n'est sur deux listes : rien ne dit combien manquent.",
    Code.COUNTS_TOO_SMALL: (
        "Toutes les cases sont sous 5, et aucune paire de listes n'a 7 personnes en commun : "
        "aucune méthode ne vaut sur si peu."
    ),
    Code.NO_ESTIMATE_EXISTS: "Aucune estimation n'existe pour ce modèle et ces données.",
    Code.NOT_IDENTIFIABLE: "Ces données ne suffisent pas à distinguer les paramètres de ce modèle.",
    Code.NOT_CONVERGED: "Le calcul n'a pas convergé.",
    Code.TOO_MANY_MODELS: "Trop de modèles pour les essayer tous : prenez la méthode pas à pas.",
    Code.CHAIN_STUCK: "La chaîne n'a pas exploré ce qu'elle devait : son intervalle ne vaut rien.",
    Code.PRIOR_DOMINATED: "La réponse vient de l'hypothèse de départ, non des données.",
    Code.NOT_FOR_IMPOSSIBLE_HISTORIES: "Cette méthode ne connaît pas les combinaisons impossibles.",
    Code.NOT_FOR_PROTECTED_CELLS: "Cette méthode ne lit pas les cases protégées (bas..haut).",
    Code.RATES_OUT_OF_RANGE: "Un nombre donné n'est pas dans ses bornes.",
    Code.STRATA_OUT_OF_RANGE: "Il faut de 2 à 2 000 territoires (ou autres groupes).",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """The answer of a method that has none. ``message`` is French, for whoever reads it."""

    code: Code
    message: str

    @classmethod
    def because(cls, code: Code, detail: str = "") -> Refused:
        return cls(code, f"{SAID[code]} {detail}".strip())


class UnreadableTable(ValueError):
    """A capture table that cannot be read; the message is French and says what to do."""
