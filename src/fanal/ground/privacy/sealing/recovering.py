"""The file of public keys is lost: two shares and what the database seals make it again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fanal.ground.errors import Refusal
from fanal.ground.privacy.sealing.custody import recover
from fanal.ground.privacy.sealing.keyring import put_back, read_id
from fanal.ground.privacy.sealing.keys import PublicKey
from fanal.ground.privacy.sealing.rotation import counts


class NothingUnderThisKey(Refusal):
    message = (
        "Ces deux parts s'accordent, mais rien dans cette base n'est scellé sous leur clé : elles "
        "viennent d'une autre cérémonie."
    )


def recover_keyring(shares: Iterable[str], *, path: Path, using: str) -> list[PublicKey]:
    """
    Write again the public half of every generation that the database still needs.

    Raises:
        UnreadableShare, MixedCeremonies, TooFewShares, SharesDisagree: see ``recover``.
        NothingUnderThisKey: nothing here is sealed under what these shares open.
    """
    root = recover(shares)
    written = {key for keys in counts(using=using).values() for key in keys if key}
    mine = [key for key in map(read_id, written) if key.fingerprint == root.fingerprint]
    if not mine:
        raise NothingUnderThisKey
    last = max(key.generation for key in mine)
    made = [root.public(generation) for generation in range(1, last + 1)]
    put_back(path, made)
    return made
