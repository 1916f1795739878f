"""Where someone can walk in, and who works there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from socialewifi.core import clock
from socialewifi.people.models import Organisation, Role, User
from socialewifi.places.models import Municipality, SubRegion


@dataclass(frozen=True)
class Around:
    """A part of the region: its municipalities with their desks, and the people who help there."""

    name: str
    municipalities: Sequence[Municipality]
    people: list[User]


def desks() -> list[Around]:
    """Return every part of the region with its desks; each municipality knows its ``social_work``."""
    who = _guides()
    social_work = Prefetch(
        "social_workers", Organisation.objects.filter(retired_at=None).order_by("name"), to_attr="social_work"
    )
    living = Municipality.objects.filter(retired_at=None).order_by("name").prefetch_related(social_work)
    parts = SubRegion.objects.order_by("position").prefetch_related(
        Prefetch("municipalities", living, to_attr="living")
    )
    return [Around(part.name, part.living, who[part.pk]) for part in parts]


def _guides() -> dict[int | None, list[User]]:
    roles = (
        Role.objects.current(clock.today())
        .filter(kind=Role.Kind.GUIDE, user__is_active=True)
        .select_related("user__organisation")
        .order_by("user__name")
    )
    by_part: dict[int | None, list[User]] = defaultdict(list)
    for role in roles:
        if role.user not in by_part[role.subregion_id]:
            by_part[role.subregion_id].append(role.user)
    return by_part
