import pytest

from socialewifi.people.models import Role
from socialewifi.people.tests.factories import (
    AccessKeyFactory,
    OrganisationFactory,
    ReadingModeFactory,
    RoleFactory,
    UserFactory,
)
from socialewifi.places.tests.factories import MunicipalityFactory, NeighbourhoodFactory, RegionFactory

CAST = {
    "panel_member": ["panel_member"],
    "guide": ["guide"],
    "other_guide": ["guide"],
    "coordinator": ["coordinator"],
    "regional_coordinator": ["regional_coordinator"],
    "ambassador": ["ambassador"],
    "treasurer": ["treasurer"],
    "steering_member": ["steering_member"],
    "convener": ["convener"],
    "administrator": ["administrator"],
    "resident": [],
    "offline_resident": [],
    "stranger": [],
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "traits"),
    [
        (RegionFactory, {}),
        (MunicipalityFactory, {}),
        (NeighbourhoodFactory, {}),
        (OrganisationFactory, {}),
        (UserFactory, {}),
        (UserFactory, {"offline": True}),
        (RoleFactory, {"expired": True}),
        (RoleFactory, {"future": True}),
        (AccessKeyFactory, {"expired": True}),
        (AccessKeyFactory, {"revoked": True}),
        (ReadingModeFactory, {}),
        *[(RoleFactory, {"kind": kind}) for kind in Role.Kind],
    ],
)
def test_everything_the_factories_make_is_whole(factory, traits):
    nullable = ["ends_on", "revoked_at", "last_used_at", "created_by", "retired_at"]

    factory(**traits).full_clean(exclude=nullable)


@pytest.mark.parametrize("name", CAST)
def test_each_person_of_the_cast_has_the_role_of_their_name(request, name):
    person = request.getfixturevalue(name)

    assert [role.kind for role in person.current_roles] == CAST[name]


def test_the_other_guide_works_in_another_sub_region(guide, other_guide):
    assert guide.scopes("guide")[0].subregion != other_guide.scopes("guide")[0].subregion
