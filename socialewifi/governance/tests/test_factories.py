import pytest

from socialewifi.governance.queries import number
from socialewifi.governance.tests.factories import AgreementFactory


@pytest.mark.django_db
@pytest.mark.parametrize("traits", [{"fixed": True}, {"text_only": True}])
def test_everything_the_factories_make_is_whole(traits):
    AgreementFactory(**traits).full_clean(exclude=["value", "decide_by", "changed_at", "retired_at"])


def test_the_numbers_of_the_road_are_there_and_still_open(agreements):
    assert number("panel-quorum").value == 3
    assert number("panel-quorum").is_provisional
