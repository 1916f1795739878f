"""What this room brings."""

from socialewifi.core.rooms import Room

ROOM = Room(name="places", region="socialewifi.places.region.Places")
