"""What the pages that combine rooms bring."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.rooms import MenuEntry, Room
from socialewifi.initiatives.models import AT_A_DESK
from socialewifi.people.models import Role

ROOM = Room(
    name="site",
    urls="socialewifi.site.urls",
    menu=(
        MenuEntry(_("Vandaag"), "today", place=10, kinds=AT_A_DESK),
        MenuEntry(_("Initiatieven"), "work-list", place=30, kinds=(*AT_A_DESK, Role.Kind.AMBASSADOR)),
        MenuEntry(_("Zo werkt het"), "how-it-works", place=30),
    ),
    for_residents=(r"templates/([45]\d\d|site/(?!demo|today|work))|views/(public|mine)|queries/own_road|road"),
)
