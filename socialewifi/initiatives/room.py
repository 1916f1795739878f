"""What this room brings."""

from socialewifi.core.numbers import Number, Unit
from socialewifi.core.rooms import Room
from socialewifi.initiatives.waiting import waiting

ROOM = Room(
    name="initiatives",
    urls="socialewifi.initiatives.urls",
    waiting=waiting,
    region="socialewifi.initiatives.region.Words",
    numbers={
        "contact-term": Number(Unit.WORKDAYS, most=60),
        "exploration-term": Number(Unit.WORKDAYS, most=260),
        "assessment-term": Number(Unit.WORKDAYS, most=260),
        "check-in-interval": Number(Unit.MONTHS, most=36),
        "join-term": Number(Unit.WORKDAYS, most=130),
        "link-validity": Number(Unit.DAYS, most=365),
        "letter-code-validity": Number(Unit.DAYS, most=730),
    },
    for_residents=r"(actions/(publishing|initiators)|forms/titles)\.py",
)
