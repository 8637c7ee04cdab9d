"""A file is read whole, or refused in one French line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from fanal.engines.placement.reading import read_problem, read_tasks
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
    ("content", "code"),
    [
        (b"", Code.UNREADABLE),
        (b" \n", Code.UNREADABLE),
        (b"\x00\xff\xfe\x80", Code.UNREADABLE),
        (b"\x1f\x8bbroken", Code.UNREADABLE),
        (gzip.compress(json.dumps(SOUND).encode())[:-20], Code.UNREADABLE),
        (b"[1, 2]", Code.UNREADABLE),
        (b"{", Code.UNREADABLE),
        (b"[" * 100_000, Code.UNREADABLE),
        (b'{"arcs": ' + b"9" * 10_000_000 + b"}", Code.UNREADABLE),
        ("a" * 10_000_000, Code.UNREADABLE),
        ({"arcs": []}, Code.UNREADABLE),
        (SOUND | {"arcs": [[0, 0]]}, Code.UNREADABLE),
        (SOUND | {"arcs": [[0, 0, 1], [1, 1]]}, Code.UNREADABLE),
        (SOUND | {"arcs": [[0, 0], [1, 1, 1, 1]]}, Code.UNREADABLE),
        (b'{"arcs": [[0, 1 2, 3]], "unit_facility": [0]}', Code.UNREADABLE),
        (b'{"arcs": [[0, 01, 3]], "unit_facility": [0]}', Code.UNREADABLE),
        (SOUND | {"arcs": [[0, 0, 1.5]]}, Code.UNREADABLE),
        (SOUND | {"arcs": [[0, 0, True]]}, Code.UNREADABLE),
        (SOUND | {"arcs": [[0, 0, None]]}, Code.UNREADABLE),
        (SOUND | {"arcs": [[0, 0, 10**30]]}, Code.UNREADABLE),
        (SOUND | {"arcs": 3}, Code.UNREADABLE),
        (SOUND | {"arcs": "taken"}, Code.UNREADABLE),
        (SOUND | {"arcs": [[0, 9, 1]]}, Code.UNREADABLE),
        (SOUND | {"arcs": [[-1, 0, 1]]}, Code.UNREADABLE),
        (SOUND | {"arcs": [[0, 0, -4]]}, Code.UNSUITABLE),
        (SOUND | {"arcs": [[0, 0, 10**12]]}, Code.UNSUITABLE),
        (SOUND | {"arcs": [[0, 0, 1], [0, 0, 2]]}, Code.CONTRADICTORY),
        (SOUND | {"unit_places": [1]}, Code.UNREADABLE),
        (SOUND | {"unit_places": [1, -2]}, Code.UNSUITABLE),
        (SOUND | {"unit_places": {"a": 1}}, Code.UNREADABLE),
        (SOUND | {"keep_apart": [[0, 8]]}, Code.UNREADABLE),
        (SOUND | {"keep_apart": [0]}, Code.UNREADABLE),
        (SOUND | {"keep_apart": [["a"]]}, Code.UNREADABLE),
        (SOUND | {"keep_apart": [[1, 2]]}, Code.CONTRADICTORY),
        (SOUND | {"keep_apart": [[0, 2]], "keep_together": [[0, 1], [1, 2]]}, Code.CONTRADICTORY),
    ],
)  # fmt: skip
def test_what_is_not_a_placement_is_refused(tmp_path: Path, content: Any, code: Code) -> None:
    with pytest.raises(NotPlaced) as refused:
        read_problem(written(tmp_path / "a", content))

    assert refused.value.code == code
    assert len(refused.value.message) < 200


@pytest.mark.parametrize(
    "content",
    [b"", b"2", b"1 1 1 1", b"1 1 1 1 1 1", b"0 0", b"1 1 -1 1 1", b"a b", b"\xff", b"9" * 10**7],
)  # fmt: skip
def test_what_is_not_an_assignment_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NotPlaced) as refused:
        read_tasks(written(tmp_path / "a", content))

    assert refused.value.code == Code.UNREADABLE


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotPlaced, match=r"nothing n'existe pas\."):
        read_problem(tmp_path / "nothing")
