"""The one list of rooms, from the ground up: what comes later may build on what comes earlier."""

from socialewifi.assessment.room import ROOM as ASSESSMENT
from socialewifi.core import numbers
from socialewifi.core.room import ROOM as CORE
from socialewifi.core.rooms import Room
from socialewifi.governance.room import ROOM as GOVERNANCE
from socialewifi.initiatives.room import ROOM as INITIATIVES
from socialewifi.intake.room import ROOM as INTAKE
from socialewifi.owners.room import ROOM as OWNERS
from socialewifi.people.room import ROOM as PEOPLE
from socialewifi.places.room import ROOM as PLACES
from socialewifi.publication.room import ROOM as PUBLICATION
from socialewifi.site.room import ROOM as SITE
from socialewifi.support.room import ROOM as SUPPORT

# The texts of core are read last: the rooms say which there are, and what each may fill in.
ROOMS: tuple[Room, ...] = (
    PLACES,
    PEOPLE,
    GOVERNANCE,
    INITIATIVES,
    PUBLICATION,
    INTAKE,
    OWNERS,
    SUPPORT,
    ASSESSMENT,
    CORE,
    SITE,
)

for one in ROOMS:
    numbers.register(one.numbers)
