"""An operating service: refuses to start when a secret is missing."""

from fanal.config import environment
from fanal.config.settings.base import *

FANAL_SERVICE = environment.required("FANAL_SERVICE")
SECRET_KEY = environment.required("FANAL_SECRET_KEY")
environment.required("FANAL_HOSTS")
ALLOWED_HOSTS = environment.words("FANAL_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
environment.required("DATABASE_URL")

# Two custodians open the keys, or a key service does: nothing opens by itself here.
FANAL_KEY_KEEPER = environment.text("FANAL_KEY_KEEPER", "agent")
if FANAL_KEY_KEEPER not in ("agent", "file", "service", "none"):
    raise environment.MissingSetting(
        "Le réglage FANAL_KEY_KEEPER vaut « agent », « file », « service » ou « none »."
    )
if FANAL_KEY_KEEPER == "file":
    environment.required("FANAL_KEY_FILE")
if FANAL_KEY_KEEPER == "service":
    environment.required("FANAL_KEY_SERVICE")
    environment.required("FANAL_KEY_SERVICE_TOKEN")

DEBUG = False
SECURE_SSL_REDIRECT = True
# Whatever watches the instance asks from the same machine.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
# TLS ends at a proxy: the address of who comes is the one that it adds.
FANAL_PROXIES = environment.whole("FANAL_PROXIES", 1)
CSRF_COOKIE_SECURE = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.required("FANAL_MAIL_HOST")
EMAIL_PORT = environment.whole("FANAL_MAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("FANAL_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("FANAL_MAIL_PASSWORD")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 5
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
