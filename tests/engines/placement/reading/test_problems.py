"""A file is read whole, or refused in one French line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from fanal.engines.placement.reading import read_problem
from fanal.engines.placement.refusals import Code, NotPlaced

SOUND: dict[str, Any] = {
    "arcs": [[0, 0, 5], [1, 1, 7], [2, 0, 9]],
    "unit_facility": [0, 1],
    "unit_places": [1, 2],
    "unplaced_penalty": [100, 200, 300],
    "keep_apart": [[0, 1]],
    "keep_together": [[1, 2]],
}


def written(path: Path, content: Any) -> Path:
    if not isinstance(content, bytes):
        content = (content if isinstance(content, str) else json.dumps(content)).encode()
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("packed", [True, False])
def test_a_file_is_read_compressed_or_not_laid_out_or_not(
    tmp_path: Path, *, indent: int | None, packed: bool
) -> None:
    text = json.dumps(SOUND, indent=indent).encode()

    read = read_problem(written(tmp_path / "a", gzip.compress(text) if packed else text))

    arcs = zip(read.request.tolist(), read.unit.tolist(), read.cost.tolist(), strict=True)
    assert [list(arc) for arc in arcs] == SOUND["arcs"]
    assert (read.apart, read.together) == (((0, 1),), ((1, 2),))


def test_the_answer_in_the_file_is_not_read(tmp_path: Path) -> None:
    read_problem(written(tmp_path / "a", SOUND | {"proven_optimum": "?", "left_out": None}))


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", Code.UNREADABLE, "Il est vide."),
        (b" \n", Code.UNREADABLE, "Il est vide."),
        (b"{\n\x00\xff\xfe\x80", Code.UNREADABLE, "Ligne 2 : ce n'est pas du texte en UTF-8."),
        (b"\x1f\x8bbroken", Code.UNREADABLE, "Il est comprimé, et abîmé."),
        (gzip.compress(json.dumps(SOUND).encode(), mtime=0)[:-20], Code.UNREADABLE, "abîmé"),
        (b"[1, 2]", Code.UNREADABLE, "un objet JSON"),
        (b"{\n\n  oui", Code.UNREADABLE, "Ligne 3, colonne 3 : ce n'est pas du JSON."),
        (b"[" * 100_000, Code.UNREADABLE, "crochets"),
        (b'{"arcs": ' + b"9" * 10_000_000 + b"}", Code.UNREADABLE, "trop de chiffres"),
        (b'{"arcs":\n[[0, 0, NaN]]}', Code.UNREADABLE, "Ligne 2 : « NaN » n'est pas un nombre."),
        ("a" * 10_000_000, Code.UNREADABLE, "Ligne 1, colonne 1"),
        (b'{"arcs": [], "arcs": []}', Code.UNREADABLE, "« arcs » y est donné deux fois."),
        ({"arcs": []}, Code.UNREADABLE, "« unit_facility », « unit_places », « unplaced_penalty »"),
        (SOUND | {"arcs": [[0, 0]]}, Code.UNREADABLE, "« arcs », élément 0"),
        (SOUND | {"arcs": [[0, 0, 1], [1, 1]]}, Code.UNREADABLE, "« arcs », élément 1"),
        (SOUND | {"arcs": [[0, 0], [1, 1, 1, 1]]}, Code.UNREADABLE, "« arcs », élément 0"),
        (b'{"arcs": [[0, 1 2, 3]], "unit_facility": [0]}', Code.UNREADABLE, "colonne 17"),
        (b'{"arcs": [[0, 01, 3]], "unit_facility": [0]}', Code.UNREADABLE, "colonne 16"),
        (SOUND | {"arcs": [[0, 0, 1.5]]}, Code.UNREADABLE, "« [0, 0, 1.5] » au lieu de 3 entiers"),
        (SOUND | {"arcs": [[0, 0, True]]}, Code.UNREADABLE, "élément 0"),
        (SOUND | {"arcs": [[0, 0, None]]}, Code.UNREADABLE, "élément 0"),
        (SOUND | {"arcs": [[0, 0, 10**30]]}, Code.UNREADABLE, "élément 0"),
        (SOUND | {"arcs": [[0, 0, "x" * 10**7]]}, Code.UNREADABLE, "élément 0"),
        (SOUND | {"arcs": 3}, Code.UNREADABLE, "« arcs » doit être une liste."),
        (SOUND | {"arcs": "taken"}, Code.UNREADABLE, "« arcs » doit être une liste."),
        (SOUND | {"arcs": [[0, 9, 1]]}, Code.UNREADABLE, "cite l'unité 9, qui n'existe pas"),
        (SOUND | {"arcs": [[-1, 0, 1]]}, Code.UNREADABLE, "cite la demande -1, qui n'existe pas"),
        (SOUND | {"arcs": [[0, 0, -4]]}, Code.UNSUITABLE, "Le coût de l'arc 0 : -4"),
        (SOUND | {"arcs": [[0, 0, 10**12]]}, Code.UNSUITABLE, "hors de 0 à un milliard"),
        (SOUND | {"unplaced_penalty": [1, -1, 1]}, Code.UNSUITABLE, "pénalité de la demande 1"),
        (SOUND | {"unit_places": [1, -2]}, Code.UNSUITABLE, "Les places de l'unité 1 : -2"),
        (
            SOUND | {"arcs": [[0, 0, 1], [2, 1, 1], [0, 0, 2]]},
            Code.CONTRADICTORY,
            "L'arc de la demande 0 à l'unité 0 est donné deux fois.",
        ),
        (SOUND | {"unit_places": [1]}, Code.UNREADABLE, "2 établissements et 1 nombre de places"),
        (SOUND | {"unit_places": {"a": 1}}, Code.UNREADABLE, "« unit_places »"),
        (SOUND | {"unit_places": [1, "2"]}, Code.UNREADABLE, "élément 1 : « 2 »"),
        (SOUND | {"keep_apart": [[0, 1], [0, 8]]}, Code.UNREADABLE, "groupe séparé 1 cite la"),
        (SOUND | {"keep_apart": [0]}, Code.UNREADABLE, "« keep_apart » doit être une liste"),
        (SOUND | {"keep_apart": [["a"]]}, Code.UNREADABLE, "« keep_apart[0] », élément 0 : « a »"),
        (SOUND | {"siblings": "never"}, Code.UNREADABLE, "« together » ou « if_possible »"),
        (SOUND | {"keep_apart": [[1, 2]]}, Code.CONTRADICTORY, "Les demandes 1 et 2 doivent"),
        (
            SOUND | {"keep_apart": [[0, 2]], "keep_together": [[0, 1], [1, 2], [2, 0]]},
            Code.CONTRADICTORY,
            "Les demandes 0 et 2 doivent être ensemble et séparées.",
        ),
    ],
)  # fmt: skip
def test_what_is_not_a_placement_is_refused_with_what_is_wrong(
    tmp_path: Path, content: Any, code: Code, said: str
) -> None:
    with pytest.raises(NotPlaced) as refused:
        read_problem(written(tmp_path / "a", content))

    assert refused.value.code == code
    assert said in refused.value.message
    assert len(refused.value.message) < 260


@pytest.mark.parametrize("arcs", ["[[0,0,5]]", "[ [ 0 , 0 , 5 ] ]", '[[0, 0, 5]], "about": "x"'])
def test_arcs_read_at_once_or_one_by_one_are_the_same(tmp_path: Path, arcs: str) -> None:
    rest = json.dumps(SOUND | {"arcs": "HERE"})

    read = read_problem(written(tmp_path / "a", rest.replace('"HERE"', arcs)))

    assert (read.request.tolist(), read.unit.tolist(), read.cost.tolist()) == ([0], [0], [5])


def test_siblings_part_only_when_the_rule_says_so_and_no_facility_could_take_them(
    tmp_path: Path,
) -> None:
    loose = SOUND | {"keep_apart": [], "siblings": "if_possible"}

    assert read_problem(written(tmp_path / "a", SOUND | {"keep_apart": []})).together == ((1, 2),)
    assert read_problem(written(tmp_path / "b", loose)).together == ()
    could = loose | {"arcs": [[1, 1, 7], [2, 1, 9]]}
    assert read_problem(written(tmp_path / "c", could)).together == ((1, 2),)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotPlaced, match=r"nothing n'existe pas\."):
        read_problem(tmp_path / "nothing")
    with pytest.raises(NotPlaced, match=r"ne s'ouvre pas\."):
        read_problem(tmp_path)


@pytest.mark.parametrize(
    ("key", "meant"),
    [("keep_appart", "keep_apart"), ("Keep-together", "keep_together"), ("sibling", "siblings")],
)
def test_a_rule_that_is_misnamed_is_refused_rather_than_forgotten(
    tmp_path: Path, key: str, meant: str
) -> None:
    with pytest.raises(NotPlaced, match=f"est-ce « {meant} »"):
        read_problem(written(tmp_path / "a", SOUND | {key: []}))
