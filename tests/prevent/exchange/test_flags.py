"""What might let somebody be known is said; ordinary words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanal.prevent.exchange.flags import flags_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Appelle-moi au 06 12 34 56 78.", "phone"),
        ("Mon numéro : zero six 12 34 56 78", "phone"),
        ("Je suis @lune_inventee sur ce site.", "handle"),
        ("Écrivez à lune@exemple.fr merci.", "mail"),
        ("J’habite 12 rue des Lilas.", "address"),
        ("J’habite près de la place Inventée.", "address"),
        ("Je vis à 59000 depuis toujours.", "address"),
        ("Mon amie Lila ne vient plus.", "name"),
        ("Karim m’a écrit hier.", "name"),
        ("Au collège Jean Inventé.", "name"),
    ],
)
def test_it_is_flagged(text: str, kind: str) -> None:
    assert kind in {one.kind for one in flags_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Je dors mal. Mon amie ne vient plus le soir, que faire ?",
        "On peut appeler le 119, jour et nuit. Personne n’est prévenu sans raison.",
        "J’ai peur. C’est normal ?\nMerci.",
    ],
)
def test_ordinary_words_are_not(text: str) -> None:
    assert flags_of(text) == ()


@given(st.lists(st.text(max_size=80), max_size=3))
def test_whatever_is_written_is_read_without_fault(texts: list[str]) -> None:
    assert all(one.said for one in flags_of(*texts))
