"""
What other software asks of the public directory, in the words of HSDS.

https://docs.openreferral.org/en/latest/hsds/api_reference.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fanal.ground.errors import Refusal
from fanal.ground.territory.queries import communes_of_postcode
from fanal.prevent.spaces.distances import kilometres
from fanal.prevent.spaces.models import PublicService
from fanal.prevent.spaces.queries import public_services

PER_PAGE, MOST = 50, 500
LONGEST_SEARCH = 80
# Past this, whoever asks wants the whole country.
FURTHEST_M = 1_000_000
TRUE = {"true": True, "false": False, "1": True, "0": False}
POSTCODE = re.compile(r"[0-9]{5}")
PAGED = ("search", "page", "per_page", "format")
SERVICES = (*PAGED, "organization_id", "modified_after", "full", "minimal")
ORGANIZATIONS = (*PAGED, "full", "full_service")
AT_LOCATIONS = (
    *(*PAGED, "organization_id", "modified_after", "full"),
    *("postcode", "proximity"),
)
NO_TAXONOMY = "Fanal ne publie pas de taxonomie : le réseau est dans « attributes »."


class BadParameters(Refusal):
    """By parameter, what is wrong with it and what to write."""

    message = "Un paramètre ne va pas."

    def __init__(self, faults: dict[str, list[str]]) -> None:
        super().__init__(self.message)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Asked:
    search: str = ""
    page: int = 1
    per_page: int = PER_PAGE
    organization_id: UUID | None = None
    modified_after: datetime | None = None
    full: bool = False
    # Identifiers and days alone, to know what has changed.
    minimal: bool = False
    full_service: bool = False
    postcode: str = ""
    # In metres, around the postcode.
    proximity: int | None = None


def read_asked(sent: Mapping[str, str], known: Collection[str]) -> Asked:
    """
    Raises:
        BadParameters: one is not known here, or does not read.
    """
    said: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    for name, written in sent.items():
        try:
            if name not in known:
                raise ValueError(_unknown(name, known))
            said[name] = READERS[name](written)
        except ValueError as error:
            faults[name] = [str(error)]
    if "proximity" in said and not said.get("postcode"):
        faults.setdefault("postcode", ["Dites autour de quel code postal."])
    if faults:
        raise BadParameters(faults)
    said.pop("format", None)
    return Asked(**said)


def found(asked: Asked) -> QuerySet[PublicService]:
    """The public services that answer, in an order that does not move."""
    rows = public_services().select_related("commune", "departement", "change").order_by("pk")
    for word in asked.search.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(commune__name__icontains=word)
            | Q(departement__name__icontains=word)
            | Q(postcode__startswith=word)
        )
    if asked.organization_id:
        rows = rows.filter(ref=asked.organization_id)
    if asked.modified_after:
        rows = rows.filter(change__changed_at__gte=asked.modified_after)
    return _around(rows, asked) if asked.postcode else rows


def with_a_location(rows: QuerySet[PublicService]) -> QuerySet[PublicService]:
    return rows.filter(Q(commune__isnull=False) | Q(latitude__isnull=False) | ~Q(address=""))


def _around(rows: QuerySet[PublicService], asked: Asked) -> QuerySet[PublicService]:
    communes = list(communes_of_postcode(asked.postcode))
    if asked.proximity is None:
        return rows.filter(commune__in=communes)
    points = [
        (one.latitude, one.longitude)
        for one in communes
        if one.latitude is not None and one.longitude is not None
    ]
    if not points:
        return rows.none()
    north = sum(latitude for latitude, _ in points) / len(points)
    east = sum(longitude for _, longitude in points) / len(points)
    placed = rows.filter(latitude__isnull=False).annotate(km=kilometres(north, east))
    return placed.filter(km__lte=asked.proximity / 1000)


def _unknown(name: str, known: Collection[str]) -> str:
    if name in ("taxonomy_id", "taxonomy_term_id"):
        return NO_TAXONOMY
    return f"Ce paramètre n’est pas connu ici. Connus : {', '.join(known)}."


def _count(least: int, most: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        if re.fullmatch("[0-9]{1,9}", written) and least <= int(written) <= most:
            return int(written)
        raise ValueError(f"Écrivez un nombre entier, de {least} à {most}.")

    return read


def _flag(written: str) -> bool:
    if written.lower() not in TRUE:
        raise ValueError("Écrivez true ou false.")
    return TRUE[written.lower()]


def _words(written: str) -> str:
    if len(written) > LONGEST_SEARCH or not written.isprintable():
        raise ValueError(f"Écrivez quelques mots, {LONGEST_SEARCH} caractères au plus.")
    return written


def _reference(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise ValueError("Écrivez un identifiant UUID.") from None


def _postcode(written: str) -> str:
    if not POSTCODE.fullmatch(written) or not communes_of_postcode(written)[:1]:
        raise ValueError("Aucune commune n’a ce code postal : écrivez cinq chiffres.")
    return written


def _moment(written: str) -> datetime:
    try:
        read = datetime.fromisoformat(written)
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    except ValueError:
        raise ValueError("Écrivez 2026-11-28 ou 2026-11-28T09:30:00Z.") from None


def _format(written: str) -> str:
    if written != "json":
        raise ValueError("Fanal répond en JSON seulement : écrivez json, ou rien.")
    return written


READERS: dict[str, Callable[[str], Any]] = {
    "search": _words,
    "page": _count(1, 1_000_000),
    "per_page": _count(1, MOST),
    "format": _format,
    "organization_id": _reference,
    "modified_after": _moment,
    "full": _flag,
    "minimal": _flag,
    "full_service": _flag,
    "postcode": _postcode,
    "proximity": _count(1, FURTHEST_M),
}
