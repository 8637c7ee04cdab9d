"""A structure opens its link and says what is right. It publishes nothing by itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import localdate

from fanal.ground.audit.use_cases import record
from fanal.ground.errors import Refusal
from fanal.prevent.spaces.freshness.doubting import doubt
from fanal.prevent.spaces.freshness.links import opened
from fanal.prevent.spaces.freshness.terms import DoubtSource
from fanal.prevent.spaces.models import Service


class LinkOver(Refusal):
    message = (
        "Ce lien ne sert plus : il a déjà servi, il est trop ancien, ou un plus récent l’a "
        "remplacé. Rien n’a changé."
    )


class EntryChanged(Refusal):
    message = "La fiche a changé depuis que cette page est ouverte. Relisez-la, puis envoyez."


class NothingSaid(Refusal):
    message = "Dites au moins d’une ligne si elle est juste, ou à corriger."


@dataclass(frozen=True, slots=True)
class Asked:
    """The entry as it stands: by field of ``ASKED``, a text, or codes of audiences."""

    request: UUID
    place: UUID
    said: dict[str, Any]
    expires_at: datetime


@transaction.atomic
def read_asked(*, token: str, now: datetime) -> Asked:
    """
    Raises:
        LinkOver: it was never written by us, is over, was used or revoked.
    """
    ref = opened(token)
    row = None
    if ref is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT place, said, expires_at FROM spaces_asked(%s, %s)",
                [ref, now],
            )
            row = cursor.fetchone()
    if ref is None or row is None:
        raise LinkOver
    place, said, expires_at = row
    return Asked(ref, place, json.loads(said) if isinstance(said, str) else said, expires_at)


@transaction.atomic
def answer_asked(
    *,
    token: str,
    seen: Mapping[str, Any],
    right: Collection[str],
    corrected: Mapping[str, Any],
    closed: bool,
    now: datetime,
) -> None:
    """
    Keep what a structure says of its entry, once: the link is used.

    What is shown already and is said to be right is made sure of today. All the rest waits for a
    person: a correction, a word that nobody had confirmed, a closing.

    Args:
        seen: the entry as the page showed it.
        right: fields of ``ASKED``.
        corrected: by field of ``ASKED``, what should stand there.

    Raises:
        LinkOver, EntryChanged, NothingSaid: nothing was kept.
    """
    asked = read_asked(token=token, now=now)
    if asked.said != dict(seen):
        raise EntryChanged
    if not (right or corrected or closed):
        raise NothingSaid
    rights = {name: asked.said[name] for name in right if name not in corrected}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT spaces_answered(%s, %s, %s, %s::jsonb, %s::jsonb, %s)",
            [
                *(asked.request, now, localdate(now)),
                *(json.dumps(rights), json.dumps(dict(corrected)), closed),
            ],
        )
        (place,) = cursor.fetchone()
    if place is None:
        raise LinkOver
    record(
        agent=None,
        deed="directory.answer",
        subject=Service(ref=place),
        detail={"right": sorted(rights), "corrected": sorted(corrected), "closed": closed},
    )
    if closed:
        doubt(service=place, source=DoubtSource.CLOSED, key=str(asked.request), now=now)
