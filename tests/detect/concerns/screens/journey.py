"""What an author types, step by step, and the way from one step to the next."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from fanal.detect.concerns.models import Draft
from rows import as_owner

FACTS = "Absente lundi et mardi, revenue avec un second téléphone. [personne inventée]"

ANSWERS: dict[str, dict[str, Any]] = {
    "danger": {"immediate_danger": "no", "missing_now": "no"},
    "jeune": {
        "given_names": "Léa",
        "family_name": "Inventée",
        "birth_date": "20/05/2011",
        "sex": "F",
        "commune": "Lille",
    },
    "faits": {"facts": FACTS, "exploitation": "suspected", "RUN": ["RUN-1"]},
    "informes": {
        "child_informed": "yes",
        "parents_informed": "no",
        "parents_reason": "Contraire à son intérêt, selon ses mots.",
        "holders": "Anne Inventée ; mère ; 06 00 00 00 00",
        "other_minors": "Tom Inventé ; 9 ans ; frère",
        "author_kind": "school",
        "author_name": "Sofia Inventée",
        "author_function": "assistante sociale",
        "author_contact": "sofia@fanal.invalid",
    },
}


def begin(client: Client) -> Draft:
    response = client.post(reverse("concerns:start"))
    with as_owner():
        return Draft.objects.get(ref=response["Location"].split("/")[2])


def address(draft: Draft, step: str) -> str:
    return reverse("concerns:write", args=[draft.ref, step])


def write_all(client: Client, draft: Draft, **changed: dict[str, Any]) -> None:
    for step, answers in ANSWERS.items():
        client.post(address(draft, step), answers | changed.get(step, {}))
