"""Who the minor is, frozen as it was sent: all that the parquet will ever read of the file."""

from __future__ import annotations

from datetime import date
from typing import Any

from fanal.detect.concerns.models import Informant, OtherMinor
from fanal.detect.reports.models import Report, ReportInformant
from fanal.ground.documents.dates import day
from fanal.ground.people.models import Holder, Minor
from fanal.ground.people.queries import files_of
from fanal.ground.people.terms import BirthPrecision


def identity_of(report: Report, *, on: date) -> dict[str, Any]:
    """
    The minor, who holds parental authority and the other minors of the home.

    Never who alerted: those who follow the minor read this.
    """
    minor = Minor.objects.select_related("commune__parent").get(case_file=report.case_file_id)
    files = files_of(report.case_file)
    return {
        "given_names": minor.given_names,
        "family_name": minor.family_name,
        "initials": minor.initials,
        "birth_date": minor.birth_date.isoformat(),
        "birth_is_estimated": minor.birth_precision == BirthPrecision.AGE,
        "birth": birth_in_words(minor, on=on),
        "age": minor.age_in_words(on),
        "sex": minor.get_sex_display(),
        "address": minor.address,
        "commune": minor.commune.label,
        "school": minor.school,
        "holders": [
            {"name": holder.name, "tie": holder.tie, "contact": holder.contact}
            for holder in Holder.objects.filter(case_file__in=files)
        ],
        "other_minors": [_other(one) for one in _others(report)],
    }


def birth_in_words(minor: Minor, *, on: date) -> str:
    """« 20 mai 2011 », or the age when nobody knows the day."""
    if minor.birth_precision == BirthPrecision.AGE:
        return f"date inconnue, {minor.age_in_words(on)}"
    return day(minor.birth_date)


def _others(report: Report) -> list[OtherMinor]:
    if report.concern_id is None:
        return []
    return list(OtherMinor.objects.filter(concern=report.concern_id))


def _other(one: OtherMinor) -> dict[str, str]:
    birth = ""
    if one.birth_date is not None:
        about = "vers " if one.birth_precision == BirthPrecision.AGE else ""
        birth = f"{about}{one.birth_date.year}" if about else f"{one.birth_date:%d/%m/%Y}"
    return {"name": one.full_name, "birth": birth, "tie": one.tie}


def informant_of(report: Report) -> ReportInformant | None:
    """
    Who alerted, not written yet.

    Read with the eyes of whoever asks: an informant masked from them is not sent by them.
    """
    if report.concern_id is None:
        return None
    informant = Informant.objects.filter(concern=report.concern_id).first()
    if informant is None:
        return None
    return ReportInformant(
        case_file_id=report.case_file_id,
        report=report,
        name=informant.name,
        function=informant.function,
        contact=informant.contact,
    )
