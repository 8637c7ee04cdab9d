"""What the rule forbids before anything is counted: fine dates or territories, unknown sources."""

from __future__ import annotations

import re

from fanal.engines.disclosure.policies import PERIODS, TERRITORIES, Policy
from fanal.engines.disclosure.release.frames import Frame
from fanal.engines.disclosure.release.refusals import NotReleased, Reason
from fanal.engines.disclosure.release.spec import Method, Spec

COMMUNE = re.compile(r"(\d{2}|2[AB])\d{3}")
DATED = {
    "day": re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?|\d{1,2}/\d{1,2}/\d{4}"),
    "month": re.compile(r"\d{4}-\d{2}|\d{1,2}/\d{4}"),
    "quarter": re.compile(r"\d{4}[- ]?[TQ][1-4]"),
}
PERIOD_WORDS = {"day": "le jour", "month": "le mois", "quarter": "le trimestre", "year": "l'année"}
TERRITORY_WORDS = dict(
    zip(
        TERRITORIES, ("la commune", "l'EPCI", "le département", "la région", "le pays"), strict=True
    )
)


def check_rule(made: Frame, policy: Policy) -> None:
    """
    Raises:
        NotReleased: a variable is finer than the rule allows, or nobody says who counted.
    """
    spec = made.spec
    for column, atoms in made.rows.values.items():
        if column == spec.contributor:
            continue
        period = finest_period(atoms)
        if not policy.allows_period(period):
            raise _against(
                f"la colonne « {column} » dit {PERIOD_WORDS[period]}, et rien de plus fin que "
                f"{PERIOD_WORDS[policy.finest_period]} n'est permis : regroupez les dates dans les "
                "données"
            )
        level = made.levels.get(column) or "national"
        if any(COMMUNE.fullmatch(atom) for atom in atoms):
            level = "commune"
        if not policy.allows_territory(level):
            raise _against(
                f"la colonne « {column} » dit {TERRITORY_WORDS[level]}, et rien de plus fin que "
                f"{TERRITORY_WORDS[policy.finest_territory]} n'est permis : regroupez-la dans les "
                "données"
            )
    _check_contributor(spec, policy)


def finest_period(atoms: tuple[str, ...]) -> str:
    """The finest period that some value is written with."""
    for period in PERIODS[:-1]:
        if any(DATED[period].fullmatch(atom) for atom in atoms):
            return period
    return "year"


def _check_contributor(spec: Spec, policy: Policy) -> None:
    if spec.method in (Method.PRIVATE, Method.SYNTHETIC):
        return
    if policy.contributors and not spec.contributor and not spec.contributor_unknown:
        raise _against(
            "elle demande qu'aucune case ne vienne d'une seule structure. Écrivez « contributor = "
            '"COLONNE" », ou « contributor = false » si les données ne le disent pas : la page de '
            "la publication le dira"
        )
    if spec.contributor and any(
        spec.variables[name].column == spec.contributor
        for asked in spec.tables
        for name in (*asked.variables, *asked.filters)
    ):
        raise _against("un tableau ne peut pas être donné par structure contributrice")


def check_private(made: Frame) -> None:
    """
    Noise that protects one child hides most of a département: the map would be of the noise.

    Raises:
        NotReleased: a private table is finer than the région, or a synthetic one than the country.
    """
    finest = "region" if made.spec.method is Method.PRIVATE else "national"
    for number, asked in enumerate(made.asked):
        level = made.territory(number)
        if TERRITORIES.index(level) < TERRITORIES.index(finest):
            raise NotReleased(
                Reason.AGAINST_THE_RULE,
                f"Le tableau « {asked.name} » dit {TERRITORY_WORDS[level]} : à cette finesse "
                "le bruit dépasse ce qu'il y a à voir. Publiez-le par la méthode « suppress », et "
                f"gardez celle-ci pour {TERRITORY_WORDS[finest]}.",
            )
    columns = {name for name, role in made.roles.items() if role == "territory"}
    if made.spec.method is Method.SYNTHETIC and columns:
        raise NotReleased(
            Reason.AGAINST_THE_RULE,
            "Des lignes artificielles ne se publient que pour le pays entier : retirez "
            f"« {min(columns)} ».",
        )
    variables = made.spec.variables.values()
    closed = {one.column for one in variables if one.values or one.hierarchy is not None}
    for variable in variables:
        if variable.column not in closed:
            raise NotReleased(
                Reason.AGAINST_THE_RULE,
                f"Donnez à la variable « {variable.name} » la liste de ses valeurs possibles "
                "(« values ») : celles des données diraient qu'un enfant seul en a une.",
            )


def _against(why: str) -> NotReleased:
    return NotReleased(Reason.AGAINST_THE_RULE, f"La règle ne le permet pas : {why}.")
