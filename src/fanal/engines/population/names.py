"""Methods, reasons and lists, named in French."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fanal.engines.population.answers import Answer
from fanal.engines.population.refusals import Code

METHODS = {
    "stepwise": "Pas à pas",
    "protected": "Pas à pas, cases protégées",
    "bic": "Meilleur modèle (BIC)",
    "aic": "Meilleur modèle (AIC)",
    "aicc": "Meilleur modèle (AICc)",
    "average": "Moyenne conseillée",
    "average_bic": "Moyenne des modèles (BIC)",
    "average_aic": "Moyenne des modèles (AIC)",
    "dga": "Graphes, bayésien",
    "latent": "Classes latentes",
    "independence": "Listes indépendantes",
    "chao": "Borne basse de Chao",
    "darroch": "Visibilité, Darroch",
    "poisson": "Visibilité, Poisson",
    "gamma": "Visibilité, gamma",
    "all_pairs": "Toutes les paires",
    "coverage_low": "Couverture, basse",
    "coverage_high": "Couverture, haute",
    "territories": "Territoires ensemble",
    "chapman": "Deux listes (Chapman)",
    "best_bic": "Ce seul modèle (BIC)",
    "best_aic": "Ce seul modèle (AIC)",
    "best_aicc": "Ce seul modèle (AICc)",
    "wald": "Un seul modèle",
    "stepwise_alone": "Pas à pas, modèle figé",
    "bic_alone": "BIC, modèle figé",
}
GIVEN_ONE_MODEL = frozenset(
    {"independence", "chao", "darroch", "poisson", "gamma", "all_pairs", "chapman", "wald"}
    | {"best_bic", "best_aic", "best_aicc", "stepwise_alone", "bic_alone"}
)
# The one whose intervals hold the truth as often as they say (``weighing``).
RECOMMENDED = "average"
# What fits beside a name on a phone; the whole sentence is in the table.
WHY = {
    Code.TOO_FEW_LISTS: "trop peu de listes",
    Code.TOO_MANY_LISTS: "trop de listes",
    Code.NO_OVERLAP: "personne sur deux listes",
    Code.NO_ESTIMATE_EXISTS: "aucune estimation n'existe",
    Code.NOT_IDENTIFIABLE: "données insuffisantes",
    Code.NOT_CONVERGED: "pas de convergence",
    Code.TOO_MANY_MODELS: "trop de modèles",
    Code.CHAIN_STUCK: "chaîne bloquée",
    Code.PRIOR_DOMINATED: "l'hypothèse de départ décide",
    Code.NOT_FOR_PROTECTED_CELLS: "cases protégées",
    Code.NOT_FOR_IMPOSSIBLE_HISTORIES: "combinaisons impossibles",
    Code.RATES_OUT_OF_RANGE: "un taux hors de ses bornes",
    Code.STRATA_OUT_OF_RANGE: "trop ou trop peu de parties",
}


def method(name: str) -> str:
    return METHODS.get(name, name)


def silent(answer: Answer) -> str | None:
    """Why nothing can be drawn for an answer, in a few words; None when something can."""
    if answer.refused is not None:
        return f"sans réponse : {WHY.get(answer.refused.code, 'voir le tableau')}"
    return None if answer.lower is not None else "pas d'intervalle : rien n'est dit"


def listed(names: Iterable[str]) -> str:
    """
    >>> listed(["A", "B", "C"])
    'A, B et C'
    """
    known = list(names)
    if len(known) < 2:  # noqa: PLR2004
        return "".join(known)
    return f"{', '.join(known[:-1])} et {known[-1]}"


def short(name: str, length: int) -> str:
    return name if len(name) <= length else f"{name[: length - 1].rstrip()}…"


def of_history(lists: Sequence[str], history: int) -> str:
    return listed(name for place, name in enumerate(lists) if history >> place & 1)


def times(number: int) -> str:
    """
    >>> times(0), times(3)
    ('aucune fois', '3 fois')
    """
    return f"{number} fois" if number else "aucune fois"


def plural(number: float, one: str, several: str) -> str:
    """
    >>> plural(1, "liste", "listes")
    'liste'
    """
    return several if abs(number) >= 2 else one  # noqa: PLR2004
