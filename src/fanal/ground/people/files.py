"""What this room tells of a file to the screens that say who may open it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.timezone import now

from fanal.ground.access.contents import Line
from fanal.ground.access.models import CaseFile
from fanal.ground.people.models import Holder, Minor
from fanal.ground.people.phonetics import plain
from fanal.ground.people.queries import files_of
from fanal.ground.territory.queries import local_day


def name_of(case_file: CaseFile) -> str:
    minor = _minor(case_file)
    if minor is None:
        return "Dossier"
    return f"{minor.initials}, {minor.age_in_words(local_day(case_file.authority, now()))}"


def identity(case_file: CaseFile) -> list[Line]:
    """Name, day of birth and school: what tells one child from another."""
    minor = _minor(case_file)
    if minor is None:
        return []
    lines = [
        Line("Enfant", minor.full_name),
        Line("Âge", minor.age_in_words(local_day(case_file.authority, now()))),
    ]
    if minor.birth_precision == "day":
        lines.append(Line("Né ou née le", f"{minor.birth_date:%d/%m/%Y}"))
    if minor.school:
        lines.append(Line("Établissement", minor.school))
    return lines


def contact(case_file: CaseFile) -> list[Line]:
    """The commune, never the address of a shelter; and whom to call."""
    minor = _minor(case_file)
    lines = [Line("Commune", minor.commune.name)] if minor is not None else []
    for holder in Holder.objects.filter(case_file__in=files_of(case_file)):
        said = ", ".join(part for part in (holder.name, holder.tie, holder.contact) if part)
        lines.append(Line("Titulaire de l'autorité parentale", said))
    return lines


def behind_glass(given_names: str, family_name: str, birth_date: date) -> list[UUID]:
    """Files of a child so named and born that day, that an emergency opens to whoever asks."""
    name = plain(f"{given_names} {family_name}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_behind_glass(%s, %s)", [name, birth_date])
        return [ref for (ref,) in cursor.fetchall()]


def _minor(case_file: CaseFile) -> Minor | None:
    root = case_file.merged_into_id or case_file.pk
    return Minor.objects.select_related("commune").filter(case_file=root).first()
