"""Settings: production is the default, a missing secret stops the start. Policy numbers are rows, not settings."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from socialewifi.config import database, environment, single_sign_on

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEMO = environment.flag("DEMO", default=False)
DEBUG = False

SECRET_KEY = environment.secret("SECRET_KEY", "only-for-the-demo-on-this-machine" if DEMO else "")
# Keys of before: what they signed stays valid until they are taken out.
SECRET_KEY_FALLBACKS = environment.former_secrets("SECRET_KEY_FALLBACKS")
# Where the platform is found, for links in mail and letters.
BASE_URL = environment.web_address("BASE_URL", f"http://localhost:{environment.port('PORT', 8000)}")
ALLOWED_HOSTS = [
    *(environment.hosts("ALLOWED_HOSTS") or [urlsplit(BASE_URL).hostname or "localhost"]),
    *("localhost", "127.0.0.1", "[::1]"),
]
CSRF_TRUSTED_ORIGINS = environment.web_addresses("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "socialewifi.core",
    "socialewifi.places",
    "socialewifi.people",
    "socialewifi.governance",
    "socialewifi.initiatives",
    "socialewifi.publication",
    "socialewifi.intake",
    "socialewifi.owners",
    "socialewifi.support",
    "socialewifi.assessment",
    "socialewifi.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "socialewifi.core.middleware.logged_requests",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "socialewifi.core.middleware.readable_requests",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "socialewifi.core.middleware.private_pages",
    "socialewifi.core.middleware.signed_out_in_place",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "socialewifi.people.middleware.SecondFactor",
    "socialewifi.core.middleware.permissions_policy",
]

ROOT_URLCONF = "socialewifi.config.urls"
FORM_RENDERER = "socialewifi.core.forms.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["socialewifi.core.templatetags.dates"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "socialewifi.site.context.frame",
            ],
        },
    }
]

DATABASES = {
    "default": database.settings(
        BASE_DIR,
        prepare=environment.flag("DATABASE_PREPARE", default=True),
        patience=database.PATIENCE[environment.choice("DATABASE_PATIENCE", "JOB", among=list(database.PATIENCE))],
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # With the default of 300, counters of tries would be thrown away at a busy moment.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # Pages that everyone sees alike, of some 25 kB each (core.page_cache).
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "socialewifi.people.password_rules.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Sign-in (people): an e-mail code for everyone, and for whoever works here password or passkey with a second factor.
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "start"
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
# Whoever works here is signed out after this many seconds without a sign of life.
STAFF_IDLE_SECONDS = 8 * 60 * 60
ACCOUNT_ADAPTER = "socialewifi.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "socialewifi.people.sign_in_forms.PasswordForm",
    "request_login_code": "socialewifi.people.sign_in_forms.AskCodeForm",
    "confirm_login_code": "socialewifi.people.sign_in_forms.MailedCodeForm",
    "reset_password": "socialewifi.people.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "socialewifi.people.sign_in_forms.NewPasswordForm",
    "change_password": "socialewifi.people.sign_in_forms.ChangePasswordForm",
    "set_password": "socialewifi.people.sign_in_forms.FirstPasswordForm",
    "reauthenticate": "socialewifi.people.sign_in_forms.AgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up (people.adapters); without a password among these, nobody could sign in with one either.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# allauth's own writes the address of the account anew, as it was read before.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# Strict for one account, wide for one address: a library shares its address with everyone in it (ADR 16).
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    # Tries at one account are counted for who tries and whose it is, together (people.limits).
    "login_failed": "60/m/ip",
    # How often someone is mailed is counted for who asks and who is mailed, together (people.limits).
    "request_login_code": "120/m/ip",
    "reset_password": "60/m/ip",
    "reset_password_from_key": "60/m/ip",
}
MFA_ADAPTER = "socialewifi.people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "socialewifi.people.sign_in_forms.SecondFactorForm",
    "reauthenticate": "socialewifi.people.sign_in_forms.SecondFactorAgainForm",
    "login_webauthn": "socialewifi.people.sign_in_forms.PasskeyAloneForm",
    "activate_totp": "socialewifi.people.sign_in_forms.ActivateAppForm",
    "add_webauthn": "socialewifi.people.sign_in_forms.AddPasskeyForm",
    "edit_webauthn": "socialewifi.people.sign_in_forms.NamePasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_TOLERANCE = 1
# An administrator vouches for the addresses of whoever works here.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Organisations whose people sign in with their own account there (docs/operations.md); none when it is not set.
SINGLE_SIGN_ON = single_sign_on.organisations(environment.text("OPENID_CONNECT"))
SOCIALACCOUNT_ADAPTER = "socialewifi.people.adapters.OrganisationAdapter"
SOCIALACCOUNT_PROVIDERS = single_sign_on.providers(SINGLE_SIGN_ON)
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
# One proxy of our own in front says whose address a request comes from; without it nobody's word is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.flag("BEHIND_PROXY", default=False) else 0

# How long each process remembers the places and words of the region (core.remembered).
REMEMBER_SECONDS = environment.number("REMEMBER_SECONDS", 30, most=3600)

# Nobody fills in a public form within this time (core.forms.HumanForm).
HUMAN_SECONDS = 2

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("English")), ("de", _("Deutsch"))]
LOCALE_PATHS = [BASE_DIR / "socialewifi" / "config" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "manifest-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}
SECURE_SSL_REDIRECT = not DEMO
# Whoever keeps watch asks inside the network, without HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_PROXY", default=False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
X_FRAME_OPTIONS = "DENY"
# security.txt (RFC 9116): whom to write, and until when that holds; renew it each year.
SECURITY_CONTACT = environment.contact("SECURITY_CONTACT", "mailto:veilig@voorbeeld.test" if DEMO else "")
SECURITY_EXPIRES = environment.day("SECURITY_EXPIRES", date(2027, 11, 1))
# The demo needs no second factor; everywhere else staff do (people.middleware).
REQUIRE_SECOND_FACTOR = not DEMO
# A role of work is given by one and confirmed by another (ADR 19); in the demo one is enough.
ROLES_TAKE_TWO = environment.flag("ROLES_TAKE_TWO", default=not DEMO)

EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = environment.host("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.port("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.mailbox("DEFAULT_FROM_EMAIL", "Sociale WIFI <noreply@localhost>")

# A link or a code leaves the database with its message; the demo's outbox is the only place where its mails arrive.
KEEPS_SECRETS_OF_MESSAGES = DEMO

# The page that shows every component in each state (core.gallery).
SHOW_COMPONENTS = DEMO

# The day the demo's year ends; its clock goes on from there (core.clock).
DEMO_NOW = "2026-11-20T09:00:00+01:00" if DEMO else ""
# Everywhere else the database holds the moments of decisions against its own clock (core.database).
MOMENTS_ARE_INVENTED = DEMO

# One running worker takes every room's jobs.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOG_LEVEL = environment.choice(
    "LOG_LEVEL", "WARNING" if DEMO else "INFO", among=["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"socialewifi.core.logs.{'PlainLine' if DEMO else 'Line'}"}},
    "filters": {"once": {"()": "socialewifi.core.outage.Once"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
            "filters": ["once"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stdout"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # A wrong address or a wrong host name is the visitor's, not ours.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Its every job is in the database already.
        "procrastinate": {"level": "WARNING"},
        # The web server's own lines, in the same words; it writes no line for each visit.
        "_granian": {"handlers": [], "propagate": True},
        "granian.access": {"handlers": ["nowhere"], "propagate": False},
    },
}
