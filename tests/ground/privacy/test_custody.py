"""The rehearsal: any two of three shares give the key back, one alone gives nothing."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.ground.privacy.sealing.agent import PATIENCE, Vault
from fanal.ground.privacy.sealing.custody import (
    MixedCeremonies,
    SharesDisagree,
    TooFewShares,
    UnreadableShare,
    read_share,
    recover,
    split,
)
from fanal.ground.privacy.sealing.keyring import add_key
from fanal.ground.privacy.sealing.keys import KeyId, RootKey

roots = st.binary(min_size=32, max_size=32).map(RootKey)


@settings(max_examples=25, deadline=None)
@given(root=roots, order=st.permutations(range(3)))
def test_any_two_shares_recover_and_fewer_never_do(root: RootKey, order: list[int]) -> None:
    shares = split(root)
    for size in range(4):
        for chosen in itertools.combinations(order, size):
            given_back = [shares[one] for one in chosen]
            if size >= 2:
                assert recover(given_back) == root
            else:
                with pytest.raises(TooFewShares):
                    recover([*given_back, *given_back])


@settings(max_examples=25, deadline=None)
@given(one=roots, other=roots)
def test_a_lone_share_fits_any_key(one: RootKey, other: RootKey) -> None:
    """What a share shows of the key: nothing, not even its fingerprint."""
    for words in split(one):
        assert one.fingerprint.hex() not in words
        assert read_share(words).value not in (one.secret, other.secret)


def test_shares_of_two_ceremonies_never_mix() -> None:
    root = RootKey.new()
    before, after = split(root), split(root)
    for one, other in itertools.product(before, after):
        with pytest.raises(MixedCeremonies):
            recover([one, other])


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_wrong_word_is_always_seen(data: st.DataObject) -> None:
    words = split(RootKey(b"\7" * 32))[0].split()
    place = data.draw(st.integers(0, len(words) - 1))
    words[place] = data.draw(
        st.sampled_from(["academic", "zero", "xyzzy", ""]).filter(lambda w: w != words[place])
    )
    with pytest.raises(UnreadableShare):
        read_share(" ".join(words))


def test_shares_that_pretend_to_belong_together_give_nothing() -> None:
    genuine, forged = split(RootKey.new()), split(RootKey.new())
    good = read_share(genuine[0])
    bad = read_share(forged[1])
    disguised = type(bad)(**{**bad.__dict__, "identifier": good.identifier})
    with pytest.raises(SharesDisagree):
        recover([genuine[0], disguised.mnemonic()])


class Hour:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hour() -> Hour:
    return Hour()


@pytest.fixture
def root() -> RootKey:
    return RootKey.new()


@pytest.fixture
def vault(tmp_path: Path, root: RootKey, hour: Hour) -> Vault:
    add_key(tmp_path / "keyring.json", root.public(1))
    return Vault(tmp_path / "keyring.json", clock=hour)


def give(vault: Vault, words: str) -> dict[str, object]:
    """What the vault says of itself once a custodian has given these words, but for the hour."""
    said = vault.answer({"ask": "share", "words": words})
    assert datetime.fromisoformat(str(said.pop("since"))) <= datetime.now(tz=UTC)
    return said


def test_the_rehearsal_each_share_lost_in_turn(vault: Vault, root: RootKey) -> None:
    shares = split(root)
    sealed_for = root.public(1)
    wrapped = sealed_for.wrap(b"d" * 32, info=b"here")
    ask = {
        "ask": "unwrap",
        "key": bytes(KeyId(root.fingerprint, 1)).hex(),
        "wrapped": __import__("base64").b64encode(wrapped).decode(),
        "info": __import__("base64").b64encode(b"here").decode(),
    }
    for lost in range(3):
        first, second = (share for number, share in enumerate(shares) if number != lost)
        assert vault.answer(ask) == {"error": "locked"}
        assert give(vault, first) == {"open": [], "waiting": 1, "needed": 2}
        # The same custodian twice is still one custodian.
        assert give(vault, first)["open"] == []
        assert vault.answer(ask) == {"error": "locked"}
        assert give(vault, second) == {"open": [root.fingerprint.hex()], "waiting": 0, "needed": 2}
        assert "data_key" in vault.answer(ask)
        assert vault.answer({"ask": "lock"})["open"] == []


def test_a_share_that_waits_alone_is_forgotten(vault: Vault, root: RootKey, hour: Hour) -> None:
    shares = split(root)
    give(vault, shares[0])
    hour.now += PATIENCE + 1

    assert give(vault, shares[1]) == {"open": [], "waiting": 1, "needed": 2}


def test_another_ceremony_and_unreadable_words_open_nothing(vault: Vault, root: RootKey) -> None:
    foreign = split(RootKey.new())
    give(vault, foreign[0])
    refused = give(vault, foreign[1])
    assert refused["error"] == "refused"
    assert "autre cérémonie" in str(refused["message"])
    assert refused["open"] == []
    assert give(vault, "un deux trois")["error"] == "refused"
    for rubbish in ({}, {"ask": "?"}, {"ask": "unwrap", "key": "zz"}, {"ask": None}):
        assert "error" in vault.answer(rubbish)
    # A share of each of two ceremonies waits, and neither opens.
    assert give(vault, foreign[0])["open"] == []
    assert give(vault, split(root)[1])["open"] == []


def test_a_keyring_that_was_tampered_with_opens_nothing(tmp_path: Path, root: RootKey) -> None:
    """Whoever puts a key of their own under this ceremony's name is found when it opens."""
    thief = RootKey.new().public(1)
    add_key(tmp_path / "k.json", type(thief)(KeyId(root.fingerprint, 1), thief.raw))
    vault = Vault(tmp_path / "k.json")
    shares = split(root)
    give(vault, shares[0])

    assert give(vault, shares[2])["error"] == "refused"
