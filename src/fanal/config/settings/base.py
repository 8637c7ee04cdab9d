"""Settings that hold everywhere; ``dev``, ``test`` and ``production`` say the rest."""

from pathlib import Path

from csp.constants import NONE, SELF

from fanal.config import environment, identity, state
from fanal.config.folders import state_folder
from fanal.ground.agents.identity import form_origins
from fanal.ground.privacy.sealing.agent import socket_address
from fanal.ground.shell.theme import static_dirs, static_finders, template_dirs

PACKAGE = Path(__file__).resolve().parents[2]
STATE = state_folder()

# The name of the service that answers for this instance. Empty: this is the demonstration.
FANAL_SERVICE = environment.text("FANAL_SERVICE")
FANAL_THEME = environment.text("FANAL_THEME", "neutral")
# The State site that this is: the theme of the State starts for nobody else.
FANAL_STATE_SITE = state.declared(theme=FANAL_THEME, service=FANAL_SERVICE)
# Where the seals of the traces are kept: a folder, best of another machine.
FANAL_SEALS = environment.text("FANAL_SEALS", str(STATE / "seals"))
# A time-stamping authority (RFC 3161), and the file of the certificates it is trusted by.
FANAL_TSA_URL = environment.text("FANAL_TSA_URL")
FANAL_TSA_CERTIFICATES = environment.text("FANAL_TSA_CERTIFICATES")
FANAL_PROVIDERS = identity.configured()
# What was erased, outside the database and its backups: put it on another disk.
FANAL_ERASURES = environment.text("FANAL_ERASURES") or str(STATE / "erasures.jsonl")
# An authority's own periods, in the shape of ``ground/retention/data/rules.csv``.
FANAL_RETENTION_RULES = environment.text("FANAL_RETENTION_RULES")
# When the conversation is open, as OpenStreetMap writes hours; those of the 119 unless said.
FANAL_CHAT_HOURS = environment.text(
    "FANAL_CHAT_HOURS", "Mo,Tu,Th,Fr 15:00-19:00; We 13:00-19:00" if FANAL_SERVICE else "24/7"
)
# When questions are taken; people moderate at these hours. Those of the conversation unless said.
FANAL_EXCHANGE_HOURS = environment.text("FANAL_EXCHANGE_HOURS", FANAL_CHAT_HOURS)
# What is proposed to who cannot talk here in French; our own file unless said.
FANAL_CHAT_WAYS = environment.text("FANAL_CHAT_WAYS")
# A folder of the service’s own guides, reviewed; ours are shown in demonstration alone.
FANAL_GUIDES = environment.text("FANAL_GUIDES")
# What the service says of itself in its legal pages; our own file says nothing yet.
FANAL_LEGAL = environment.text("FANAL_LEGAL")
# Who has read its public texts again, and when; our own file says that nobody has.
FANAL_TEXTS = environment.text("FANAL_TEXTS")
# The telephone: its class, by its path. Without one, calls are noted by hand.
FANAL_LINE = environment.text("FANAL_LINE", "fanal.helpline.calls.lines.NullLine")
# How long one answer of a public page may be given to all who come; 0: made for each.
FANAL_SHARED_SECONDS = environment.whole("FANAL_SHARED_SECONDS", 15)
FANAL_EXIT_URL = environment.text("FANAL_EXIT_URL", "https://www.meteofrance.com/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "fanal.ground.privacy",
    "fanal.ground.schema",
    "fanal.ground.territory",
    "fanal.ground.agents",
    "fanal.ground.audit",
    "fanal.ground.access",
    "fanal.ground.codes",
    "fanal.ground.deadlines",
    "fanal.ground.people",
    "fanal.ground.retention",
    "fanal.ground.documents",
    "fanal.ground.notifications",
    "fanal.ground.shell",
    "fanal.prevent.spaces",
    "fanal.prevent.exchange",
    "fanal.prevent.referrals",
    "fanal.detect.screening",
    "fanal.detect.concerns",
    "fanal.detect.reports",
    "fanal.detect.watch",
    "fanal.protect.situations",
    "fanal.protect.measures",
    "fanal.helpline.shifts",
    "fanal.helpline.chats",
    "fanal.helpline.calls",
    "fanal.helpline.contacts",
    "fanal.helpline.board",
    "fanal.helpline.blocks",
    "fanal.helpline.letters",
    "fanal.portal.traces",
    "fanal.portal.rights",
    "fanal.portal.keeping",
    "fanal.portal.keys",
    "fanal.portal.desks",
    "fanal.portal.front",
    "fanal.portal.accounts",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "fanal.config.answers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "fanal.config.answers.ApiAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fanal.ground.agents.middleware.SecondFactor",
    "fanal.ground.access.middleware.WhoAsks",
]

ROOT_URLCONF = "fanal.config.urls"
WSGI_APPLICATION = "fanal.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*template_dirs(FANAL_THEME), PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fanal.ground.shell.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "fanal.ground.shell.forms.FanalRenderer"

# Two roles on one database: the application's owns nothing and obeys row-level security.
DATABASES = {
    "default": environment.database("DATABASE_URL"),
    "owner": environment.database("DATABASE_OWNER_URL"),
}
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 3}
PROCRASTINATE_IMPORT_PATHS = ["fanal.config.upkeep"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agents.Agent"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "agents:login"
LOGIN_REDIRECT_URL = "desks:home"
LOGOUT_REDIRECT_URL = "agents:login"
# A session ends after a rest, and after a day's work whatever happens.
SESSION_ENGINE = "fanal.ground.agents.sessions"
SESSION_COOKIE_AGE = environment.whole("FANAL_SESSION_IDLE_MINUTES", 30) * 60
FANAL_SESSION_LONGEST = environment.whole("FANAL_SESSION_HOURS", 8) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "fanal.ground.shell.views.csrf_failure"

# Who keeps the keys of sealed columns; the public half of the one in use is not in the database.
FANAL_KEY_KEEPER = environment.text("FANAL_KEY_KEEPER", "demonstration")
FANAL_KEYRING = Path(environment.text("FANAL_KEYRING") or STATE / "keys" / "keyring.json")
FANAL_KEY_SOCKET = socket_address(STATE)
FANAL_KEY_FILE = environment.text("FANAL_KEY_FILE")
FANAL_KEY_SERVICE = environment.text("FANAL_KEY_SERVICE")
FANAL_KEY_SERVICE_TOKEN = environment.text("FANAL_KEY_SERVICE_TOKEN")

# allauth holds the course of a sign-in and the factors; the screens and the throttle are ours.
ACCOUNT_ADAPTER = "fanal.portal.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "fanal.portal.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = f"Fanal {FANAL_SERVICE}".strip()
SOCIALACCOUNT_ADAPTER = "fanal.portal.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
# How many proxies of ours stand before the application and say who comes.
FANAL_PROXIES = environment.whole("FANAL_PROXIES", 0)

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = static_dirs(FANAL_THEME)
STATICFILES_FINDERS = static_finders(FANAL_THEME)
STATIC_ROOT = STATE / "static"

# A report of 20,000 characters and its household fits many times over; nothing larger is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A form leaves for a provider of identity, and for nobody else.
        "form-action": [SELF, *form_origins(FANAL_PROVIDERS)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}

# Where mails to structures are laid down when no mail server sends them; nobody else writes there.
FANAL_OUTBOX = "" if FANAL_SERVICE else environment.text("FANAL_OUTBOX", str(STATE / "outbox"))
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = environment.text("FANAL_MAIL_FROM", "ne-pas-repondre@fanal.invalid")

DEFAULT_EXCEPTION_REPORTER = "fanal.config.logs.DiscreetReport"
# Addresses carry references of files, and messages carry rows: no log holds either.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": "fanal.config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"handlers": ["console"], "propagate": False, "level": "ERROR"},
        "procrastinate": {"handlers": ["console"], "propagate": False, "level": "WARNING"},
        "fanal": {"handlers": ["console"], "propagate": False, "level": "INFO"},
    },
}
