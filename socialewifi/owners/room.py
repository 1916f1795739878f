"""What this room brings."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.rooms import MenuEntry, Room
from socialewifi.owners.waiting import waiting

ROOM = Room(
    name="owners",
    urls="socialewifi.owners.urls",
    menu=(MenuEntry(_("Mijn initiatief"), "mine-list", place=40),),
    waiting=waiting,
    for_residents=r"(?!waiting)",
)
