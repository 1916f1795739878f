"""Settings of the processes that these tests start and kill: production's, with plain HTTP and the test's clock."""

from socialewifi.config import environment
from socialewifi.config.settings import *  # noqa: F403

DEMO_NOW = environment.text("CLOCK")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
HUMAN_SECONDS = 0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
