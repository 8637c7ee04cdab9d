"""Texts folded together are folded as they are one by one; what a folding says is found again."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.engines.clustering.corpus import read
from fanal.engines.clustering.folding import fold_all, origins
from fanal.engines.contacts.extracting import contacts
from fanal.engines.contacts.folding import as_written, fold

ANY = st.text(max_size=40) | st.text(alphabet="aœ🔟1️⃣é½ﬁ ０@/sn.wp", max_size=40)
SAID = st.sampled_from(
    ("snap : bois_1", "insta bois_2", "sn4pchat→bois", "www.exemple.fr", "exemple.fr/a", "a@b.fr",
     "IG bois.3", "tik tok : bois", "whats app moi", "06 39 98 12 34", "t.me/bois", "👻 x12")
)  # fmt: skip


@given(st.lists(ANY, max_size=6))
def test_texts_are_folded_together_as_alone(texts: list[str]) -> None:
    folded, codes, starts = fold_all(texts)

    assert folded == [fold(text) for text in texts]
    assert starts.tolist() == np.cumsum([0, *map(len, folded)]).tolist()
    assert "".join(map(chr, codes.tolist())) == "".join(folded)


@given(st.lists(ANY, min_size=1, max_size=4))
def test_each_folded_letter_comes_from_a_written_one(texts: list[str]) -> None:
    codes, origin, starts = origins(texts)

    assert [chr(code) for code in codes.tolist()] == list("".join(texts))
    assert starts[-1] == codes.size
    assert origin.size == sum(len(fold(text)) for text in texts)
    assert (np.diff(origin) >= 0).all()


def test_a_part_is_found_again_with_its_marks() -> None:
    text = "Œuf, 3️⃣9️⃣, bœuf ½"
    folded = fold(text)

    for said, written in (("oeuf", "Œuf"), ("39", "3️⃣9️⃣"), ("boeuf", "bœuf")):
        start = folded.index(said)
        assert as_written(text, [(start, start + len(said))]) == [written]


@settings(deadline=None)
@given(st.lists(st.lists(SAID | st.text(max_size=9), max_size=4).map(" ".join), max_size=6))
def test_a_glance_hides_no_contact(texts: list[str]) -> None:
    assert read(texts).contacts == tuple(tuple(contacts(text)) for text in texts)
