"""Every command of docs/operations.md, typed as it stands there, on a Debian with its own PostgreSQL."""

import os
import re
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.core.management import get_commands

from socialewifi.config import serve
from tests.processes.conftest import until
from tests.processes.mailserver import MailServer
from tests.processes.server import BACKUP, HOME, SETTINGS, SITE, UNITS, Proxy, Server

MANUAL = serve.PROJECT / "docs" / "operations.md"
BLOCK = re.compile(r"^```.*\n((?:.*\n)*?)```$", re.MULTILINE)
PROGRAMS = ("nginx", "curl", "systemd-analyze", "openssl")
NEEDS = (os.geteuid() == 0, Path("/usr/lib/postgresql").exists(), *map(shutil.which, PROGRAMS))
CANARY = "KanarieKanarieKanarieKanarieKanarie1"
READ_AGAIN = "set -a; . /etc/sociale-wifi/platform.env; . /etc/sociale-wifi/owner.env; set +a"
WELL = "curl --silent --fail --retry 10 --retry-all-errors http://localhost:$PORT/health/"
CREATE = "CREATE DATABASE wifi OWNER wifi_owner TEMPLATE template0 LOCALE 'C.UTF-8'"
pytestmark = pytest.mark.xdist_group("manual")


@pytest.fixture(scope="module")
def server():
    """A server where nothing is installed yet."""
    if not all(NEEDS):
        missing = pytest.fail if os.environ.get("CI") and NEEDS[0] else pytest.skip
        missing("This is typed as root, with Debian's PostgreSQL and nginx (bin/install-debian-packages).")
    if there := [one for one in (HOME, SETTINGS, BACKUP, SITE, *UNITS.glob("sociale-wifi-*")) if one.exists()]:
        pytest.fail(f"{there[0]} is there: this would overwrite what runs here.")
    folder = Path(tempfile.mkdtemp(prefix="wifi-"))
    folder.chmod(0o755)
    one = Server(folder)
    try:
        one.prepare()
        yield one
    finally:
        one.leave()
        shutil.rmtree(folder)


class Manual:
    """The blocks of the manual, in order; each is typed once."""

    def __init__(self, server):
        self.left = BLOCK.findall(MANUAL.read_text())
        self._server = server

    def type_until(self, beginning: str) -> str:
        """Type all blocks up to and with the one that begins so; return what the last one said."""
        said = ""
        while self.left:
            block = self.left.pop(0)
            # What whoever types goes on in the same shell: files made later are read by others too.
            said = self._server.type(f'before=$(umask)\n{block}\n[ "$(umask)" = "$before" ]')
            if block.startswith(beginning):
                return said
        pytest.fail(f"No block of the manual begins with {beginning!r}.")


@pytest.fixture
def mail():
    one = MailServer()
    one.start()
    yield one
    one.stop()


def test_every_command_of_the_manual_does_what_it_says(server, mail):
    manual = Manual(server)
    a_new_server_is_set_up(server, manual, mail)
    the_proxy_lets_in_who_may(server)
    a_backup_comes_back(server, manual)
    the_platforms_own_postgresql_moves(server, manual)
    another_key_is_taken(server, manual)
    a_new_version_is_taken(server, manual)
    assert manual.left == []


def test_what_the_manual_names_in_passing_is_there():
    named = re.findall(r"`(make|(?:\.venv/bin/python )?manage\.py) ([\w-]+)", MANUAL.read_text())
    targets = re.findall(r"^([\w-]+):", (serve.PROJECT / "Makefile").read_text(), re.MULTILINE)

    assert named
    assert {name for program, name in named if program == "make"} <= set(targets)
    assert {name for program, name in named if program != "make"} <= set(get_commands())


def a_new_server_is_set_up(server, manual, mail):
    manual.type_until("install -d")
    place = f"localhost:{server.database.port}/wifi"
    ours = {"SECRET_KEY": a_key(), "DATABASE_URL": f"postgresql://wifi:choose-another@{place}"}
    here = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail.port), "EMAIL_USE_TLS": "false"}
    server.fill_in("platform.env", **ours, **here)
    server.fill_in("owner.env", OWNER_URL=f"postgresql://wifi_owner:choose-one@{place}")
    assert all(path.stat().st_mode & 0o077 == 0 for path in (SETTINGS, *SETTINGS.iterdir()))
    assert "no issues" in manual.type_until("DATABASE_URL=$OWNER_URL")
    manual.type_until(".venv/bin/python manage.py sendtestemail")
    assert mail.accepted
    manual.type_until("curl")
    # What systemd would say of the units, and how far they are fenced in: 10 is not at all.
    server.type("systemd-analyze verify --man=no /etc/systemd/system/sociale-wifi-*.service")
    server.type("systemd-analyze security --offline=yes --threshold=25 /etc/systemd/system/sociale-wifi-*.service")
    make_certificate()
    manual.type_until("cp docs/install/nginx.conf")


def the_proxy_lets_in_who_may(server):
    with Proxy(server) as proxy:
        assert proxy.ask("/")[:2] == (200, "max-age=31536000; includeSubDomains; preload")
        assert proxy.ask("/health/ready")[0] == 404
        assert proxy.ask(f"/open/{CANARY}/")[0] == 404
        status, _age, words = proxy.ask("/account/login/", form={"email": "x" * 5_500_000})
        assert (status, "Dit is te veel om te versturen" in words) == (413, True)
        who_says_to_be_someone_else_is_not_believed(server, proxy)
        server.type("systemctl stop sociale-wifi-web")
        status, _age, words = proxy.ask("/")
        assert (status, "Het lukt nu even niet" in words) == (503, True)
        server.type("systemctl start sociale-wifi-web")
        until(lambda: proxy.ask("/")[0] == 200)
    written = "".join(path.read_text() for path in proxy.folder.glob("*.log"))
    assert "GET 404" in written
    assert CANARY not in written


def who_says_to_be_someone_else_is_not_believed(server, proxy):
    counted = []
    for other in ("203.0.113.7", "203.0.113.8"):
        proxy.ask("/account/login/", form={"email": "niemand@voorbeeld.test"}, said={"X-Forwarded-For": other})
        counted.append(server.database.ask("SELECT count(*) FROM core_cache"))
    assert counted[0] == counted[1] != "0"


def a_backup_comes_back(server, manual):
    manual.type_until("(umask")
    BACKUP.unlink()
    manual.type_until("cp docs/install/sociale-wifi-backup")
    server.type("systemd-analyze verify --man=no /etc/systemd/system/sociale-wifi-backup.*")
    assert BACKUP.stat().st_mode & 0o077 == 0
    as_on_a_server_that_has_nothing(server)
    manual.type_until("cp docs/install/sociale-wifi-web.service")
    a_damaged_backup_brings_nothing_back(server, manual)
    people = "SELECT string_agg(name, ',' ORDER BY name) FROM people_user"
    before = server.database.ask(people)
    assert "Their Name" in before
    manual.type_until("( set -e\nsystemctl stop")
    both_are_well(server)
    assert server.database.ask(people) == before
    manual.type_until("runuser -u postgres -- psql --set=ON_ERROR_STOP=1 --command='DROP")


def as_on_a_server_that_has_nothing(server):
    server.type("systemctl stop sociale-wifi-web sociale-wifi-worker")
    server.type("rm /etc/systemd/system/sociale-wifi-web.service /etc/systemd/system/sociale-wifi-worker.service")


def a_damaged_backup_brings_nothing_back(server, manual):
    whole, again = BACKUP.read_bytes(), manual.left[0]
    BACKUP.write_bytes(whole[: len(whole) // 2])
    # Typed by a person, one line that fails keeps nobody from the next.
    said = server.type(f"set +e\n{again}\ntrue")
    assert "fits this program" not in said
    BACKUP.write_bytes(whole)
    # What it left behind is in the way of nothing.
    assert "fits this program" in server.type(again)


def the_platforms_own_postgresql_moves(server, manual):
    server.forget("DATABASE_URL", "OWNER_URL")
    server.type(".venv/bin/python manage.py migrate; .venv/bin/python manage.py load_region regions/zuid-limburg")
    manual.type_until("(umask 077; .venv/bin/python -m socialewifi.config.embedded run pg_dump")
    assert (HOME / "wifi.dump").stat().st_mode & 0o077 == 0
    server.type("systemctl stop sociale-wifi-web sociale-wifi-worker")
    for one in ("ALTER DATABASE wifi RENAME TO wifi_before", CREATE):
        server.database.ask(one, of="postgres")
    said = manual.type_until(".venv/bin/python -m socialewifi.config.embedded run pg_restore")
    assert [line for line in said.splitlines() if "ERROR" in line and "transaction_timeout" not in line] == []
    assert server.database.ask("SELECT count(*) FROM places_municipality") == "16"
    for one in ("DROP DATABASE wifi", "ALTER DATABASE wifi_before RENAME TO wifi"):
        server.database.ask(one, of="postgres")
    server.type(f"{READ_AGAIN}; systemctl start sociale-wifi-web sociale-wifi-worker")


def another_key_is_taken(server, manual):
    [former] = re.findall(r"SECRET_KEY='(.*)'", (SETTINGS / "platform.env").read_text())
    server.fill_in("platform.env", SECRET_KEY=a_key(), SECRET_KEY_FALLBACKS=former)
    server.type(READ_AGAIN)
    manual.type_until("systemctl restart")
    both_are_well(server)
    server.fill_in("platform.env", SECRET_KEY=a_key(), SECRET_KEY_FALLBACKS="")
    server.type(READ_AGAIN)
    manual.type_until(".venv/bin/python manage.py renew_key --lost")
    both_are_well(server)


def a_new_version_is_taken(server, manual):
    manual.type_until("( set -e; umask 022\ngit diff")
    both_are_well(server)
    manual.type_until("make stop")


def both_are_well(server):
    server.type(f"{WELL}ready; {WELL}worker")


def a_key() -> str:
    return secrets.token_urlsafe(48)


def make_certificate():
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    where = ["-subj", "/CN=wifi.example.nl", "-keyout", "certificate-key.pem", "-out", "certificate.pem"]
    subprocess.run([*made, *where], cwd=SETTINGS, check=True, capture_output=True)
