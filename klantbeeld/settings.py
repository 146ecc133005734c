"""Settings, all of them from the environment or from the data folder; see docs/running.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from platformdirs import user_data_dir

BASE_DIR = Path(__file__).resolve().parent
HOME = Path(os.environ.get("KLANTBEELD_HOME") or user_data_dir("klantbeeld", False)).absolute()
IS_DEMO = os.environ.get("KLANTBEELD_DEMO") == "1"
DEBUG = False


def _kept_key(name: str, made: str) -> str:
    """The key in a file of the home, which is made with `made` in it when it is not there."""
    path = HOME / name
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        candidate = path.with_name(f"{name}.{os.getpid()}")
        candidate.write_text(made, encoding="utf-8")
        candidate.chmod(0o600)
        try:
            # Of two processes starting at once one wins; both read the winner's key.
            os.link(candidate, path)
        except OSError:
            if not path.exists():
                candidate.replace(path)
        candidate.unlink(missing_ok=True)
    return path.read_text(encoding="utf-8").strip()


def _keys() -> tuple[str, str]:
    """The secret key (of sessions), and the lasting one (of the log, tombstones and addresses).

    Each from the environment, else made once and kept in the home. So the secret key can be
    replaced: only log-ins end. A home of before there were two goes on with the secret key that
    it had as its lasting one.
    """
    secret = os.environ.get("KLANTBEELD_SECRET_KEY", "")
    lasting = os.environ.get("KLANTBEELD_LASTING_KEY", "")
    is_fresh = not secret and not (HOME / "secret.key").exists()
    if is_fresh and not lasting:
        # Before the other one: it is what tells a fresh home.
        lasting = _kept_key("lasting.key", secrets.token_urlsafe(64))
    secret = secret or _kept_key("secret.key", secrets.token_urlsafe(64))
    return secret, lasting or _kept_key("lasting.key", secret)


SECRET_KEY, LASTING_KEY = _keys()

_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-131072; PRAGMA mmap_size=1073741824; "
    "PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=16384;"
)
DATABASE_URL = os.environ.get("KLANTBEELD_DATABASE_URL", "")
if DATABASE_URL:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(HOME / "klantbeeld.sqlite3"),
        }
    }
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "init_command": _PRAGMAS,
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
    }

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    # Before allauth: its templates are replaced by ours.
    "klantbeeld.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "klantbeeld.core",
    "klantbeeld.accounts",
    "klantbeeld.timeline",
    "klantbeeld.privacy",
    "klantbeeld.sources",
    "klantbeeld.identity",
    "klantbeeld.profiles",
    "klantbeeld.pipeline",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "klantbeeld.web.guard.log_of_looks",
    "klantbeeld.web.guard.limits_of_log_in",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "klantbeeld.web.preferences.site",
            ],
        },
    }
]

ROOT_URLCONF = "klantbeeld.urls"
KLANTBEELD_PAGES = "klantbeeld.web.filled"
ASGI_APPLICATION = "klantbeeld.asgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "klantbeeld.accounts.adapter.StaffOnlyAdapter"
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Klantbeeld"
MFA_FORMS = {
    "authenticate": "klantbeeld.accounts.second_step.AuthenticateForm",
    "reauthenticate": "klantbeeld.accounts.second_step.ReauthenticateForm",
}
# A clock that is half a minute off is not somebody else.
MFA_TOTP_TOLERANCE = 1
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_SENSITIVE_PARAMETERS = ["login", "email", "password"]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"

LANGUAGE_CODE = os.environ.get("KLANTBEELD_LANGUAGE", "nl")
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = os.environ.get("KLANTBEELD_TIME_ZONE", "Europe/Amsterdam")
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Everything from the own host, nothing inline: no script can be smuggled in through a value.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

_HOSTS = os.environ.get("KLANTBEELD_HOSTS", "localhost,127.0.0.1,[::1]")
ALLOWED_HOSTS = [h.strip() for h in _HOSTS.split(",") if h.strip()]
IS_PUBLIC = any(h not in {"localhost", "127.0.0.1", "[::1]", "testserver"} for h in ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = [f"https://{h}" for h in ALLOWED_HOSTS if IS_PUBLIC and h != "*"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PUBLIC
SECURE_HSTS_SECONDS = 31_536_000 if IS_PUBLIC else 0
# The operator's word that a proxy ends TLS and sets this header; `serve` refuses to be public
# without it.
BEHIND_TLS_PROXY = os.environ.get("KLANTBEELD_BEHIND_TLS_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None
# With a token `/metrics` asks for it; without, it answers this machine only.
METRICS_TOKEN = os.environ.get("KLANTBEELD_METRICS_TOKEN", "")
# Requests a minute that one key may make.
API_RATE = int(os.environ.get("KLANTBEELD_API_RATE", "600"))
# Mail to customers, when there is a server for it, and the address of the links in it.
MAIL_SERVER = os.environ.get("KLANTBEELD_MAIL", "")
MAIL_FROM = os.environ.get("KLANTBEELD_MAIL_FROM", "")
_OWN = next((h for h in ALLOWED_HOSTS if h not in {"localhost", "127.0.0.1", "[::1]", "*"}), "")
PUBLIC_ADDRESS = os.environ.get("KLANTBEELD_ADDRESS", "") or (f"https://{_OWN}" if _OWN else "")
DEFAULT_FROM_EMAIL = MAIL_FROM
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 20
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "klantbeeld_session"
CSRF_COOKIE_NAME = "klantbeeld_csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "klantbeeld.core.uploads.SealedUploads",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# A folder of letters dropped at once; a form with a choice for every column of every sheet.
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "klantbeeld.core.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("KLANTBEELD_LOG_LEVEL", "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "ERROR"}},
}
