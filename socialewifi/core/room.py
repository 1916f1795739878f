"""What stands under every room."""

from socialewifi.core.rooms import Room

ROOM = Room(
    name="core",
    urls="socialewifi.core.urls",
    region="socialewifi.core.region.Texts",
    for_residents=(
        r"templates/(?!core/(gallery|staff|paper|reading)|ui/gallery)|deeds|editing|once|forms|fields|templatetags"
    ),
)
