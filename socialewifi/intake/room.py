"""What this room brings."""

from socialewifi.core.numbers import Number, Unit
from socialewifi.core.rooms import Room

ROOM = Room(
    name="intake",
    urls="socialewifi.intake.urls",
    numbers={"draft-retention": Number(Unit.DAYS, most=365)},
    for_residents=r"(?!(templates/intake|forms|views)/entry)",
)
