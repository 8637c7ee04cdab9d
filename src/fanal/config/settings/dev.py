"""The demonstration and the developer's machine."""

import secrets

from fanal.config.settings.base import *
from fanal.config.settings.base import STATE

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]


def _kept_secret() -> str:
    """A key of this machine alone, kept beside its data."""
    path = STATE / "secret-key"
    if not path.exists():
        STATE.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = _kept_secret()
# Compressed once, when they are gathered, as in operation.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
