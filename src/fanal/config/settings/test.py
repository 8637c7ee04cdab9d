"""The test suite."""

from fanal.config.settings.base import *
from fanal.config.settings.base import DATABASES, STATE

SECRET_KEY = "only-for-tests"  # noqa: S105
DEBUG = False
FANAL_SEALS = ""
ALLOWED_HOSTS = ["*"]
FANAL_KEY_KEEPER = "demonstration"
# Absent: the first key of the demonstration seals.
FANAL_KEYRING = STATE / "keys" / "of-the-tests.json"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FANAL_OUTBOX = ""
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
for entry in DATABASES.values():
    entry["OPTIONS"].pop("pool", None)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [one for one in MIDDLEWARE if not one.startswith("whitenoise.")]
