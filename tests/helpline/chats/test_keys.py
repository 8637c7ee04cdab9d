"""The key of a page opens its conversation; what is kept of it opens nothing."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode

from fanal.helpline.chats.keys import digest_of, new_key


def test_what_is_kept_of_a_key_does_not_give_it_back() -> None:
    key = new_key()
    raw = urlsafe_b64decode(f"{key}=")
    kept = digest_of(key)
    assert kept == hashlib.sha256(raw).digest()
    assert kept != raw
