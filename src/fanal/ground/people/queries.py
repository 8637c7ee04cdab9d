from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from fanal.ground.access.models import CaseFile
from fanal.ground.people.models import Minor, PossibleMatch
from fanal.ground.people.phonetics import (
    SHORTEST_SKELETON,
    heard,
    joined,
    name_keys,
    plain,
    skeleton,
)
from fanal.ground.people.terms import BirthPrecision
from fanal.ground.territory.models import ChildWelfareAuthority

CLOSE_SPELLING = 0.45
SHOWN = 8
# Two words alike, as a share of their letters: one slip in five.
A_SLIP, SHORTEST_SLIP = 0.8, 4
# Names alike that are looked at one by one.
BLOCK = 200
# How far two birth dates may be apart, in days: ages are told a year off, papers say otherwise.
YEAR_AND_A_HALF, TWO_YEARS, FIVE_YEARS = 550, 731, 1830


@dataclass(frozen=True, slots=True)
class PossibleMinor:
    """Somebody who may be the same minor, and why: words, never a number."""

    minor: Minor
    reasons: list[str]


def files_of(case_file: CaseFile) -> QuerySet[CaseFile]:
    """The file with those that were merged into it: what is read together."""
    root = case_file.merged_into_id or case_file.pk
    return CaseFile.objects.filter(Q(pk=root) | Q(merged_into=root))


def called(text: str) -> Q | None:
    """
    Minors whose name answers to each word of a text: by ear, by consonants or by its letters.

    Returns:
        None when the text holds no letter.
    """
    words = plain(text).split()
    if not words:
        return None
    query = Q()
    for word in words:
        query &= Q(name_keys__overlap=name_keys(word)) | Q(name_plain__contains=word)
    return query


def possible_minors(
    *,
    given_names: str,
    family_name: str,
    birth_date: date | None,
    birth_precision: BirthPrecision = BirthPrecision.DAY,
    besides: CaseFile | None = None,
    authority: ChildWelfareAuthority | None = None,
) -> list[PossibleMinor]:
    """
    Minors who may be this one, among the files that the asking agent sees.

    Args:
        besides: leave out this file, with those that are read with it.
        authority: look in the files of this one alone.

    Returns:
        At most eight, the best founded first, each with its reasons in French. Blocked by
        phonetic and consonant keys or close spelling, then by a compatible birth date.
    """
    wanted = plain(f"{given_names} {family_name}")
    if not wanted:
        return []
    found = (
        Minor.objects.annotate(likeness=TrigramSimilarity("name_plain", wanted))
        .filter(
            Q(name_keys__overlap=name_keys(given_names, family_name))
            | Q(likeness__gte=CLOSE_SPELLING)
        )
        .select_related("case_file__authority", "commune")
        .order_by("-likeness", "pk")
    )
    if besides is not None:
        found = found.exclude(case_file__in=files_of(besides))
    if authority is not None:
        found = found.filter(case_file__authority=authority)
    possible = []
    for minor in found[:BLOCK]:
        reasons = _name_reasons(minor, given_names, family_name)
        birth = _birth_reason(minor, birth_date, birth_precision)
        if reasons and birth is not None:
            possible.append(PossibleMinor(minor, [*reasons, *([birth] if birth else [])]))
    possible.sort(key=lambda one: len(one.reasons), reverse=True)
    return possible[:SHOWN]


def _name_reasons(minor: Minor, given_names: str, family_name: str) -> list[str]:
    """Why the names may be one name; empty when too little is alike."""
    asked = plain(f"{given_names} {family_name}").split()
    known = minor.name_plain.split()
    if set(asked) == set(known):
        return _same_words(minor, given_names, family_name)
    asked_heard, known_heard = {heard(word) for word in asked}, {heard(word) for word in known}
    if asked_heard == known_heard:
        return ["même nom à l'oreille"]
    if asked_heard < known_heard or known_heard < asked_heard:
        return ["une partie du nom en commun"]
    shorter, longer = sorted((asked, known), key=len)
    longer = [*longer, *joined(longer)]
    if all(any(_spelt_alike(one, other) for other in longer) for one in shorter):
        return ["écriture voisine"]
    if len(_bones(asked) & _bones(known)) >= 2:  # noqa: PLR2004 — both names
        return ["mêmes consonnes"]
    return []


def _same_words(minor: Minor, given_names: str, family_name: str) -> list[str]:
    if plain(given_names) == plain(minor.given_names):
        both = bool(given_names) and bool(family_name)
        return ["même nom", "même prénom"] if both else ["même nom"]
    swapped = (plain(given_names), plain(family_name)) == (
        plain(minor.family_name),
        plain(minor.given_names),
    )
    return ["nom et prénom inversés"] if swapped else ["mêmes mots dans le nom"]


def _spelt_alike(one: str, other: str) -> bool:
    """Heard alike, or a slip of the pen apart; in a short name, a slip makes another name."""
    if heard(one) == heard(other):
        return True
    long_enough = min(len(one), len(other)) >= SHORTEST_SLIP
    return long_enough and SequenceMatcher(None, one, other).ratio() >= A_SLIP


def _bones(words: list[str]) -> set[str]:
    return {bones for bones in map(skeleton, words) if len(bones) >= SHORTEST_SKELETON}


def _birth_reason(
    minor: Minor, birth_date: date | None, precision: BirthPrecision = BirthPrecision.DAY
) -> str | None:
    """A reason, an empty string when nothing is known, None when the dates exclude each other."""
    if birth_date is None:
        return ""
    known = minor.birth_date
    days_apart = abs((known - birth_date).days)
    if BirthPrecision.AGE in (minor.birth_precision, precision):
        return "âge voisin" if days_apart <= TWO_YEARS else None
    same_day_of_year = (known.month, known.day) == (birth_date.month, birth_date.day)
    swapped = (known.year, known.month, known.day) == (
        birth_date.year,
        birth_date.day,
        birth_date.month,
    )
    likely = (
        (known == birth_date, "même date de naissance"),
        (swapped, "jour et mois de naissance inversés"),
        (same_day_of_year and days_apart <= FIVE_YEARS, "même jour de naissance, autre année"),
        (days_apart <= YEAR_AND_A_HALF, "année de naissance voisine"),
    )
    return next((reason for holds, reason in likely if holds), None)


def hinted_files(case_file: CaseFile) -> QuerySet[PossibleMatch]:
    """
    Other information that may concern the same minor, for somebody who holds this file.

    The database leaves out what is sealed and what the agent is excluded from; nothing of the
    other file is readable through it. Files that were merged are no longer "other".
    """
    mine = files_of(case_file).values("pk")
    one, other = Q(case_file_id__in=mine), Q(other_id__in=mine)
    return PossibleMatch.objects.filter((one & ~other) | (other & ~one), set_aside_at__isnull=True)
