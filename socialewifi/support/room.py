"""What this room brings."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.rooms import MenuEntry, Room
from socialewifi.initiatives.models import AT_A_DESK
from socialewifi.support.waiting import waiting

ROOM = Room(
    name="support",
    urls="socialewifi.support.urls",
    menu=(
        MenuEntry(_("Bellen"), "work-calls", place=40, kinds=AT_A_DESK),
        MenuEntry(_("Brieven"), "letter-list", place=50, kinds=AT_A_DESK),
    ),
    waiting=waiting,
)
