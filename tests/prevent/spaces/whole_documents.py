"""Documents with every field that a format has, drawn from one number. All of them are invented."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import fanal.prevent.spaces

SCHEMAS = json.loads(
    (Path(fanal.prevent.spaces.__file__).parent / "data" / "hsds" / "schemas.json").read_text()
)
TABLES: dict[str, Any] = SCHEMAS["$defs"]
# So deep do things hang on a service; further down, lists are empty.
DEEP = 3
WORDS = ("Été", "« 9 h »", "a b\nc", "ÉÉÉ ÿ", "0", "null", "x" * 29, "\u202eabc", "🙂 oui")
BY_FORMAT = {
    "uri": ("https://lieu.invalid/x?y=1", "http://lieu.invalid"),
    "email": ("nul@lieu.invalid",),
}


def hsds_service(seed: int) -> dict[str, Any]:
    """A whole service of HSDS, with what hangs on it, all that the schema knows."""
    draw = Random(seed)  # noqa: S311
    # Ages that cross are refused at the door.
    return _table("service", draw, 0) | {"maximum_age": draw.choice((99, 99.5, 400))}


def _table(name: str, draw: Random, depth: int) -> dict[str, Any]:
    table = TABLES[name]
    said = {}
    for key, kind in table["properties"].items():
        nested = "$ref" in kind or kind.get("type") == "array"
        if nested and depth == DEEP:
            continue
        if key in table["required"] or depth < DEEP - 1 or draw.random() < 0.5:
            said[key] = _value(kind, draw, depth)
    return said


def _value(kind: dict[str, Any], draw: Random, depth: int) -> Any:
    if "$ref" in kind:
        return _table(kind["$ref"].rsplit("/", 1)[1], draw, depth + 1)
    if kind["type"] == "array":
        return [_value(kind["items"], draw, depth) for _ in range(draw.randint(0, 2))]
    if kind["type"] == "number":
        return draw.choice((0, 7, 17.5, -2, 48.85, 400))
    if kind.get("format") == "uuid":
        return str(UUID(int=draw.getrandbits(128), version=4))
    return draw.choice(kind.get("enum") or BY_FORMAT.get(kind.get("format", "")) or WORDS)


def inclusion_pair(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A structure of data·inclusion and a service of it, each with every field of its schema."""
    draw = Random(seed)  # noqa: S311
    key = f"dora--{draw.getrandbits(60):x}"

    def word() -> str:
        return draw.choice([one for one in WORDS if one != "0"])

    both: dict[str, Any] = {
        "source": "dora",
        "nom": f"Lieu {word()}",
        "description": f"Un lieu inventé, {word()}",
        "lien_source": "https://lieu.invalid/page",
        "date_maj": f"2025-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}",
        "commune": draw.choice(("LILLE", "Lille", "Roubaix")),
        "code_postal": draw.choice(("59000", "59100")),
        "code_insee": draw.choice(("59350", "59512")),
        "adresse": word(),
        "complement_adresse": word(),
        "longitude": draw.choice((3.06, 3, -61.5)),
        "latitude": draw.choice((50.63, 50, 14.6)),
        "telephone": draw.choice(("+33320000000", "0320000000")),
        "courriel": "nul@lieu.fr",
        "horaires_accueil": draw.choice(("Mo-Fr 08:30-12:30; PH off", "24/7")),
    }
    structure = both | {
        "id": key,
        "siret": "13003013300016",
        "site_web": draw.choice(("https://lieu.invalid/", "http://lieu.invalid")),
        "accessibilite_lieu": "https://acceslibre.beta.gouv.fr/app/lieu/",
        "reseaux_porteurs": draw.sample(
            ("cidff", "mission-locale", "reseau-information-jeunesse"), draw.randint(1, 3)
        ),
    }
    service = both | {
        "id": f"{key}-service",
        "structure_id": key,
        "nom": f"Service {word()}",
        "date_maj": f"2025-0{draw.randint(1, 9)}-2{draw.randint(0, 8)}",
        "type": "accompagnement",
        "thematiques": ["sante--constituer-un-dossier-mdph-invalidite"],
        "frais": draw.choice(("gratuit", "payant")),
        "frais_precisions": word(),
        "publics": draw.choice((["jeunes"], ["tous-publics"], ["familles", "femmes"], ["actifs"])),
        "publics_precisions": word(),
        "conditions_acces": word(),
        "modes_accueil": ["en-presentiel"],
        "zone_eligibilite": draw.choice((["59"], ["59350"], ["2A", "2B"], ["france"])),
        "contact_nom_prenom": word(),
        "lien_mobilisation": "https://lieu.invalid/demande",
        "modes_mobilisation": ["telephoner"],
        "mobilisable_par": ["usagers"],
        "mobilisation_precisions": word(),
        "volume_horaire_hebdomadaire": draw.choice((1, 2.5)),
        "nombre_semaines": draw.randint(1, 9),
    }
    return structure, service
