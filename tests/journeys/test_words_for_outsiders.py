"""
Numbers and addresses in every text field there is, and everyone who may not read them (docs/privacy.md).

A new text field of these rooms is planted by itself; a new page is opened by itself (permission_grid).
"""

import re
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from socialewifi.assessment.actions.advice import give_advice, recuse
from socialewifi.assessment.actions.municipality import answer_ambassador
from socialewifi.assessment.actions.opening import open_assessment
from socialewifi.assessment.actions.reminders import remind_of_advice
from socialewifi.assessment.models import AmbassadorQuestion, PanelSeat
from socialewifi.assessment.tests.factories import (
    AdviceObjectionFactory,
    CriterionScoreFactory,
    RoutePartFactory,
    TriggerFactory,
)
from socialewifi.core.models import Message, Notice
from socialewifi.core.texts import KINDS
from socialewifi.initiatives.actions.contact import offer_handover
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import (
    PLAN_FIELDS,
    ContactMoment,
    EffectStory,
    Initiative,
    PlanVersion,
    RegionWord,
)
from socialewifi.initiatives.rules import can_see_contact_details
from socialewifi.initiatives.tests.factories import ExplorationFactory
from socialewifi.owners.actions.invitations import accept_invitation, invite_initiator
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory
from socialewifi.publication.queries import Wish, find
from socialewifi.site.queries.work_list import Filters, much_like_it, work_list
from tests.journeys.permission_grid import ROWS
from tests.journeys.permission_world import World
from tests.journeys.test_permission_matrix import SEES_CONTACT_DETAILS

# Text that nobody types about an initiative, and why.
NOT_TYPED = {
    "initiatives.initiative.key": "made by chance",
    "initiatives.initiative.outside_title": "the title without contact details, to search in",
    "initiatives.initiative.outside_words": "the plan without contact details, to search in",
    "initiatives.invitation.digest": "a fingerprint",
    "initiatives.initiator.language": "chosen from a list",
    "initiatives.draft.language": "chosen from a list",
    "initiatives.theme.colour": "a word of the region, from its files",
    **{
        f"{model._meta.label_lower}.{field}": "a word of the region, from its files"
        for model in RegionWord.__subclasses__()
        for field in ("code", "name", "explanation")
    },
}
# How a resident called themselves; the names of who works here are an administrator's to write.
NAME = "people.user.name"
# Pages on which someone reads what they told us of themselves, by a link that only they have.
OF_ONESELF = ("invitation", "report-")
LOOKS_PLANTED = re.compile(r"Plantenstraat (\d{4})|plant(\d{4})@|ABNA (\d{4})|06 40 (\d\d \d\d)|0640(\d{4})")
DIGITS = re.compile(r"\D")


def _text_fields():
    """Yield every field of these rooms that holds words."""
    for room in ("initiatives", "assessment"):
        for model in apps.get_app_config(room).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField) and not field.choices:
                    yield model, field


def typed_fields():
    return [(model, field) for model, field in _text_fields() if _name(model, field) not in NOT_TYPED]


def _name(model, field):
    return f"{model._meta.label_lower}.{field.name}"


def words(number):
    """Return words with a street, a telephone number, an e-mail address and a bank account that are nobody else's."""
    phone = f"06 40 {number // 100} {number % 100:02d} 12"
    # As a path begins, since what leads somewhere in a mail is left as it is.
    return f"/Bel {phone} of plant{number}@voorbeeld.test, Plantenstraat {number}, NL91 ABNA {number} 1643 00"


def _fitting(field, number):
    if field.name == "phone":
        return f"0640{number}12"
    if field.name == "email":
        return f"plant{number}@voorbeeld.test"
    return words(number)[: field.max_length]


@contextmanager
def without_triggers():
    """Let what is never altered be written once more, before anyone looks."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


class Garden:
    """The world of the permission grid, with something planted in each typed field of each row."""

    def __init__(self):
        self.world = World()
        self._grow()
        self.planted = {}
        with without_triggers():
            for model, field in typed_fields():
                for row in model._base_manager.values_list("pk", flat=True):
                    number = 1000 + len(self.planted)
                    self.planted[number] = (_name(model, field), row)
                    model._base_manager.filter(pk=row).update(**{field.attname: _fitting(field, number)})
            for resident in _keys(User.objects.filter(initiator_of__isnull=False, roles=None).distinct()):
                number = 1000 + len(self.planted)
                self.planted[number] = (NAME, resident)
                User.objects.filter(pk=resident).update(name=_fitting(User._meta.get_field("name"), number))
            for initiative in Initiative.objects.all():
                initiative.save(update_fields=PLAN_FIELDS)
        self.open_to_all = self._published()

    def _grow(self):
        """Add the rows that the grid has no need of."""
        rows = self.world.rows
        for initiative in rows.values():
            self._told_and_talked(initiative)
        ExplorationFactory(initiative=rows["exploring"])
        ExplorationFactory(initiative=rows["assessing"])
        Initiative.objects.filter(pk=rows["supporting"].pk).update(landing_signs="Zelf.", landing_signs_agreed_at=NOON)
        CriterionScoreFactory(assessment=self.world.weighing)
        RoutePartFactory(assessment=self.world.weighing)
        # Beside the advice of the member without e-mail: the other one is still objected to on the pages.
        AdviceObjectionFactory(advice=self.world.written[1].advice)
        self.trigger = TriggerFactory()
        self.world.weighing.triggers.add(self.trigger)

    def _told_and_talked(self, initiative):
        plan = {name: getattr(initiative, name) for name in PLAN_FIELDS}
        PlanVersion.objects.create(initiative=initiative, number=9, at=NOON, **plan)
        ContactMoment.objects.create(
            initiative=initiative, at=NOON, by=self.world.people["contact"], through="phone", summary="Gesproken."
        )

    def _published(self):
        """Return what its owners chose to show to everyone, in their own words (R4)."""
        shown = [("initiatives.initiative.public_text", pk) for pk in _keys(Initiative.objects.published())]
        for pk in _keys(EffectStory.objects.filter(published_at__isnull=False)):
            shown += [("initiatives.effectstory.title", pk), ("initiatives.effectstory.body", pk)]
        return set(shown)

    def seen_in(self, text):
        """Return which planted fields can be read in this text, but for what is everyone's to read."""
        numbers = {int(DIGITS.sub("", next(filter(None, found)))) for found in LOOKS_PLANTED.findall(text)}
        return sorted({self.planted.get(one, ("?", one)) for one in numbers} - self.open_to_all)


def _keys(rows):
    return rows.values_list("pk", flat=True)


@pytest.fixture
def garden(db):
    return Garden()


@pytest.fixture
def signed_in(garden):
    def browser(person):
        opened = Client()
        if garden.world.people[person] is not None:
            opened.force_login(garden.world.people[person])
        return opened

    browsers = {}
    return lambda person: browsers.setdefault(person, browser(person))


def _outsiders(row):
    """Return who can open this page without being one who may know how the initiators are reached."""
    opens = row.asked if row.is_public and row.visit == "o" else []
    if not row.is_public:
        opens = [person for person, sign in zip(row.asked, row.visit.replace(" ", ""), strict=True) if sign == "o"]
    return [person for person in opens if person not in SEES_CONTACT_DETAILS]


def _read(browser, address):
    """Return all that comes back: headers, words and cells, and those of where it leads."""
    answer = browser.get(address)
    assert answer.status_code in {200, 301, 302}, address
    told = str(dict(answer.headers))
    if answer.status_code in {301, 302}:
        return told + _read(browser, answer.headers["Location"])
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "spreadsheet" in answer.headers.get("Content-Type", ""):
        book = ZipFile(BytesIO(content))
        return told + "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return told + content.decode(errors="replace")


def test_every_text_field_is_typed_or_says_why_not(garden):
    assert set(NOT_TYPED) == {_name(*one) for one in _text_fields()} - {_name(*one) for one in typed_fields()}
    assert {name for name, _row in garden.planted.values()} == {_name(*one) for one in typed_fields()} | {NAME}


def test_no_outsider_reads_a_number_or_address_that_someone_typed(garden, signed_in):
    told = []
    for row in ROWS:
        address = garden.world.address(row.name, row.where)
        for person in _outsiders(row):
            if not row.name.startswith(OF_ONESELF):
                told += [(str(row), person, one) for one in garden.seen_in(_read(signed_in(person), address))]

    assert told == []


def test_the_municipality_reads_every_initiative_without_them(garden, signed_in):
    pages = [
        reverse(page, args=[initiative.key])
        for initiative in garden.world.rows.values()
        for page in ("work-initiative", "work-versions")
    ]
    pages += [reverse("work-list") + f"?zoek={words}" for words in ("idee", "Plantenstraat", "plant")]

    told = {page: garden.seen_in(_read(signed_in("ambassador"), page)) for page in pages}

    assert told == {page: [] for page in pages}


def test_who_is_invited_reads_only_their_own(garden, signed_in):
    for page in ("invitation", "invitation-refuse"):
        told = garden.seen_in(_read(signed_in("anonymous"), garden.world.address(page, "invitation")))

        assert {name for name, _row in told} <= {f"initiatives.invitation.{one}" for one in ("name", "email", "phone")}


def test_nobody_finds_an_initiative_by_a_number_or_address_in_it(garden, signed_in):
    title = next(number for number, one in garden.planted.items() if one == _title(garden, "public"))
    phone = f"06 40 {title // 100} {title % 100}"
    for typed in (phone, f"plant{title}@voorbeeld.test", f"NL91 ABNA {title}", str(title)):
        found = _read(signed_in("anonymous"), reverse("initiative-list") + f"?zoek={typed}")
        at_work = _read(signed_in("ambassador"), reverse("work-list") + f"?zoek={typed}")

        assert garden.world.rows["public"].key not in found
        assert garden.world.rows["public"].key not in at_work


def _by_what_was_typed(garden):
    """Yield each planted field once, with what someone could type who tries whether it is there."""
    tried = {name: number for number, (name, _row) in garden.planted.items()}
    shown = {name for name, _row in garden.open_to_all}
    for name, number in tried.items():
        phone = f"06 40 {number // 100} {number % 100:02d} 12"
        mail, street = f"plant{number}@voorbeeld.test", f"Plantenstraat {number}"
        for typed in (phone, phone.replace(" ", ""), mail, f"plant{number}", street, f"{number}", f"ABNA {number}"):
            yield name, typed
    for typed in ("Plantenstraat", "plantenstraat -idee", '"Plantenstraat"', "voorbeeld.test", "ABNA"):
        yield ("everything but what is public" if shown else "everything"), typed


def test_nobody_finds_by_words_they_may_not_read(garden):
    both = UserFactory(roles=["ambassador"], roles__municipality=garden.world.municipality)
    RoleFactory(user=both, kind="guide", subregion=garden.world.elsewhere)
    readers = [garden.world.people["ambassador"], both]
    wrong = []
    for name, typed in _by_what_was_typed(garden):
        for reader in readers:
            asked = Filters(words=typed)
            found = [
                *work_list(reader, asked, day=timezone.localdate(NOON)),
                *much_like_it(reader, asked, day=timezone.localdate(NOON)),
            ]
            wrong += [(name, typed, str(reader)) for one in found if not can_see_contact_details(reader, one)]
        public = [one for one in find(Wish(words=typed)).rows if not _is_shown(one, typed)]
        wrong += [(name, typed, "everyone") for _one in public]

    assert wrong == []


def _is_shown(initiative, typed):
    """Tell whether its owners chose to show these words to everyone (R4)."""
    return typed.strip('"').split()[0].casefold() in initiative.public_text.casefold()


def _title(garden, row):
    return ("initiatives.initiative.title", garden.world.rows[row].pk)


def test_after_their_own_words_the_panel_and_the_municipality_read_those_of_others_without_them(garden, signed_in):
    world = garden.world
    seat = PanelSeat.objects.get(pk=world.seats["panel seated"].pk)
    with without_triggers():
        AmbassadorQuestion.objects.update(words="", spoken_by="")
    world.question.refresh_from_db()
    give_advice(seat=seat, choice="do", reason=words(9001), by=world.people["panel seated"], at=NOON)
    answer_ambassador(
        question=world.question, answer="conditions", words=words(9002), by=world.people["ambassador"], at=NOON
    )

    for person, pages in {
        "panel seated": [reverse("panel-given"), reverse("panel-seat", args=[seat.pk])],
        "ambassador": [reverse("ambassador-list"), reverse("ambassador-question", args=[world.question.pk])],
    }.items():
        told = {page: garden.seen_in(_read(signed_in(person), page)) for page in pages}
        assert told == {page: [] for page in pages}


def test_no_mail_or_line_in_a_digest_carries_them_to_who_is_not_its_owner(garden):
    world = garden.world
    with without_triggers():
        Message.objects.all().delete()
    _tell_everyone(garden)

    owners = {world.people["owner"].pk, *_keys(Initiative.objects.get(pk=world.rows["exploring"].pk).initiators.all())}
    to_others = [one for one in Message.objects.all() if one.recipient_id not in owners]
    assert {one.kind for one in to_others} >= {"ambassador-question", "invitation"}
    assert [one for one in to_others if garden.seen_in(f"{one.subject} {one.body}")] == []
    assert len(Notice.objects.all()) > 5
    assert [str(one) for one in Notice.objects.all() if garden.seen_in(f"{one.words} {one.path}")] == []


def _tell_everyone(garden):
    """Do what writes to someone who is no owner: panel, municipality, colleagues, who is invited."""
    world = garden.world
    rows = {name: Initiative.objects.get(pk=one.pk) for name, one in world.rows.items()}
    guide, coordinator = world.people["contact"], world.people["coordinator"]
    invitation = invite_initiator(
        initiative=rows["paused"],
        name=f"Jan {words(9003)}",
        email="jan@voorbeeld.test",
        by=world.people["owner"],
        at=NOON,
    )
    accept_invitation(
        invitation=invitation, who=Who(name=words(9004), email="jan@voorbeeld.test", preferred_channel="email"), at=NOON
    )
    offer_handover(
        initiative=rows["exploring"], receiver=world.people["colleague"], reason=words(9005), by=guide, at=NOON
    )
    members = [world.people["panel seated"], *(UserFactory(roles=["panel_member"]) for _n in range(2))]
    weighing = open_assessment(
        initiative=rows["exploring"],
        members=members,
        triggers=[garden.trigger],
        question=words(9006),
        by=coordinator,
        at=NOON,
    )
    recuse(seat=weighing.seats.get(member=members[-1]), relation="other", explanation="", by=members[-1], at=NOON)
    closes = weighing.panel_closes_at
    remind_of_advice(day=timezone.localdate(closes - timedelta(days=1)), at=closes - timedelta(days=1))


def test_a_mail_to_who_is_no_owner_says_so_and_the_others_are_for_owners():
    for_owners = {"contact.name", "access_code", "link"}
    others = {code for code, kind in KINDS.items() if not kind.is_for_outsiders and not for_owners & set(kind.values)}

    assert others == {"digest"}


def test_every_line_in_a_digest_is_put_there_by_who_clears_it():
    rooms = Path(settings.BASE_DIR) / "socialewifi"
    makers = {
        str(file.relative_to(rooms))
        for file in rooms.rglob("*.py")
        if "tests" not in file.parts and "Notice.objects.create" in file.read_text(encoding="utf-8")
    }

    assert makers == {"core/notices.py"}
