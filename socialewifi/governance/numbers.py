"""The numbers every region must name, and in which unit the platform reads them."""

from socialewifi.governance.models import Agreement

NUMBERS = {
    "contact-term": Agreement.Unit.WORKDAYS,
    "exploration-term": Agreement.Unit.WORKDAYS,
    "assessment-term": Agreement.Unit.WORKDAYS,
    "panel-quorum": Agreement.Unit.COUNT,
    "panel-term": Agreement.Unit.DAYS,
    "ambassador-term": Agreement.Unit.WORKDAYS,
    "check-in-interval": Agreement.Unit.MONTHS,
    "link-validity": Agreement.Unit.DAYS,
    "letter-code-validity": Agreement.Unit.DAYS,
    "join-term": Agreement.Unit.WORKDAYS,
    "draft-retention": Agreement.Unit.DAYS,
}
