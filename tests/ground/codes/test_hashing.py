"""What is kept tells nothing without the key, and nothing else than the whole code opens."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanal.ground.codes import checks
from fanal.ground.codes.checks import argon_is_there
from fanal.ground.codes.hashing import Cost, digests_of, digests_under_each_key
from fanal.ground.codes.words import draw, fold, listed

seeds = st.integers(0, 2**32)


def words_of(seed: int) -> tuple[str, ...]:
    return tuple(map(fold, draw(Random(seed).choice)))  # noqa: S311


def test_argon2id_gives_the_digest_of_its_standard() -> None:
    """RFC 9106, section 5.3."""
    argon = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    )

    assert argon.derive(b"\x01" * 32).hex() == (
        "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    )


def test_the_cost_is_that_of_the_standard() -> None:
    """RFC 9106, section 4: the second recommended option."""
    assert Cost() == Cost(iterations=3, lanes=4, kibibytes=64 * 1024)


@given(seed=seeds, place=st.integers(0, 4), other=st.sampled_from([fold(w) for w in listed()]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_another_word_gives_another_tag_or_another_secret(
    seed: int, place: int, other: str
) -> None:
    words = words_of(seed)
    changed = (*words[:place], other, *words[place + 1 :])
    one, two = digests_of(words), digests_of(changed)

    assert digests_of(words) == one
    assert (one.tag == two.tag) == (words[:2] == changed[:2])
    assert (one == two) == (words == changed)


def test_words_in_another_order_are_another_code() -> None:
    words = words_of(1)

    assert digests_of(words) != digests_of(words[::-1])


def test_the_same_last_words_are_kept_otherwise_under_other_first_ones() -> None:
    """A digest that was tried once for all codes would open them all."""
    one, two = words_of(4), words_of(5)
    alike = (*two[:2], *one[2:])

    assert digests_of(one).secret != digests_of(alike).secret


def test_another_key_finds_nothing_and_opens_nothing(settings: Any) -> None:
    words = words_of(2)
    one = digests_of(words)
    settings.SECRET_KEY = "another-secret"
    two = digests_of(words)

    assert one.tag != two.tag
    assert one.secret != two.secret


def test_a_replaced_key_still_opens(settings: Any) -> None:
    words = words_of(3)
    former = digests_of(words)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret"

    assert list(digests_under_each_key(words))[1] == former


def test_a_library_without_argon2_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    from cryptography.exceptions import UnsupportedAlgorithm

    assert argon_is_there() == []

    def missing(**_: object) -> None:
        raise UnsupportedAlgorithm("argon2")

    monkeypatch.setattr(checks, "Argon2id", missing)
    assert [one.id for one in argon_is_there()] == ["codes.E001"]
