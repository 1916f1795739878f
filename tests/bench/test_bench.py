"""The bench still fills what the rooms accept, and asks for pages that are there; its figures are another matter."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection

from bench import database, load, table
from bench.fill import fill
from bench.prepare import ask
from socialewifi.assessment.models import Assessment, PanelAdvice
from socialewifi.core.models import Event
from socialewifi.core.tests.rewriting import rewriting
from socialewifi.initiatives.models import Initiative, Initiator, PlanVersion

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def filled(mini_region):
    return fill(initiatives=150, events=1800, at=AT)


def test_a_filled_region_breaks_no_rule_that_the_database_keeps(filled):
    connection.check_constraints()

    assert Initiative.objects.count() == 150
    assert Event.objects.count() == filled.events == 1800
    assert Initiative.objects.published().exists()
    assert Assessment.objects.filter(outcome="support").exists()
    assert Initiator.objects.count() >= 150


def test_the_same_moment_gives_the_same_region(filled):
    titles = [life.title for life in filled.lives]
    reported = [life.reported_at for life in filled.lives]
    _empty()

    again = fill(initiatives=150, events=1800, at=AT)

    assert [life.title for life in again.lives] == titles
    assert [life.reported_at for life in again.lives] == reported


def test_every_page_of_the_bench_is_there_for_its_visitor(filled, client):
    cache.clear()
    asked = ask(filled, at=AT)
    answers = {page["name"]: _answer(client, page, asked["cookies"]) for page in asked["pages"]}

    assert answers == {name: (303 if name == "report an idea" else 200, True) for name in answers}


def test_the_bench_throws_away_no_database_but_its_own(monkeypatch):
    monkeypatch.setenv("BENCH_DATABASE_URL", "postgresql://someone@db.test/sociale_wifi")

    with pytest.raises(database.NotABench):
        database.address("")


def test_a_form_is_sent_only_once():
    asking = load.Asking(["/a/", "/b/", "/c/"], ["x", "y", "z"], skip=1)

    assert list(asking.requests()) == [("POST", "/b/", "y"), ("POST", "/c/", "z")]


def test_the_table_says_which_target_is_not_met(tmp_path):
    page = {"name": "home", "calls": 11_000, "times": 3, "p50": 9.5, "p95": 12, "failed": 0}
    figures = {
        "size": {"initiatives": 20, "events": 200},
        "machine": "2 cores",
        "yardstick": {"p50": 1.9, "eight_per_second": 700.0},
        "counts": {"home": {"calls": 11_001, "queries": 5, "bytes": 21_000}},
        "driver": "wrk",
        "pages": [{**page, "eight_per_second": 250.0, "eight_p95": 40}],
        "growth": {"home": (9.0, 9.5), "search": (8.0, 13.0), "too small to tell": (0.5, 1.4)},
        "mebibytes": 180.0,
        "cold_start_seconds": 1.2,
    }

    lines = table.write(figures, tmp_path / "bench.json").splitlines()

    assert [line.endswith("NOT MET") for line in lines if "<= 11000 calls" in line] == [True]
    assert [line.endswith("NOT MET") for line in lines if "<= x3" in line] == [True, False]
    assert [line.endswith("NOT MET") for line in lines if "search" in line] == [True]
    assert sum(line.endswith("ok") for line in lines) == 6
    assert table.read(tmp_path / "bench.json")["targets_met"] is False


def _answer(client, page, cookies):
    """Ask as a visitor of the bench does, and tell the status and whether it is the page that was meant."""
    headers = {"cookie": cookies.get(page["who"], "")}
    path, form = page["paths"][0], "application/x-www-form-urlencoded"
    if page["bodies"]:
        answer = client.post(path, page["bodies"][0], content_type=form, headers=headers)
    else:
        answer = client.get(path, headers=headers)
    return answer.status_code, page["shows"] in answer.content.decode()


def _empty():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        tables = [model._meta.db_table for model in (Event, PanelAdvice, Assessment, PlanVersion, Initiative)]
        with rewriting():
            cursor.execute(f"TRUNCATE {', '.join(tables)}, core_message, people_user RESTART IDENTITY CASCADE")
