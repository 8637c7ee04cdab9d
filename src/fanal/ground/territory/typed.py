"""The commune that somebody means: a name, a postcode, a code."""

from __future__ import annotations

from fanal.ground.errors import Refusal
from fanal.ground.territory.models import Commune
from fanal.ground.territory.names import search_key
from fanal.ground.territory.queries import UnknownCommune, find_commune, search_communes

PROPOSED = 12


class AmbiguousCommune(Refusal):
    """Several communes answer to what was typed; ``candidates`` are those to choose from."""

    message = "Plusieurs communes répondent à ce nom : choisissez la bonne ci-dessous."

    def __init__(self, candidates: list[Commune]) -> None:
        super().__init__()
        self.candidates = candidates


def commune_typed(text: str) -> Commune:
    """
    The commune that an author means by a name, a postcode or an INSEE code.

    Raises:
        AmbiguousCommune: several fit.
        UnknownCommune: none does; the message says what to write instead.
        OutsideScope: the message says whom to ring.
    """
    typed = text.strip()
    if typed.endswith(")") and "(" in typed:
        # What the list of suggestions writes: « Lille (59350) ».
        typed = typed.rsplit("(", 1)[1].rstrip(")")
    try:
        return find_commune(typed)
    except UnknownCommune:
        found = search_communes(typed, limit=PROPOSED) if len(typed) > 1 else []
    wanted = search_key(typed)
    exact = [one for one in found if search_key(one.name) == wanted]
    sure = exact or [one for one in found if _holds(one, wanted)]
    if len(exact) == 1 or len(sure) == len(found) == 1:
        return find_commune(sure[0].code)
    if found:
        raise AmbiguousCommune(exact or found)
    if not typed:
        raise UnknownCommune("Dites dans quelle commune il vit ou séjourne.")
    raise UnknownCommune(
        f"« {typed[:60]} » n'est pas trouvée : écrivez le nom entier de la commune, "
        "ou son code postal."
    )


def _holds(commune: Commune, wanted: str) -> bool:
    """Found by its code or its name, rather than for a spelling that is close."""
    name = search_key(commune.name)
    return wanted.isdigit() or wanted in name or name in wanted


def written_commune(commune: Commune) -> str:
    """How the field keeps a commune that was recognised, as the suggestions write it."""
    return f"{commune.name} ({commune.code})"
