"""Settings. Every variable is named ONRECORD_, and stands in the operator's guide.

Nothing here can silence an intake, a notice or a witness.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from onrecord.web.signing_in import *  # noqa: F403
from onrecord.web.signing_in import APPS as SIGNING_IN

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]

ONRECORD_HOME = os.environ.get("ONRECORD_HOME", str(ROOT / "var" if (ROOT / "pyproject.toml").exists() else "var"))
ONRECORD_ORIGIN = os.environ.get("ONRECORD_ORIGIN", "")
Path(ONRECORD_HOME).mkdir(parents=True, exist_ok=True)


def _secret() -> str:
    """The secret of sessions and forms: from the environment, or made once in the installation's own folder."""
    path = Path(ONRECORD_HOME) / "keys" / "session.txt"
    if given := os.environ.get("ONRECORD_SECRET"):
        return given
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def _database(variable: str, file: str) -> dict[str, object]:
    """A database from a postgresql:// address, or by default a SQLite file in the installation's folder."""
    address = urlsplit(os.environ.get(variable, ""))
    if address.scheme in ("postgresql", "postgres"):
        role = os.environ.get("ONRECORD_DATABASE_ROLE", "")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": address.path.lstrip("/"),
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": unquote(address.hostname or "") or dict(_pairs(address.query)).get("host", ""),
            "PORT": str(address.port or ""),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"assume_role": role} if role else {},
        }
    return {
        "ENGINE": "onrecord.ledger.gateway.sqlite",
        "NAME": str(Path(ONRECORD_HOME) / file),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; "
            "PRAGMA secure_delete=ON",
        },
    }


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(name, unquote(value)) for name, _, value in (part.partition("=") for part in query.split("&"))]


DATABASES = {
    "default": _database("ONRECORD_DATABASE", "onrecord.sqlite3"),
    "reads": _database("ONRECORD_READS_DATABASE", "reads.sqlite3"),
}
DATABASE_ROUTERS = ["onrecord.web.routers.Reads"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The flow, made visible. Order matters: what stands later may depend on what stands earlier.
STAGES = [
    "rulebook",
    "ledger",
    "access",
    "linkage",
    "notices",
    "intake",
    "duties",
    "mailbox",
    "case",
    "oversight",
    "exchange",
]
SAYING = ("ledger", "access", "linkage", "notices", "intake", "duties", "mailbox", "case", "oversight")
FACTS = [f"onrecord.{stage}.facts" for stage in SAYING]
PROJECTORS = [f"onrecord.{stage}.projector" for stage in ("ledger", "access", "linkage", "intake", "duties")]
PANELS = {
    "receipt": [f"onrecord.duties.panels.{panel}" for panel in ("promise", "put_right", "can_challenge")],
    "receipt_text": ["onrecord.duties.panels.promise_text"],
    "front_door_report": [
        "onrecord.mailbox.panels.messages",
        "onrecord.case.panels.contact",
        "onrecord.intake.panels.kept",
    ],
}

ANSWER_PAGES = {"case.exploitation_assessed": "say-of-child"}
"""Answers that a later stage asks on a page of its own: the kind, and the name of the page, given child and kind."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "ninja",
    *(f"onrecord.{stage}" for stage in STAGES),
    "onrecord.web",
    *SIGNING_IN,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "onrecord.web.languages.InTheAddress",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "onrecord.web.context.page",
            ]
        },
    }
]

ROOT_URLCONF = "onrecord.web.urls"
WSGI_APPLICATION = "onrecord.web.wsgi.application"
AUTH_USER_MODEL = "access.User"
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("ONRECORD_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [part for part in os.environ.get("ONRECORD_TRUSTED_ORIGINS", "").split(",") if part]
DEBUG = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = os.environ.get("ONRECORD_HTTPS", "") == "1"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_FAILURE_VIEW = "onrecord.access.views.lost"
SECURE_HSTS_SECONDS = 365 * 86400 if SESSION_COOKIE_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
"""Where all travels over TLS, browsers are told to come by it only. It ends in front, and the proxy says so."""
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        **{f"{what}-src": ["'self'"] for what in ("script", "style", "img", "font", "connect", "manifest")},
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = True
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg"), ("ur", "اردو")]
LOCALE_PATHS = [HERE / "locale"]
"""Only the pages where nobody signs in speak them: decision 0027."""

LEAVE_FOR = os.environ.get("ONRECORD_LEAVE_FOR", "https://www.bbc.co.uk/weather")
"""Where “Leave this page” leads: somewhere that anybody might be looking at."""

DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000  # far above any text: what is too long for its field comes back whole
FILE_UPLOAD_HANDLERS = ["onrecord.intake.gateway.uploads.InMemory"]  # never on disc before it is sealed

STATIC_URL = "/static/"
STATIC_ROOT = str(Path(ONRECORD_HOME) / "static")
EMAIL_BACKEND = os.environ.get("ONRECORD_EMAIL", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(Path(ONRECORD_HOME) / "mailbox")
EMAIL_HOST = os.environ.get("ONRECORD_EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("ONRECORD_EMAIL_FROM", "onrecord@localhost")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"told": {"()": "onrecord.web.logs.Told"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "told"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ONRECORD_LOG", "WARNING")},
}
