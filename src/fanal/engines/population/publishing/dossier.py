"""
What must be known of an estimate before it is published: seventeen items, all of them or none.

After Whitehead, Jackson, Balch and Francis (2021), Binette and Steorts (2022, *On the reliability
of multiple systems estimation for the quantification of modern slavery*, JRSS A 185, 640-676) and
the limits that each method of this engine states of itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from fanal.engines.population.answers import Answer
from fanal.engines.population.names import method
from fanal.engines.population.publishing.about import About
from fanal.engines.population.resampling import DRAWS_TO_PUBLISH
from fanal.engines.population.tables import CaptureTable
from fanal.engines.population.wording import people, sentences, share, whole

TITLES = {
    "population": "Population visée, définition, période, territoire, unité, population fermée",
    "lists": "Listes : qui les tient, comment on y entre, dates, orientations entre listes",
    "linkage": "Appariement : méthode, clé, taux de liens manqués et faux, nombre corrigé",
    "capture_table": "Tableau des captures, empreinte, version, graine, commande",
    "minimum": "Données suffisantes : trois listes, trente personnes sur deux listes ou plus",
    "existence": "Existence et identifiabilité de chaque modèle",
    "methods": "Toutes les méthodes côte à côte",
    "interval": "Intervalle qui répète le choix du modèle, 20 000 tirages, erreur de tirage",
    "sensitivity": "Sensibilité : seuil, borne, liste retirée ou réunie, une personne de plus",
    "consistency": "Cohérence interne : chaque liste prise comme population connue",
    "trajectory": "Trajectoire : l'estimation à mesure que les données grandissent",
    "bayes": "Méthodes bayésiennes : R-hat, tirages utiles, poids de l'hypothèse de départ",
    "dependence": "Bornes sans supposer nulle la dépendance que rien ne montre",
    "lower_bound": "Borne basse de Chao, dite d'abord",
    "strata": "Les strates s'additionnent, ou l'écart est dit",
    "disclosure": "Secret statistique vérifié sur tout ce qui précède",
    "wording": "Texte en français tiré du résultat",
}
COMPARED = ("independence", "chao", "stepwise", "bic", "dga", "latent")
LISTS, OVERLAP = 3, 30


@dataclass(frozen=True, slots=True)
class Dossier:
    """The seventeen items, in their order; ``None`` while one is missing."""

    population: str | None = None
    lists: str | None = None
    linkage: str | None = None
    capture_table: str | None = None
    minimum: str | None = None
    existence: str | None = None
    methods: str | None = None
    interval: str | None = None
    sensitivity: str | None = None
    consistency: str | None = None
    trajectory: str | None = None
    bayes: str | None = None
    dependence: str | None = None
    lower_bound: str | None = None
    strata: str | None = None
    disclosure: str | None = None
    wording: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(one.name for one in fields(self) if getattr(self, one.name) is None)

    @property
    def publishable(self) -> bool:
        return not self.missing

    def items(self) -> list[tuple[int, str, bool, str]]:
        """Number, title, whether it is there, and what it says."""
        told: Mapping[str, str | None] = asdict(self)
        return [
            (number, title, told[name] is not None, told[name] or "Manque.")
            for number, (name, title) in enumerate(TITLES.items(), start=1)
        ]

    def as_json(self) -> dict[str, Any]:
        return {"publishable": self.publishable, "missing": list(self.missing), **asdict(self)}

    def with_analyses(self, **told: str | None) -> Dossier:
        """With what only a report computes: ``sensitivity``, ``consistency``, …"""
        return replace(self, **told)


def draw_up(
    table: CaptureTable,
    answers: Sequence[Answer],
    *,
    about: About | None = None,
    reproduced_by: str | None = None,
    strata: str | None = None,
) -> Dossier:
    """
    The items that the table, the answers and the people who know the lists give.

    Args:
        reproduced_by: version, seed and command.
        strata: what is said of the strata; the whole territory at once has nothing to add up.
    """
    about = about or About()
    by_name = {answer.method: answer for answer in answers}
    return Dossier(
        population=" ; ".join((about.population or {}).values()) or None,
        lists=" ; ".join(f"{one['name']} : {one['holder']}, {one['entry']}" for one in about.lists)
        or None,
        linkage=_linkage(about, answers),
        capture_table=reproduced_by and f"Empreinte {table.digest}. {reproduced_by}",
        minimum=_minimum(table),
        existence=_existence(by_name),
        methods=_methods(by_name),
        interval=_interval(by_name.get("stepwise")),
        bayes=_bayes(by_name),
        lower_bound=_lower_bound(by_name.get("chao")),
        strata=strata,
        disclosure=_disclosure(about),
        wording=sentences(table, answers),
    )


def _linkage(about: About, answers: Sequence[Answer]) -> str | None:
    corrected = next((answer for answer in answers if "seen_corrected" in answer.details), None)
    if about.linkage is None or corrected is None or corrected.estimate is None:
        return None
    missed, false = about.linkage["missed_links"], about.linkage["false_links"]
    return (
        f"{about.linkage['method']} ; liens manqués {share(missed)}, faux {share(false)} "
        f"({about.linkage['measured']}). Corrigé : {people(corrected)}."
    )


def _disclosure(about: About) -> str | None:
    told = about.disclosure
    return f"{told['checked_by']}, le {told['checked_on']}." if told else None


def _minimum(table: CaptureTable) -> str | None:
    overlap = table.on_several()
    if table.t < LISTS or overlap < OVERLAP:
        return None
    empty = sum(
        not table.overlap(one, other) for one in range(table.t) for other in range(one + 1, table.t)
    )
    pairs = {0: "chaque paire de listes a", 1: "une paire de listes n'a pas"}.get(
        empty, f"{empty} paires de listes n'ont pas"
    )
    return (
        f"{table.t} listes, {overlap} personnes sur deux listes ou plus sur {table.n} ; {pairs} de "
        "personnes communes."
    )


def _existence(by_name: Mapping[str, Answer]) -> str | None:
    told = by_name["bic"].details if "bic" in by_name else {}
    if "considered" not in told:
        return None
    return (
        f"{told['considered']} modèles essayés, {told['without_estimate']} sans estimation dans "
        "ces données."
    )


def _methods(by_name: Mapping[str, Answer]) -> str | None:
    if any(name not in by_name for name in COMPARED):
        return None
    return " ; ".join(f"{method(name)} : {people(by_name[name])}" for name in COMPARED)


def _interval(answer: Answer | None) -> str | None:
    if answer is None or answer.estimate is None or answer.monte_carlo_error is None:
        return None
    if answer.replicates is None or answer.replicates < DRAWS_TO_PUBLISH:
        return None
    error = f"{answer.monte_carlo_error:.0f}"
    return f"{people(answer)}, {whole(answer.replicates)} tirages, erreur de tirage {error}."


def _bayes(by_name: Mapping[str, Answer]) -> str | None:
    dga, latent = by_name.get("dga"), by_name.get("latent")
    if dga is None or latent is None:
        return None
    if latent.refused:
        return f"Classes latentes : {latent.refused.message} Graphes : {people(dga)}."
    return (
        f"Classes latentes : R-hat {latent.details['rhat']:.3f}, "
        f"{latent.details['ess']:.0f} tirages utiles. Graphes : {people(dga)}."
    )


def _lower_bound(answer: Answer | None) -> str | None:
    return people(answer) if answer and answer.estimate is not None else None
