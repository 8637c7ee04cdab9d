"""The result in plain French: never a number without its interval, the main doubt first."""

from __future__ import annotations

from collections.abc import Sequence

from fanal.engines.population.answers import Answer
from fanal.engines.population.names import listed, method
from fanal.engines.population.tables import CaptureTable

# Narrow no-break space between thousands; no-break space before a percent sign.
THIN, FIRM = "\u202f", "\u00a0"
FRAGILE = 2.0


def number(value: float) -> str:
    """A number of people; beyond a thousand, to three digits: more would be a false precision."""
    digits = max(len(str(round(value))) - 3, 0) if value >= 1000 else 0  # noqa: PLR2004
    return f"{round(value, -digits):,.0f}".replace(",", THIN)


def whole(count: int) -> str:
    """A count, to the unit."""
    return f"{count:,}".replace(",", THIN)


def share(part: float) -> str:
    return f"{part * 100:.3g}".replace(".", ",") + f"{FIRM}%"


def people(answer: Answer) -> str:
    """An estimate with its interval, or why there is none."""
    if answer.refused is not None:
        return answer.refused.message
    if answer.lower is None or answer.upper is None:
        return "pas d'intervalle : rien n'est dit"
    return (
        f"{number(answer.estimate or 0)} (de {number(answer.lower)} à {number(answer.upper)}, "
        f"intervalle à {share(answer.level)})"
    )


def sentences(table: CaptureTable, answers: Sequence[Answer]) -> str | None:
    """
    What may be said aloud; ``None`` when no method has an answer with its interval.

    At least so many seen, at least so many by Chao's bound, and between what and what the models
    are; then the doubt.
    """
    whole = [one for one in answers if one.lower is not None and one.upper is not None]
    models = [one for one in whole if one.method != "chao"]
    if not models:
        return None
    chao = next((one for one in whole if one.method == "chao"), None)
    low = min(one.lower for one in models if one.lower is not None)
    high = max(one.upper for one in models if one.upper is not None)
    bound = f", au moins {people(chao)} selon la borne de Chao" if chao else ""
    first = (
        f"Estimation : au moins {number(table.n)} personnes vues{bound} ; les modèles disent entre "
        f"{number(low)} et {number(high)}, intervalles compris."
    )
    points = [one.estimate for one in models if one.estimate is not None]
    apart = max(points) / min(points)
    doubt = (
        f"Le principal doute : d'une méthode à l'autre, l'estimation va de {number(min(points))} à "
        f"{number(max(points))}, et chaque intervalle suppose son modèle vrai."
        if apart > FRAGILE
        else "Le principal doute : chaque intervalle suppose son modèle vrai, et aucune donnée ne "
        "montre si les personnes que nul n'a vues diffèrent des autres."
    )
    refused = [method(one.method) for one in answers if one.refused is not None]
    third = f" Sans réponse : {listed(refused)}." if refused else ""
    return f"{first} {doubt}{third}"
