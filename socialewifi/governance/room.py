"""What this room brings."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.rooms import MenuEntry, Room
from socialewifi.people.models import Role

DECIDERS = (Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR, Role.Kind.STEERING_MEMBER)

ROOM = Room(
    name="governance",
    urls="socialewifi.governance.urls",
    menu=(MenuEntry(_("Afspraken"), "agreement-list", place=90, kinds=DECIDERS),),
    region="socialewifi.governance.region.Agreements",
)
