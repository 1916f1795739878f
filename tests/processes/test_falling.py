"""What falls, and that the platform stands: the database stops or waits, a sender is slow, a part is killed."""

import os
import signal
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from socialewifi.config import serve
from tests.processes.falling import HALF_A_FORM, LIST, Cluster, Platform
from tests.processes.mailserver import MailServer

# As the database says it when it has no room to write.
FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON core_message EXECUTE FUNCTION full_disk();
"""
pytestmark = pytest.mark.xdist_group("falling")


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    """One platform for all of these tests: each leaves it standing for the next."""
    mail = MailServer()
    cluster = Cluster(serve.PROJECT / "var" / f"falling-{os.environ.get('PYTEST_XDIST_WORKER', '')}")
    cluster.remove()
    mail.start()
    cluster.start()
    one = Platform(cluster, mail, tmp_path_factory.mktemp("falling"))
    try:
        one.fill()
        one.start()
        yield one
        one.stop()
    finally:
        if hasattr(one, "process"):
            one.process.end()
        cluster.remove()
        mail.stop()


def mails(platform):
    return len(platform.mail.accepted)


def nothing_waits(platform):
    waiting = "SELECT count(*) FROM core_message WHERE sent_at IS NULL AND channel = 'email'"
    return platform.cluster.ask(waiting) == [(0,)]


def test_a_restart_of_the_database_is_survived_by_web_and_worker(platform):
    parts = platform.parts()

    platform.cluster.restart()

    platform.until(platform.answers)
    assert platform.ask_for_a_code()[0] == 302
    platform.until(platform.sent_the_code)
    assert platform.parts() == parts


def test_while_the_database_is_away_everyone_hears_so_at_once_and_it_is_written_down_once(platform):
    before = platform.tracebacks()
    platform.cluster.stop()
    try:
        for _once in range(12):
            status, words = platform.look("/", seconds=8)
            assert (status, "Het lukt nu even niet" in words) == (503, True)
        assert platform.ask_for_a_code(seconds=8)[0] == 503
        assert platform.look("/health/live")[0] == 200
        assert platform.look("/health/ready")[0] == 503
    finally:
        platform.cluster.start()

    platform.until(platform.answers)
    platform.until(lambda: any("The database answers again" in line["what"] for line in platform.written()))
    # Each process that answers, and the worker, writes it down for itself.
    assert platform.tracebacks() - before <= 3


def test_a_mail_that_was_going_out_as_the_database_stopped_goes_out_after_it(platform):
    platform.until(lambda: nothing_waits(platform))
    had, stopped = mails(platform), []
    platform.mail.when["DATA", had + 1] = lambda: stopped.append(platform.cluster.stop())
    # Whether the page is answered before it stops, is not what matters here.
    platform.ask_for_a_code()
    platform.until(lambda: stopped)

    platform.cluster.start()
    platform.miss_whoever_has_a_mail_in_hand()

    platform.until(lambda: nothing_waits(platform))
    # What went out twice at an earlier stop is not of this one.
    since = Counter(mail["Message-ID"] for mail in platform.mail.accepted[had:])
    assert 1 <= max(since.values()) <= 2


def test_a_deed_that_waited_as_the_database_stopped_is_undone_and_can_be_sent_again(platform):
    made = "SELECT count(*) FROM core_message"
    had = platform.cluster.ask(made)
    with closing(platform.cluster.holding("LOCK TABLE core_message IN SHARE MODE")), ExitStack() as later:
        later.callback(platform.cluster.start)
        later.callback(platform.cluster.stop)
        assert platform.ask_for_a_code(seconds=1)[0] == 0

    platform.until(platform.answers)
    assert platform.cluster.ask(made) == had
    assert platform.ask_for_a_code()[0] == 302
    platform.until(lambda: platform.cluster.ask(made) != had)


def test_a_lock_that_is_held_stops_who_needs_it_and_nobody_else(platform):
    with closing(platform.cluster.holding("LOCK TABLE core_message IN SHARE MODE")):
        status, words = platform.ask_for_a_code()
        assert (status, "Het lukt nu even niet" in words) == (503, True)
        assert platform.answers()

    assert platform.ask_for_a_code()[0] == 302


def test_a_full_disk_stops_what_is_written_and_not_what_is_read(platform):
    before = platform.tracebacks()
    platform.cluster.tell(FULL)
    try:
        for _once in range(3):
            status, words = platform.ask_for_a_code()
            assert (status, "Het lukt nu even niet" in words) == (503, True)
        assert platform.answers()
        assert platform.look("/health/ready")[0] == 200
        # Each process tells what it met itself, in the last minute.
        platform.until(lambda: "53100" in platform.look("/health/worker")[1])
        assert any("53100" in line.get("error", "") for line in platform.written())
    finally:
        platform.cluster.tell("DROP TRIGGER full_disk ON core_message; DROP FUNCTION full_disk")

    assert platform.ask_for_a_code()[0] == 302
    # Each process that answers writes it down for itself.
    assert platform.tracebacks() - before <= 2


def test_forms_that_are_sent_half_keep_no_page_and_no_watcher_waiting(platform):
    with ExitStack() as sending:
        for _one in range(40):
            sending.enter_context(closing(platform.asking(HALF_A_FORM)))

        assert platform.look("/health/live", seconds=8)[0] == 200
        assert platform.look("/", seconds=8)[0] == 200


def test_whoever_keeps_watch_is_answered_while_every_page_waits(platform):
    with (
        closing(platform.cluster.holding("LOCK TABLE initiatives_initiative IN ACCESS EXCLUSIVE MODE")),
        ExitStack() as asking,
    ):
        for _one in range(40):
            asking.enter_context(closing(platform.asking(LIST)))
        platform.until(platform.every_page_waits)

        assert platform.look("/health/live", seconds=4)[0] == 200
        assert platform.look("/health/ready", seconds=4)[0] == 200

    platform.until(platform.answers)


def test_no_table_changes_while_web_and_worker_work_with_it(platform):
    to_apply = "DELETE FROM django_migrations WHERE app = 'sessions' RETURNING app, name"
    [(app, name)] = platform.cluster.ask(to_apply)

    def is_refused():
        # Web connects when it is asked for a page. A worker that was killed just now may seem to be there for a moment.
        platform.until(platform.answers)
        platform.until(platform.both_are_connected)
        refused = platform.manage("migrate", check=False)
        assert refused.returncode == 1
        return "The tables are in use by web and worker: stop web and worker first." in refused.stderr

    try:
        platform.until(is_refused)
    finally:
        platform.cluster.ask(f"INSERT INTO django_migrations VALUES (DEFAULT, '{app}', '{name}', now()) RETURNING 1")
    platform.manage("migrate")  # Nothing to change disturbs nobody.


@pytest.mark.parametrize("part", ["worker", "web"])
def test_a_part_that_is_killed_begins_again_and_leaves_nobody_at_the_port(platform, part):
    killed = platform.parts()[part]
    children = platform.children(killed)

    os.kill(killed, signal.SIGKILL)

    platform.until(lambda: platform.parts().get(part) not in {None, killed})
    platform.until(platform.answers)
    assert all(not Path(f"/proc/{pid}").exists() for pid in children)
    assert platform.ask_for_a_code()[0] == 302
    platform.until(platform.sent_the_code)
