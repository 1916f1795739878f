"""What this room brings."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.rooms import MenuEntry, Room

ROOM = Room(
    name="publication",
    urls="socialewifi.publication.urls",
    menu=(
        MenuEntry(_("Initiatieven"), "initiative-list", place=10),
        MenuEntry(_("Verhalen"), "story-list", place=20),
    ),
    for_residents=r".",
)
