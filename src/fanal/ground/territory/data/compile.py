"""
Rebuild ``departements.csv``, ``communes.csv.gz`` and ``former_codes.csv`` from public files.

    python compile.py --cog DECOUPAGE/data --centroids CENTROIDS.csv [--into FOLDER]

``--cog``: folder of the JSON files of ``@etalab/decoupage-administratif`` (Code officiel
géographique). ``--centroids``: any CSV with the columns ``code``, ``lon`` and ``lat``.
``routing.csv.gz`` is read, never written: a commune that it does not know stops the work, for a
new commune must first be given its authority and its courts by a person.
"""

import argparse
import csv
import gzip
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

# Nobody lives there: no minor can be reported from the TAAF (984) or Clipperton (989).
UNINHABITED = ("984", "989")
COMMUNES_HEADER = (
    "code", "name", "status", "departement", "parent", "former_name",
    "population", "postcodes", "latitude", "longitude",
)  # fmt: skip

Entry = Mapping[str, Any]
Row = tuple[str, ...]


def inhabited(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry["departement"] not in UNINHABITED]


def parent_of(entry: Entry) -> str:
    return str(entry.get("chefLieu") or entry.get("commune") or "")


def commune_rows(
    cog: Iterable[Entry], centroids: Mapping[str, tuple[str, str]], routed: set[str]
) -> list[Row]:
    """
    One row per code: today's communes, their arrondissements, the communes that they absorbed.

    A delegated commune that shares the code of its commune is kept as its ``former_name``.
    """
    entries = inhabited(cog)
    current = {str(e["code"]): e for e in entries if e["type"] == "commune-actuelle"}
    if lost := sorted(set(current) - routed):
        raise SystemExit(f"no authority and no court for {', '.join(lost)}: see routing.csv.gz")

    former_names = {
        str(e["code"]): str(e["nom"])
        for e in entries
        if e["code"] in current and e["nom"] != current[e["code"]]["nom"]
    }
    rows: list[Row] = []
    for code, entry in current.items():
        latitude, longitude = centroids.get(code, ("", ""))
        rows.append(
            (code, str(entry["nom"]), "current", str(entry["departement"]), "",
             former_names.get(code, ""), population(entry), postcodes(entry), latitude, longitude)
        )  # fmt: skip
    for entry in entries:
        code, parent = str(entry["code"]), parent_of(entry)
        if code in current:
            continue
        status = "arrondissement" if entry["type"] == "arrondissement-municipal" else "former"
        # Five absorbed communes changed département with the merger: the new one counts.
        departement = str(current[parent]["departement"])
        rows.append(
            (code, str(entry["nom"]), status, departement, parent, "",
             population(entry), postcodes(entry), "", "")
        )  # fmt: skip
    return sorted(rows)


def former_code_rows(cog: Iterable[Entry]) -> list[Row]:
    """
    Codes that merged or moved before the COG kept their names: code, today's commune.

    Without those that are a postcode today: who writes 75001 means Paris, not the Alfortville of
    before 1968.
    """
    entries = inhabited(cog)
    taken = {str(e["code"]) for e in entries}
    taken |= {postcode for e in entries for postcode in e.get("codesPostaux", ())}
    rows: list[Row] = [
        (str(old), str(entry["code"]))
        for entry in entries
        if entry["type"] == "commune-actuelle"
        for old in entry.get("anciensCodes", ())
        if old not in taken
    ]
    return sorted(rows)


def population(entry: Entry) -> str:
    return str(entry.get("population", ""))


def postcodes(entry: Entry) -> str:
    return "|".join(entry.get("codesPostaux", ()))


def read_centroids(path: Path) -> dict[str, tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["lat"], row["lon"]) for row in csv.DictReader(file)}


def read_routed(path: Path) -> set[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return {row["commune"] for row in csv.DictReader(file)}


def write(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    content = text.getvalue().encode()
    # No date inside: the same input gives the same bytes, hence the same digest at loading.
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cog", type=Path, required=True)
    parser.add_argument("--centroids", type=Path, required=True)
    parser.add_argument("--into", type=Path, default=HERE)
    wanted = parser.parse_args()

    cog = json.loads((wanted.cog / "communes.json").read_text(encoding="utf-8"))
    departements = json.loads((wanted.cog / "departements.json").read_text(encoding="utf-8"))
    centroids = read_centroids(wanted.centroids)
    routed = read_routed(HERE / "routing.csv.gz")

    names = sorted((d["code"], d["nom"]) for d in departements if d["code"] not in UNINHABITED)
    write(wanted.into / "departements.csv", ("code", "name"), names)
    write(
        wanted.into / "communes.csv.gz",
        COMMUNES_HEADER,
        commune_rows(cog, centroids, routed),
    )
    write(wanted.into / "former_codes.csv", ("code", "commune"), former_code_rows(cog))


if __name__ == "__main__":
    main()
