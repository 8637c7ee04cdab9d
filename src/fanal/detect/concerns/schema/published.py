"""Schema 1 as JSON Schema, made from the models; running the package prints it."""

import json
from typing import Any

from fanal.detect.concerns.schema.shape import ConcernInput
from fanal.detect.screening.queries import load

EXAMPLE: dict[str, Any] = {
    "external_ref": "CLG-2026-0042",
    "received_at": "2026-03-02T09:30:00+01:00",
    "commune": "35238",
    "author": {
        "kind": "school",
        "name": "Camille Exemple",
        "function": "assistante sociale",
        "contact": "02 61 91 00 00",
    },
    "minor": {
        "given_names": "Alix",
        "family_name": "Inventé",
        "birth_date": "2011-04-23",
        "sex": "unknown",
        "school": "Collège imaginaire",
    },
    "facts": "[personne inventée] Trois absences d'une journée depuis janvier. Le 27 février, "
    "l'infirmière a vu un second téléphone. Alix dit devoir « rembourser » quelqu'un.",
    "immediate_danger": False,
    "missing_now": False,
    "child_informed": True,
    "parents_informed": {"value": "no", "reason": "Parents injoignables depuis trois jours."},
    "exploitation": "suspected",
    "other_minors": [{"given_names": "Sacha", "age_estimate": 9, "tie": "frère ou sœur"}],
    "holders": [{"name": "Dominique Inventé", "tie": "mère"}],
    "indicators": ["RUN-1", "MAT-1", "REL-2"],
}


def json_schema() -> dict[str, Any]:
    """The published schema: what ``docs/schemas/concern-1.json`` holds."""
    schema = ConcernInput.model_json_schema()
    for name in ("other_minors", "holders", "indicators"):
        _admit_null(schema["properties"], name)
    listed = schema["properties"]["indicators"]["anyOf"][0]
    listed["items"] = {"type": "string", "enum": list(load().codes())}
    definitions = schema["$defs"]
    for name, (title, description) in TITLES.items():
        definitions[name] |= {"title": title, "description": description}
    definitions["Author"]["allOf"] = [FUNCTION_OF_PROFESSIONALS]
    definitions["Minor"]["allOf"] = [
        _one_of("given_names", "family_name"),
        _one_of("birth_date", "age_estimate"),
    ]
    definitions["OtherMinor"]["allOf"] = [
        _one_of("given_names", "family_name", "birth_date", "age_estimate")
    ]
    definitions["ParentsInformed"]["allOf"] = [REASON_OF_SILENCE]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:fanal:schema:concern-1",
        **schema,
        "title": "Information préoccupante, schéma 1",
        "description": DESCRIPTION,
        "examples": [EXAMPLE],
    }


DESCRIPTION = (
    "Une information préoccupante transmise à la CRIP par un fichier JSON Lines ou par l'API. "
    "Un champ facultatif peut manquer ou valoir null. Aucun champ inconnu n'est accepté. "
    "Aucune image, vidéo ni enregistrement, même codé dans un texte : décrire avec des mots, "
    "donner l'adresse (URL) et la signaler à PHAROS. Les dates ne sont pas dans le futur et le "
    "jeune a moins de 18 ans le jour de la réception. Ce canal n'est pas un numéro d'urgence : "
    "appelez le 17 ou le 112."
)
TITLES = {
    "Author": ("Personne qui transmet", "Connue de la CRIP ; masquée pour la suite du dossier."),
    "Minor": ("Le jeune", "Un nom ou un prénom, et une date de naissance ou un âge estimé."),
    "OtherMinor": ("Autre mineur du foyer", "Au moins un nom ou un âge."),
    "Holder": ("Titulaire de l'autorité parentale", "Parent, tuteur ou tutrice."),
    "ParentsInformed": (
        "Information des parents",
        "Les parents sont informés avant la transmission, sauf intérêt contraire de l'enfant "
        "(art. L226-2-1 du code de l'action sociale et des familles).",
    ),
}
FUNCTION_OF_PROFESSIONALS = {
    "if": {"properties": {"kind": {"enum": ["family", "other"]}}},
    "else": {"required": ["function"], "properties": {"function": {"minLength": 1}}},
}
REASON_OF_SILENCE = {
    "if": {"properties": {"value": {"const": "no"}}},
    "then": {"required": ["reason"], "properties": {"reason": {"type": "string", "minLength": 1}}},
}


def _admit_null(properties: dict[str, Any], name: str) -> None:
    field = properties[name]
    spoken = {key: field.pop(key) for key in ("title", "description", "default") if key in field}
    properties[name] = {"anyOf": [field, {"type": "null"}], **spoken}


def _one_of(*names: str) -> dict[str, Any]:
    return {
        "anyOf": [
            {"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in names
        ]
    }


def written() -> str:
    """The text of ``docs/schemas/concern-1.json``."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
