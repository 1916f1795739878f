"""Whom a visitor of the demo can be."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from socialewifi.initiatives.models import Initiator, Step
from socialewifi.people.models import Role, User

# What someone in this role sees first.
FIRST_PAGES = {
    Role.Kind.GUIDE: "today",
    Role.Kind.COORDINATOR: "today",
    Role.Kind.REGIONAL_COORDINATOR: "today",
    Role.Kind.PANEL_MEMBER: "panel-list",
    Role.Kind.AMBASSADOR: "ambassador-list",
    Role.Kind.ADMINISTRATOR: "admin-home",
}
RESIDENTS_PAGE = "mine-list"
# Roles whose own pages come with their own chapters are not offered here.
OFFERED = tuple(FIRST_PAGES)


@dataclass(frozen=True)
class Guise:
    """Someone to become with one click."""

    user: User
    words: str

    @property
    def label(self) -> str:
        return f"{self.user.first_name} · {self.words}"


def residents() -> list[Guise]:
    """Return one initiator per step, so that every state of a resident's page can be seen."""
    owners = (
        Initiator.objects.current()
        .select_related("user", "initiative")
        .order_by("initiative__step", "-initiative__reported_at", "pk")
        .distinct("initiative__step")
    )
    order = list(Step.values)
    found = sorted(owners, key=lambda owner: order.index(owner.initiative.step))
    return [Guise(owner.user, owner.initiative.get_step_display()) for owner in found]


def workers() -> dict[str, list[Guise]]:
    """Return the people of each role, with where they hold it."""
    roles = Role.objects.filter(kind__in=OFFERED).select_related("user", "subregion", "municipality").order_by("pk")
    return {
        str(Role.Kind(kind).label): [
            Guise(role.user, str(role.place or _("hele regio"))) for role in roles if role.kind == kind
        ]
        for kind in OFFERED
    }


def first_page(user: User) -> str:
    """Return where this person begins."""
    return reverse(next((page for kind, page in FIRST_PAGES.items() if user.has_role(kind)), RESIDENTS_PAGE))
