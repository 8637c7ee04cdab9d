"""The content of a concern, in sixty-four characters."""

import hashlib
import json

from fanal.detect.concerns.schema.shape import ConcernInput


def content_digest(concern: ConcernInput) -> str:
    """
    SHA-256 of the content in its one written form.

    The order of keys, the spacing of the JSON, an optional field that is absent, null or empty,
    and the offset in which the same instant is written do not matter; all else does.
    """
    content = concern.model_dump(mode="json", exclude_defaults=True)
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"concern-1:{written}".encode()).hexdigest()
