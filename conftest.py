"""The fixed cast: one region with two sub-regions, and one person of each role. Plainly invented."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation

from socialewifi.core.tests.factories import write_texts
from socialewifi.governance.tests.factories import agree_on_numbers
from socialewifi.people.tests.factories import UserFactory
from socialewifi.places.models import Region
from socialewifi.places.tests.factories import MunicipalityFactory, RegionFactory, SubRegionFactory
from socialewifi.site.region import load_region

MINI_REGION = Path(__file__).parent / "tests" / "regions" / "mini"

pytest_plugins = ["tests.browser.report", "tests.template", "socialewifi.initiatives.tests.cast"]


# What is asked of these is answered by pages: which PostgreSQL stands behind them says nothing more.
THROUGH_PAGES = (
    "tests/bench",
    "tests/journeys/test_nonsense.py",
    "tests/journeys/test_permission_matrix.py",
    "tests/journeys/test_residents_pages.py",
    "tests/journeys/test_second_factor_everywhere.py",
    "tests/journeys/test_told_pages.py",
    "tests/journeys/test_words_for_outsiders.py",
    "tests/test_languages.py",
)


def pytest_addoption(parser):
    words = "only what asks the database itself: for a second PostgreSQL, after the whole was tried with the first"
    parser.addoption("--another-database", action="store_true", help=words)


# What takes long begins first, so that no worker stands still at the end while another still has it in hand.
LONG = ("tests/processes/test_manual", "tests/processes/test_falling", "tests/browser", "tests/bench", "tests/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: next((n for n, path in enumerate(LONG) if item.nodeid.startswith(path)), len(LONG)))
    if not config.getoption("--another-database"):
        return
    kept = [item for item in items if _asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _asks_the_database(item):
    # It goes through the manual on Debian's PostgreSQL, which takes root.
    if item.nodeid.startswith("tests/processes/test_manual"):
        return True
    asks = "db" in item.fixturenames or item.get_closest_marker("django_db") is not None
    return asks and "client" not in item.fixturenames and not item.nodeid.startswith(THROUGH_PAGES)


@pytest.fixture(autouse=True)
def _fresh_counters(request):
    """Start with no tries counted: a browser test before this one leaves its counters in the database."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied():
    """
    Let a test that commits leave nothing behind, which takes a superuser; that is no way for the application (ADR 6).
    """
    flush = DatabaseOperations.sql_flush

    def without_triggers(self, *args, **kwargs):
        statements = flush(self, *args, **kwargs)
        # The tables of the jobs are no models of ours, so that Django leaves them as they are.
        jobs = "TRUNCATE procrastinate_jobs CASCADE"
        return ["SET LOCAL session_replication_role = replica", *statements, jobs] if statements else []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", without_triggers)
        yield


@pytest.fixture(autouse=True)
def _in_dutch():
    """Start in Dutch: what someone else's request was in stays with the thread after it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def region(db):
    return RegionFactory()


@pytest.fixture
def subregion(region):
    return SubRegionFactory(code="noordoever", name="Noordoever")


@pytest.fixture
def other_subregion(region):
    return SubRegionFactory(code="zuidoever", name="Zuidoever")


@pytest.fixture
def municipality(subregion):
    """The municipality most tests play in, in ``subregion``."""
    return MunicipalityFactory(name="Waterdorp", slug="waterdorp", subregion=subregion)


@pytest.fixture
def other_municipality(other_subregion):
    return MunicipalityFactory(name="Zandstad", slug="zandstad", subregion=other_subregion)


@pytest.fixture
def agreements(db):
    """Every number the road needs, by its code."""
    return agree_on_numbers()


@pytest.fixture
def texts(db):
    """Every mail and letter a room may send, by its code."""
    return write_texts()


@pytest.fixture
def resident(db):
    return UserFactory(name="Roos Inwoner", email="roos@voorbeeld.test", last_login=datetime(2026, 6, 1, tzinfo=UTC))


@pytest.fixture
def offline_resident(db):
    """A resident without e-mail: has the same rights (R10)."""
    return UserFactory(name="Olaf Inwoner", offline=True)


@pytest.fixture
def stranger(db):
    """A resident who has nothing to do with it."""
    return UserFactory(name="Vera Vreemd", email="vera@voorbeeld.test")


@pytest.fixture
def panel_members(region):
    return [
        UserFactory(name=f"{name} Panellid", email=f"{name.lower()}@voorbeeld.test", roles=["panel_member"])
        for name in ("Anna", "Bram", "Cato")
    ]


@pytest.fixture
def panel_member(panel_members):
    return panel_members[0]


@pytest.fixture
def guide(subregion):
    return _at_work("Gijs Begeleider", "guide", subregion=subregion)


@pytest.fixture
def other_guide(other_subregion):
    """A guide of the other sub-region."""
    return _at_work("Otto Begeleider", "guide", subregion=other_subregion)


@pytest.fixture
def coordinator(subregion):
    return _at_work("Cora Coordinator", "coordinator", subregion=subregion)


@pytest.fixture
def regional_coordinator(region):
    return _at_work("Rens Regiocoordinator", "regional_coordinator")


@pytest.fixture
def ambassador(municipality):
    return _at_work("Amina Ambassadeur", "ambassador", municipality=municipality)


@pytest.fixture
def treasurer(region):
    return _at_work("Kees Kassier", "treasurer")


@pytest.fixture
def steering_member(region):
    return _at_work("Sanne Stuurgroep", "steering_member")


@pytest.fixture
def convener(region):
    return _at_work("Teun Trekker", "convener")


@pytest.fixture
def administrator(region):
    return _at_work("Bea Beheerder", "administrator")


def _at_work(name, kind, **place):
    email = f"{name.split()[0].lower()}@werk.test"
    return UserFactory(
        name=name,
        email=email,
        phone="088 000 00 01",
        roles=[kind],
        **{f"roles__{key}": one for key, one in place.items()},
    )


@pytest.fixture
def mini_region(db):
    """The invented region of ``tests/regions/mini``, loaded as any region is."""
    load_region(folder=MINI_REGION, at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    return Region.objects.get()
