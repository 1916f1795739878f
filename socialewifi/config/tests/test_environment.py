"""Nonsense in the environment: one line that names the variable, before anything runs on it."""

import re
import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from socialewifi.config import serve
from socialewifi.config.tests.test_production import PROJECT, WELL_SET

NO_NUMBER = ["many", "-1", "1.5", "1e3", "²", "٣", "9" * 5000, "0x10"]
NO_PORT = [*NO_NUMBER, "0", "65536"]
NO_FLAG = ["perhaps", "2", "ja"]
REFUSED = {
    "SECRET_KEY": ["", "short", "a" * 80, "abcd" * 20],
    "BASE_URL": [
        *("wifi.voorbeeld.test", "ftp://wifi.voorbeeld.test", "https://", "https://wifi.voorbeeld.test/onder"),
        *("https://wifi.voorbeeld.test:70000", "https://wifi.voorbeeld.test:0", "https://wifi voorbeeld.test"),
        *("https://iemand:geheim@wifi.test", "https://wifi.test?een=twee", "https://wifi.test#", "https://[::1"),
    ],
    "DATABASE_URL": ["localhost:5432/wifi", "mysql://wifi@localhost/wifi", "postgresql://wifi@localhost:port/wifi"],
    "PORT": NO_PORT,
    "EMAIL_PORT": NO_PORT,
    "REMEMBER_SECONDS": [*NO_NUMBER, "3601"],
    "WEB_WORKERS": [*NO_NUMBER, "0", "101"],
    "WEB_THREADS": [*NO_NUMBER, "0", "101"],
    "DEMO": NO_FLAG,
    "BEHIND_PROXY": NO_FLAG,
    "EMAIL_USE_TLS": NO_FLAG,
    "ROLES_TAKE_TWO": NO_FLAG,
    "DATABASE_PREPARE": NO_FLAG,
    "SECURITY_EXPIRES": ["next year", "2027-02-30", "01-11-2027"],
    "DEFAULT_FROM_EMAIL": ["nobody", "Wifi <wifi>", "a@b@c", "wifi@voorbeeld.test\nBcc: x@y.test"],
    "LOG_LEVEL": ["LOUD", "10"],
    "OPENID_CONNECT": ["{", "[1]"],
    "SECRET_KEY_FALLBACKS": ["short", f"{'ab' * 40},{'a' * 80}"],
    "ALLOWED_HOSTS": ["http://wifi.voorbeeld.test/", "wifi voorbeeld", "wifi.voorbeeld.test,*"],
    "CSRF_TRUSTED_ORIGINS": ["wifi.voorbeeld.test", "https://wifi.voorbeeld.test/onder", "https://ja.test,nee"],
    "SECURITY_CONTACT": ["me", "veilig@voorbeeld.test", "mailto:veilig", "http://voorbeeld.test", "https://voorbeeld"],
    "EMAIL_HOST": ["", "smtp://mail.voorbeeld.test", "mail voorbeeld"],
}
# What is any text, and is checked by the mail server.
ANY_TEXT = {"EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"}


@pytest.fixture
def read(monkeypatch):
    """Read all of the environment as a process does that starts with these variables."""
    for name in {*REFUSED, *ANY_TEXT}:
        monkeypatch.delenv(name, raising=False)

    def reading(**environment: str) -> dict[str, object]:
        for name, value in {**WELL_SET, **environment}.items():
            monkeypatch.setenv(name, value)
        settings = runpy.run_path(str(PROJECT / "socialewifi" / "config" / "settings.py"))
        serve.web()
        return settings

    return reading


def documented() -> set[str]:
    """Return the variables that the manual tells of."""
    manual = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", manual, re.MULTILINE)
    return set(re.findall(r"[A-Z_]+", " ".join(rows)))


def test_every_variable_of_the_manual_is_tried_here_or_may_be_any_text():
    assert documented() == {*REFUSED, *ANY_TEXT, "HOST"}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in REFUSED.items() for value in values])
def test_nonsense_is_refused_by_name(read, name, value):
    with pytest.raises(ImproperlyConfigured, match=name) as refused:
        read(**{name: value})

    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"BASE_URL": "http://127.0.0.1:8000/", "PORT": " 8080 ", "LOG_LEVEL": "debug"},
        {"BASE_URL": "https://[::1]:8443", "DEFAULT_FROM_EMAIL": "wifi@voorbeeld.test"},
        {"ALLOWED_HOSTS": "wifi.voorbeeld.test, .voorbeeld.test,10.0.0.5", "EMAIL_HOST": "127.0.0.1"},
        {
            "CSRF_TRUSTED_ORIGINS": "https://a.test,https://b.test:8443",
            "SECURITY_CONTACT": "https://voorbeeld.test/meld",
        },
        {"DEFAULT_FROM_EMAIL": '"Sociale WIFI, Zuid-Limburg" <wifi@voorbeeld.test>', "WEB_WORKERS": "1"},
    ],
)
def test_what_makes_sense_is_taken(read, environment):
    assert read(**environment)["BASE_URL"] in {
        "https://wifi.voorbeeld.test",
        "http://127.0.0.1:8000",
        "https://[::1]:8443",
    }


@pytest.mark.parametrize("host", ["nergens.invalid", "300.1.1.1", "a" * 70])
def test_a_host_that_is_none_is_one_line(monkeypatch, host):
    monkeypatch.setenv("HOST", host)

    with pytest.raises(serve.CannotServe, match="HOST"):
        serve.refuse_taken_port()


def test_an_address_of_another_machine_is_one_line(monkeypatch):
    monkeypatch.setenv("HOST", "192.0.2.1")

    with pytest.raises(serve.CannotServe, match=r"Nothing can listen on 192\.0\.2\.1"):
        serve.refuse_taken_port()
