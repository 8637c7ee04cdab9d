"""Texts that are added go where they would have gone at once."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from engines.clustering.worlds import named, posts
from fanal.engines.clustering.cards import as_json
from fanal.engines.clustering.index.index import Index
from fanal.engines.clustering.index.saving import UnreadableIndex, load, save
from fanal.engines.clustering.running import cluster

OWN = "reliure soignée, dorure à la feuille, papier marbré, tranchefile brodée"


def index(said: list[str]) -> Index:
    return Index.of(cluster(named(said)))


def parts(clusters: Sequence[int]) -> set[frozenset[int]]:
    held: dict[int, set[int]] = {}
    for place, number in enumerate(clusters):
        held.setdefault(number, set()).add(place)
    return {frozenset(places) for places in held.values()}


def kept(known: Index, folder: Path) -> Index:
    path = folder / "index"
    with path.open("wb") as file:
        save(known, file)
    return load(path)


@pytest.mark.parametrize("seed", range(3))
def test_texts_added_by_tens_go_where_they_would_at_once(seed: int) -> None:
    said = posts(seed, writers=20, each=8)
    known = index(said[:100])
    for first in range(100, 160, 10):
        known.add(named(said[first : first + 10], first))

    assert parts(known.clusters.tolist()) == parts(cluster(named(said)).clusters)


def test_a_group_keeps_its_number_and_two_that_are_joined_the_least() -> None:
    said = [f"{OWN} 06 39 98 12 {place:02}" for place in (1, 1, 1, 2, 2, 2)]
    said[3:] = [text.replace("dorure à la feuille, papier marbré", "cuir") for text in said[3:]]
    said += posts(1, writers=6, each=3)
    known = index(said)
    before = known.clusters.tolist()
    one, other = before[0], before[3]

    known.add(named([f"{OWN}, cuir 06 39 98 12 01 ou 06 39 98 12 02"] * 3, len(said)))

    assert one != other
    assert known.clusters.tolist()[:6] == [min(one, other)] * 6
    assert known.clusters.tolist()[6:-3] == before[6:]


def test_adding_nothing_or_a_stranger_moves_nobody() -> None:
    known = index(posts(4, writers=8, each=5))
    before = known.clusters.tolist()

    known.add(named([], 40))
    known.add(named(["Un banc, à venir chercher", ""], 40))

    assert known.clusters.tolist() == [*before, max(before) + 1, max(before) + 2]


def test_a_word_that_one_text_had_alone_weighs_once_another_has_it() -> None:
    said = [*posts(2, writers=10, each=4), OWN]
    known = index(said)
    known.add(named([OWN], len(said)))

    assert known.clusters[-1] == known.clusters[-2]


def test_one_new_text_does_not_join_two_old_groups() -> None:
    said = posts(3, writers=2, each=6)
    known = index(said)
    assert len(set(known.clusters.tolist())) == 2
    numbers = {number: said[known.clusters.tolist().index(number)] for number in (1, 2)}

    added = known.add(named([f"{numbers[1]} {numbers[2]}"], len(said)))

    assert len(set(known.clusters.tolist()[:12])) == 2
    assert {one["refused"] for one in as_json(known.shown(added))["refused"]} == {"one_text"}


def test_an_index_that_is_read_again_is_the_same(tmp_path: Path) -> None:
    said = posts(5, writers=12, each=6)
    known = index(said[:50])
    again = kept(known, tmp_path)
    for first in (50, 60):
        known.add(named(said[first : first + 10], first))
        again = kept(again, tmp_path)
        again.add(named(said[first : first + 10], first))

    assert again.clusters.tolist() == known.clusters.tolist()
    assert again.names == known.names
    assert again.said == known.said
    assert again.contacts == known.contacts
    assert parts(again.clusters.tolist()) == parts(cluster(named(said[:70])).clusters)


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index"
    with pytest.raises(UnreadableIndex, match="Il n'y a pas d'index"):
        load(path)
    for content in (b"", b"id,text\na,b\n", b"PK\x03\x04 abc", _arrays(clusters=np.arange(3))):
        path.write_bytes(content)
        with pytest.raises(UnreadableIndex, match="n'est pas un index"):
            load(path)


def test_an_index_of_another_version_is_refused(tmp_path: Path) -> None:
    about = b'{"format": "fanal clustering index", "version": 0, "rules": "0"}'
    path = tmp_path / "index"
    path.write_bytes(_arrays(about=np.frombuffer(about, dtype=np.uint8)))

    with pytest.raises(UnreadableIndex, match="une autre version"):
        load(path)


def test_nothing_of_a_file_is_ever_run(tmp_path: Path) -> None:
    path = tmp_path / "index"
    path.write_bytes(_arrays(about=np.array([print], dtype=object), pickled=True))

    with pytest.raises(UnreadableIndex, match="n'est pas un index"):
        load(path)


def _arrays(*, pickled: bool = False, **arrays: np.ndarray) -> bytes:
    file = BytesIO()
    np.savez(file, allow_pickle=pickled, **arrays)
    return file.getvalue()
