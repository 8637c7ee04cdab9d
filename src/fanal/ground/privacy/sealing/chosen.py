"""The keeper and the key that this instance uses, from its settings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from fanal.ground.privacy.sealing.keepers import (
    DEMONSTRATION_KEEPER,
    AgentKeeper,
    KeyKeeper,
    NullKeeper,
    ServiceKeeper,
    UnknownKeeper,
    file_keeper,
)
from fanal.ground.privacy.sealing.keyring import add_key, known_keys
from fanal.ground.privacy.sealing.keys import KeyId, KeysAbsent, PublicKey

FIRST = 1


def keyring_path() -> Path:
    return Path(settings.FANAL_KEYRING)


def key_keeper() -> KeyKeeper:
    """
    Raises:
        UnknownKeeper: the setting names none.
    """
    match settings.FANAL_KEY_KEEPER:
        case "demonstration" if not settings.FANAL_SERVICE:
            return DEMONSTRATION_KEEPER
        case "agent":
            return AgentKeeper(Path(settings.FANAL_KEY_SOCKET))
        case "file":
            return file_keeper(Path(settings.FANAL_KEY_FILE))
        case "service":
            return ServiceKeeper(settings.FANAL_KEY_SERVICE, settings.FANAL_KEY_SERVICE_TOKEN)
        case "none":
            return NullKeeper()
    raise UnknownKeeper


def sealing_key() -> PublicKey:
    """
    The key that seals from now on. It is there while the keys are locked.

    Raises:
        KeysAbsent: no ceremony was held.
    """
    if known := known_keys(keyring_path()):
        return known[-1]
    keeper = key_keeper()
    # A ceremony writes its key before anybody unseals; other keepers bring theirs.
    roots = keeper.opened() if keeper.name != "agent" else set()
    if len(roots) != 1:
        raise KeysAbsent
    return keeper.public(KeyId(roots.pop(), FIRST))


def keep_first_key() -> None:
    """
    Write the key in use beside the configuration: from then on, sealing asks nobody.

    Raises:
        KeysAbsent: no ceremony was held.
    """
    if settings.FANAL_KEY_KEEPER != "demonstration" and not known_keys(keyring_path()):
        add_key(keyring_path(), sealing_key())


def state_of_keys() -> str:
    """« demonstration », « open », « locked », or « absent » before the first ceremony."""
    if settings.FANAL_KEY_KEEPER == "demonstration":
        return "demonstration"
    try:
        return "open" if sealing_key().id.fingerprint in key_keeper().opened() else "locked"
    except KeysAbsent:
        return "absent"


def keys_since() -> datetime | None:
    """Since when they are open, or locked; None when nobody says."""
    keeper = key_keeper()
    return keeper.since() if isinstance(keeper, AgentKeeper | ServiceKeeper) else None


def keys_are_open() -> bool:
    """Whether what is sealed under the key in use can be read now."""
    return state_of_keys() in ("demonstration", "open")


def next_key() -> PublicKey:
    """
    Make the generation that follows the one in use, and have it seal from now on.

    Raises:
        KeysLocked: its root is not open.
    """
    used = sealing_key()
    key = key_keeper().public(KeyId(used.id.fingerprint, used.id.generation + 1))
    add_key(keyring_path(), key)
    return key
