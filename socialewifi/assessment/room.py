"""What this room brings."""

from django.utils.translation import gettext_lazy as _

from socialewifi.assessment.models.weighing import SMALLEST_QUORUM
from socialewifi.assessment.waiting import waiting
from socialewifi.assessment.work_panel import weighing_panel
from socialewifi.core.numbers import Number, Unit
from socialewifi.core.rooms import MenuEntry, Room
from socialewifi.initiatives.models import AT_A_DESK
from socialewifi.people.models import Role

ROOM = Room(
    name="assessment",
    urls="socialewifi.assessment.urls",
    menu=(
        MenuEntry(_("Gemeente"), "ambassador-list", place=20, kinds=(Role.Kind.AMBASSADOR,)),
        MenuEntry(_("Wegen"), "weigh-list", place=60, kinds=AT_A_DESK),
        MenuEntry(_("Meekijken"), "panel-list", place=70, kinds=(Role.Kind.PANEL_MEMBER,)),
        MenuEntry(_("Gegeven adviezen"), "panel-given", place=80, kinds=(Role.Kind.PANEL_MEMBER,)),
    ),
    waiting=waiting,
    panel=weighing_panel,
    region="socialewifi.assessment.region.Weighing",
    numbers={
        "panel-quorum": Number(Unit.COUNT, least=SMALLEST_QUORUM, most=50),
        "panel-term": Number(Unit.DAYS, most=90),
        "ambassador-term": Number(Unit.WORKDAYS, most=130),
    },
    for_residents=(
        r"templates/assessment/(panel_|plan|advices|initiative_tags|written_|objected)|plan|letters|views/panel"
    ),
)
