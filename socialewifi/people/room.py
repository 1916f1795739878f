"""What this room brings."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.rooms import MenuEntry, Room
from socialewifi.people.models import Role

ROOM = Room(
    name="people",
    urls="socialewifi.people.urls",
    menu=(MenuEntry(_("Beheer"), "admin-home", place=100, kinds=(Role.Kind.ADMINISTRATOR,)),),
    region="socialewifi.people.region.Partners",
    for_residents=(
        r"templates/(people/(code|key_|no_account|desk|sessions|mail/(panel|access))"
        r"|account/(account_inactive|confirm_login|request_login|logout|email/(base_m|login|unknown))|[45]\d\d)"
        r"|actions/(keys|notices)|views/(keys|sessions)"
    ),
)
