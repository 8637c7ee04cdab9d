"""Find a commune, and from it who answers for the child and which courts are competent."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.postgres.lookups import TrigramSimilar
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.utils.timezone import is_naive

from fanal.ground.errors import Refusal
from fanal.ground.territory.models import ChildWelfareAuthority, Commune, Court, FormerCode
from fanal.ground.territory.names import search_key
from fanal.ground.territory.terms import OUTSIDE_SCOPE, CommuneStatus

_INSEE_CODE = re.compile(r"([0-9]{2}|2[AB])[0-9]{3}")
_TYPED_CODE = re.compile(r"([0-9]{2}|2[ab])[0-9]{0,3}")
_LOST_ZERO = re.compile(r"[1-9][0-9]{3}")
# Longer than any name: what is left of a text pasted by mistake is not searched.
_LONGEST_SEARCH = 80
_CODE_LENGTH = 5
_PROPOSED = 5
# Two letters stand inside thousands of names: they are the beginning of one.
_TOO_SHORT_TO_BE_INSIDE = 2


class UnknownCommune(Refusal):
    message = (
        "Indiquez le code INSEE de la commune : cinq caractères, par exemple 35238 (Rennes), "
        "01053 (Bourg-en-Bresse) ou 2A004 (Ajaccio)."
    )


class OutsideScope(Refusal):
    """Fanal does not route there; the message says whom to ring."""

    message = "Fanal n'oriente pas vers ce territoire. En danger immédiat, appelez le 17."


def find_commune(code: str) -> Commune:
    """
    The commune of an INSEE code, with its authority, courts, département and parent at hand.

    Arrondissements and communes that were absorbed are found under their own code; a code that
    went out of use leads to today's commune. A postcode that is also the INSEE code of another
    commune cannot be told from it: show the name of what was found.

    Raises:
        OutsideScope: Wallis-et-Futuna, French Polynesia, New Caledonia, or nobody lives there.
        UnknownCommune: no such code; the message says what to write instead.
    """
    code = code.strip().upper()
    if message := OUTSIDE_SCOPE.get(code[:3]):
        raise OutsideScope(message)
    if commune := _commune_of(code):
        return commune
    raise UnknownCommune(_what_to_write_instead(code))


def communes_of_postcode(postcode: str) -> QuerySet[Commune]:
    """Today's communes and arrondissements that a postcode serves, the largest first."""
    return _complete(Commune.objects.filter(postcodes__contains=[postcode])).order_by(
        "-population", "code"
    )


def search_communes(text: str, limit: int = 10) -> list[Commune]:
    """
    Complete what somebody types: a name, a postcode, a code, or a postcode and a name.

    Accents, capitals and hyphens are ignored, « St » is « Saint ». The name itself comes first,
    then those that begin with it, then those that hold it, the most peopled first; when none
    does, names that are spelt alike. Places where Fanal does not route are found too:
    ``find_commune`` then says whom to ring.
    """
    words = search_key(text[:_LONGEST_SEARCH]).split()
    codes = [word for word in words if _TYPED_CODE.fullmatch(word)]
    if len(words) == len(codes) == 1:
        return list(_coded(codes[0])[:limit])

    full = next((code for code in codes if len(code) == _CODE_LENGTH), None)
    name = " ".join(word for word in words if word != full)
    if not name:
        return []
    if full and (found := list(_coded(full).filter(search_names__contains=name)[:limit])):
        return found
    # « 69000 Lyon »: the postcode does not exist, the name does.
    return list(_bearing(name)[:limit]) or list(_spelt_like(name)[:limit])


def authority_of(commune: Commune) -> ChildWelfareAuthority:
    """Where the child lives or stays decides: a proposal, which a person may correct."""
    return commune.authority


@dataclass(frozen=True, slots=True)
class Courts:
    """The tribunal of a commune, and the one that holds its tribunal pour enfants."""

    court: Court
    tpe_court: Court

    @property
    def differ(self) -> bool:
        """Then show both: which parquet takes the report was not read in a text."""
        return self.court != self.tpe_court

    @property
    def shown(self) -> tuple[Court, ...]:
        """The juge des enfants' court first."""
        return (self.tpe_court, self.court) if self.differ else (self.court,)


def courts_of(commune: Commune) -> Courts:
    """Both courts of a commune: never deduced from its département, nor from its authority."""
    return Courts(court=commune.court, tpe_court=commune.tpe_court)


def local_day(authority: ChildWelfareAuthority, moment: datetime) -> date:
    """
    The day that it is for the authority at that moment: legal periods are counted there.

    Raises:
        ValueError: the moment has no time zone, so that nobody can say which day it is.
    """
    if is_naive(moment):
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(ZoneInfo(authority.timezone)).date()


@dataclass(frozen=True, slots=True)
class Outlines:
    """SVG paths of the 101 départements, overseas in insets, by code."""

    view_box: str
    paths: Mapping[str, str]


@cache
def departement_outlines() -> Outlines:
    """The map of départements; draw a server-side figure with it, and its table beside."""
    read = json.loads((Path(__file__).parent / "data/outlines.json").read_text(encoding="utf-8"))
    return Outlines(
        view_box=read["viewBox"],
        paths={entry["code"]: entry["d"] for entry in read["departements"]},
    )


def _coded(code: str) -> QuerySet[Commune]:
    """Communes of which the code or a postcode begins so, or that once had this code."""
    listed = Func(F("postcodes"), Value(" "), function="array_to_string", output_field=TextField())
    return (
        _complete(Commune.objects.alias(listed=listed))
        .filter(
            Q(code__startswith=code.upper())
            | Q(listed__startswith=code)
            | Q(listed__contains=f" {code}")
            | Q(pk__in=FormerCode.objects.filter(code=code.upper()).values("commune"))
        )
        .order_by(F("population").desc(nulls_last=True), "sort_name", "code")
    )


def _bearing(name: str) -> QuerySet[Commune]:
    rank = Case(
        When(sort_name=name, then=0),
        When(sort_name__startswith=name, then=1),
        When(search_names__contains=f" {name}", then=2),
        default=3,
        output_field=IntegerField(),
    )
    held = Q(search_names__contains=name)
    if len(name) <= _TOO_SHORT_TO_BE_INSIDE:
        held = Q(sort_name__startswith=name)
    return _complete(Commune.objects.filter(held)).order_by(
        rank.asc(), F("population").desc(nulls_last=True), "sort_name", "code"
    )


def _spelt_like(name: str) -> QuerySet[Commune]:
    likeness = TrigramSimilarity("search_names", name)
    return _complete(
        Commune.objects.filter(TrigramSimilar(F("search_names"), Value(name)))
    ).order_by(likeness.desc(), F("population").desc(nulls_last=True), "sort_name", "code")


def _complete(communes: QuerySet[Commune]) -> QuerySet[Commune]:
    return communes.select_related("departement", "parent", "authority", "court", "tpe_court")


def _commune_of(code: str) -> Commune | None:
    if not _INSEE_CODE.fullmatch(code):
        return None
    communes = _complete(Commune.objects.all())
    if commune := communes.filter(code=code).first():
        return commune
    former = FormerCode.objects.filter(code=code).first()
    return communes.get(code=former.commune_id) if former else None


def _what_to_write_instead(code: str) -> str:
    if _LOST_ZERO.fullmatch(code) and (commune := _commune_of(f"0{code}")):
        return (
            f"« {code} » n'a que quatre chiffres : un tableur a pu effacer le zéro de tête. "
            f"Indiquez {commune.code} si c'est bien {commune.label}."
        )
    if not _INSEE_CODE.fullmatch(code):
        return UnknownCommune.message
    served = list(communes_of_postcode(code).filter(status=CommuneStatus.CURRENT))
    if not served:
        return f"Aucune commune n'a le code {code}. {UnknownCommune.message}"
    return f"{code} est un code postal. Indiquez le code INSEE de la commune : {_named(served)}."


def _named(communes: list[Commune]) -> str:
    names = [f"{commune.code} ({commune.name})" for commune in communes[:_PROPOSED]]
    left = len(communes) - len(names)
    if left:
        return f"{', '.join(names)} ou l'une des {left} autres"
    *first, last = names
    return f"{', '.join(first)} ou {last}" if first else last
