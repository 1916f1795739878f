"""What a room nobody ever heard of brings to the files of a region: by the one entry in the list."""

import pytest
from django.conf import settings

from socialewifi.core.regionfiles import Problem, RefusedRegion
from socialewifi.core.rooms import RegionPart, Room
from socialewifi.people.tests.factories import NOON
from socialewifi.site import region, rooms

MINI = settings.BASE_DIR / "tests" / "regions" / "mini"


class Tariffs(RegionPart):
    def __init__(self, _folder):
        pass

    def load(self, at):
        return [f"+ tarief van {at:%Y}"]


class NoTariffs(Tariffs):
    def check(self, others):
        raise RefusedRegion(Problem("tariffs.yaml", 1, f"geen van deze {len(others)} onderdelen noemt een tarief"))


@pytest.fixture
def bring(monkeypatch):
    """Add a room to the list."""

    def add(**brings):
        monkeypatch.setattr(rooms, "ROOMS", (*rooms.ROOMS, Room(name="gifts", **brings)))

    return add


def test_its_part_of_the_regions_files_is_read_and_loaded(bring, db):
    bring(region=f"{__name__}.Tariffs")

    assert f"+ tarief van {NOON:%Y}" in region.load_region(folder=MINI, at=NOON)


def test_what_does_not_go_with_the_other_parts_is_refused_and_nothing_is_loaded(bring, db):
    bring(region=f"{__name__}.NoTariffs")

    with pytest.raises(RefusedRegion, match="onderdelen noemt een tarief"):
        region.load_region(folder=MINI, at=NOON)
