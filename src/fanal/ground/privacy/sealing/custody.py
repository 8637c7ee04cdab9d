"""The root key in three shares, of which two are needed (SLIP-39, by shamir-mnemonic)."""

from __future__ import annotations

from collections.abc import Iterable

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

from fanal.ground.errors import Refusal
from fanal.ground.privacy.sealing.keys import RootKey

NEEDED, SHARES = 2, 3


class UnreadableShare(Refusal):
    message = (
        "Cette part n'est pas lisible : un mot manque ou est mal écrit. Reprenez les 33 mots, "
        "dans l'ordre, séparés par des espaces."
    )


class TooFewShares(Refusal):
    message = "Il faut deux parts différentes de la même cérémonie."


class MixedCeremonies(Refusal):
    message = (
        "Ces parts ne viennent pas de la même cérémonie. Prenez celles qui portent les mêmes "
        "deux premiers mots."
    )


class SharesDisagree(Refusal):
    message = "Ces deux parts ne redonnent aucune clé : l'une d'elles n'est pas la bonne."


def split(root: RootKey) -> list[str]:
    """Three shares of 33 words. Each carries its own check; one alone tells nothing."""
    (shares,) = generate_mnemonics(1, [(NEEDED, SHARES)], root.secret, iteration_exponent=0)
    return list(shares)


def read_share(words: str) -> Share:
    """
    Raises:
        UnreadableShare: a word is wrong or missing.
    """
    try:
        return Share.from_mnemonic(" ".join(words.lower().split()))
    except (MnemonicError, ValueError, IndexError):
        raise UnreadableShare from None


def recover(shares: Iterable[str]) -> RootKey:
    """
    Raises:
        UnreadableShare: one of them cannot be read.
        MixedCeremonies: they were not made together.
        TooFewShares: fewer than two different ones.
        SharesDisagree: they belong together by their words and give nothing.
    """
    read = [read_share(words) for words in shares]
    if len({share.identifier for share in read}) > 1:
        raise MixedCeremonies
    different = {share.index: share for share in read}
    if len(different) < NEEDED:
        raise TooFewShares
    try:
        # Two are enough; a third one would be a mistake for the library.
        return RootKey(combine_mnemonics([one.mnemonic() for one in different.values()][:NEEDED]))
    except MnemonicError:
        raise SharesDisagree from None
