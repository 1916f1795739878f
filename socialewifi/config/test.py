"""Settings of the tests: the demo's plain HTTP and fast hashes, nothing of its clock."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz")
from socialewifi.config.settings import *  # noqa: F403

DEMO_NOW = ""
MOMENTS_ARE_INVENTED = True
SHOW_COMPONENTS = True
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
REQUIRE_SECOND_FACTOR = False
HUMAN_SECONDS = REMEMBER_SECONDS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Static files come from the rooms themselves: nothing has to be collected first.
WHITENOISE_AUTOREFRESH = True
# Nothing of a test has to outlive a power cut.
DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"  # noqa: F405
