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


def lines(case_file: CaseFile) -> list[Line]:
    """Who the child is, where they live, who has authority over them; never a shelter's address."""
    minor = _minor(case_file)
    if minor is None:
        return []
    found = [
        Line("Enfant", minor.full_name, "people.Minor.family_name"),
        Line(
            "Âge",
            minor.age_in_words(local_day(case_file.authority, now())),
            "people.Minor.birth_date",
        ),
        Line("Commune", minor.commune.name, "people.Minor.commune"),
    ]
    if minor.birth_precision == "day":
        born = Line("Né ou née le", f"{minor.birth_date:%d/%m/%Y}", "people.Minor.birth_date")
        found.insert(2, born)
    if minor.school:
        found.append(Line("Établissement", minor.school, "people.Minor.school"))
    holders = Holder.objects.filter(case_file__in=files_of(case_file)).order_by("pk")
    for number, holder in enumerate(holders, start=1):
        who = f"Titulaire {number} de l'autorité parentale"
        said = ", ".join(part for part in (holder.name, holder.tie) if part)
        found.append(Line(who, said, "people.Holder.name"))
        if holder.contact:
            found.append(Line(who, holder.contact, "people.Holder.contact"))
    return found


def behind_glass(given_names: str, family_name: str, birth_date: date) -> list[UUID]:
    """Files of a child so named and born that day, that an emergency opens to whoever asks."""
    name = plain(f"{given_names} {family_name}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_behind_glass(%s, %s)", [name, birth_date])
        return [ref for (ref,) in cursor.fetchall()]


def _minor(case_file: CaseFile) -> Minor | None:
    root = case_file.merged_into_id or case_file.pk
    return Minor.objects.select_related("commune").filter(case_file=root).first()
