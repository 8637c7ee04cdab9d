"""What catalogues of open data ask for: DCAT-AP, as JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fanal.engines.disclosure.release.spec import Spec

EU = "http://publications.europa.eu/resource/authority"
MEDIA = {
    ".csv": ("text/csv", f"{EU}/file-type/CSV"),
    ".parquet": ("application/vnd.apache.parquet", f"{EU}/file-type/PARQUET"),
}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(spec: Spec, files: Sequence[str]) -> dict[str, Any]:
    """
    A ``dcat:Dataset`` with a ``dcat:Distribution`` per file; addresses are relative to the folder.

    Source: DCAT-AP 3.0 (SEMIC), the French profile of data.gouv.fr.
    """
    return {
        "@context": CONTEXT,
        "@type": "dcat:Dataset",
        "@id": f"urn:fanal:{spec.name}",
        "dct:identifier": spec.name,
        "dct:title": _french(spec.title),
        "dct:description": _french(spec.description or spec.title),
        "dct:language": {"@id": f"{EU}/language/FRA"},
        "dct:spatial": {"@id": f"{EU}/country/FRA"},
        "dct:modified": {"@type": "xsd:date", "@value": spec.date.isoformat()},
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dcat:theme": [{"@id": f"{EU}/data-theme/SOCI"}, {"@id": f"{EU}/data-theme/JUST"}],
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": spec.publisher or spec.contact,
            "vcard:hasEmail": {"@id": f"mailto:{spec.contact}"},
        },
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": spec.publisher or spec.contact},
        "dcat:distribution": [
            _distribution(spec, name) for name in files if Path(name).suffix in MEDIA
        ],
    }


def _distribution(spec: Spec, name: str) -> dict[str, Any]:
    media, kind = MEDIA[Path(name).suffix]
    described = {
        "@type": "dcat:Distribution",
        "dct:title": _french(name),
        "dcat:accessURL": {"@id": name},
        "dcat:downloadURL": {"@id": name},
        "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{media}"},
        "dct:format": {"@id": kind},
    }
    if spec.license:
        described["dct:license"] = {"@id": spec.license}
    return described


def _french(text: str) -> dict[str, str]:
    return {"@language": "fr", "@value": text}
