"""Everything the permission matrix plays with: who asks, the initiatives at each step, and the address of each page."""

import uuid
from datetime import UTC, date, datetime

from django.urls import reverse

from socialewifi.assessment.models import PanelAdvice
from socialewifi.assessment.tests.factories import (
    AmbassadorQuestionFactory,
    AssessmentFactory,
    CriterionFactory,
    PanelAdviceFactory,
    PanelSeatFactory,
)
from socialewifi.core.actions import write_letter
from socialewifi.core.models import Message
from socialewifi.core.tests.factories import write_texts
from socialewifi.governance.tests.factories import agree_on_numbers
from socialewifi.initiatives.models import Draft
from socialewifi.initiatives.tests.factories import (
    EffectStoryFactory,
    HandoverFactory,
    InitiativeFactory,
    InitiatorFactory,
    InterestFactory,
    InvitationFactory,
    JoinProposalFactory,
    NoteFactory,
    PauseFactory,
    PostFactory,
    SupportPromiseFactory,
    TaskFactory,
    rest_in,
)
from socialewifi.owners.actions.invitations import digest
from socialewifi.people.actions.keys import issue_link
from socialewifi.people.models import Role
from socialewifi.people.tests.factories import NOON, AccessKeyFactory, ReadingModeFactory, RoleFactory, UserFactory
from socialewifi.places.tests.factories import (
    MunicipalityFactory,
    NeighbourhoodFactory,
    RegionFactory,
    SubRegionFactory,
)

FAR_AWAY = datetime(2999, 1, 1, tzinfo=UTC)
PHONE, EMAIL, ADDRESS = "06 98 76 54 32", "roos.eigenaar@voorbeeld.test", "Geheimstraat 9"
NOTE = "Alleen collega's weten van de sleutel."
ADVICE = "Dit advies is nog blind."
UNTOLD = "Dit verhaal mag nog niemand lezen."
TOKEN = "t" * 43
DRAFT = uuid.UUID("00000000-0000-4000-8000-000000000001")


class World:
    """One sub-region where everything happens, another one beside it, and one person per column of the grid."""

    STEPS = (
        "reported",
        "exploring",
        "paused",
        "handed",
        "joined",
        "assessing",
        "supporting",
        "sustaining",
        "redirected",
        "withdrawn",
        "public",
    )

    def __init__(self):
        RegionFactory()
        agree_on_numbers()
        write_texts()
        CriterionFactory(code="gedragen")
        self.here, self.elsewhere = SubRegionFactory(name="Noordoever"), SubRegionFactory(name="Zuidoever")
        self.municipality = MunicipalityFactory(name="Waterdorp", slug="waterdorp", subregion=self.here)
        self.other_municipality = MunicipalityFactory(name="Zandstad", slug="zandstad", subregion=self.elsewhere)
        self.people = self._people()
        self.rows = self._initiatives()
        self._stand_aside()
        self.addresses = self._addresses()

    def _people(self):
        here, elsewhere = {"roles__subregion": self.here}, {"roles__subregion": self.elsewhere}
        town, other_town = {"roles__municipality": self.municipality}, {"roles__municipality": self.other_municipality}
        former = UserFactory(name="Fien Vroeger")
        RoleFactory(user=former, kind=Role.Kind.GUIDE, subregion=self.here, expired=True)
        reader = UserFactory(name="Lea Meelezer", roles=["administrator"])
        ReadingModeFactory(user=reader)
        neighbourhood = {"roles__neighbourhood": NeighbourhoodFactory(municipality=self.municipality)}
        return {
            "anonymous": None,
            "owner": UserFactory(name="Roos Eigenaar", email=EMAIL),
            "stranger": UserFactory(name="Vera Vreemd"),
            "panel seated": UserFactory(name="Anna Panellid", roles=["panel_member"]),
            "panel elsewhere": UserFactory(name="Bram Panellid", roles=["panel_member"]),
            "panel involved": UserFactory(name="Cato Panellid", roles=["panel_member"]),
            "contact": UserFactory(name="Gijs Contact", roles=["guide"], **here),
            "colleague": UserFactory(name="Hanna Collega", roles=["guide"], **here),
            "guide elsewhere": UserFactory(name="Otto Elders", roles=["guide"], **elsewhere),
            "guide involved": UserFactory(name="Ilse Betrokken", roles=["guide"], **here),
            "guide before": former,
            "coordinator": UserFactory(name="Cora Coordinator", roles=["coordinator"], **here),
            "coordinator elsewhere": UserFactory(name="Sil Elders", roles=["coordinator"], **elsewhere),
            "regional": UserFactory(name="Rens Regio", roles=["regional_coordinator"]),
            "ambassador": UserFactory(name="Amina Ambassadeur", roles=["ambassador"], **town),
            "ambassador elsewhere": UserFactory(name="Bas Elders", roles=["ambassador"], **other_town),
            "treasurer": UserFactory(name="Kees Kassier", roles=["treasurer"]),
            "steering": UserFactory(name="Sanne Stuurgroep", roles=["steering_member"]),
            "convener": UserFactory(name="Teun Trekker", roles=["convener"]),
            "neighbourhood": UserFactory(name="Nora Wijkteam", roles=["neighbourhood_team"], **neighbourhood),
            "schemes": UserFactory(name="Saar Regelingen", roles=["scheme_officer"], **town),
            "administrator": UserFactory(name="Bea Beheerder", roles=["administrator"]),
            "reading along": reader,
        }

    def _initiative(self, title, *, contact=True, **fields):
        whose = {"contact_person": self.people["contact"]} if contact else {}
        reach = {"owners__phone": PHONE, "owners__address": ADDRESS}
        return InitiativeFactory(
            title=title, municipality=self.municipality, owners=[self.people["owner"]], **whose, **reach, **fields
        )

    def _initiatives(self):
        rows = {
            "reported": self._initiative("Net verteld", contact=False),
            "exploring": self._initiative("Wordt verkend", exploring=True),
            "paused": self._initiative("Staat stil", exploring=True),
            "handed": self._initiative("Wordt overgedragen", exploring=True),
            "joined": self._initiative("Ging op in een ander", exploring=True),
            "assessing": self._initiative("Wordt gewogen", assessing=True),
            "supporting": self._initiative("Krijgt hulp", supporting=True),
            "sustaining": self._initiative(
                "Loopt", sustaining=True, landing_signs="Zelf.", landing_signs_agreed_at=NOON
            ),
            "redirected": self._initiative("Ging door", redirected=True),
            "withdrawn": self._initiative("Gestopt", withdrawn=True),
            "public": self._initiative("Voor iedereen", supporting=True, published=True),
        }
        # Told with the address of the owner, who did not yet say whose it is; so it is nobody's row of the grid.
        self.unclaimed = InitiativeFactory(title="Nog van niemand", municipality=self.municipality)
        InitiatorFactory(initiative=self.unclaimed, user=UserFactory(name="Iemand", email=None), email=EMAIL)
        rest_in(rows["joined"], rows["exploring"])
        JoinProposalFactory(initiative=rows["reported"], into=rows["handed"], asked_by=self.people["contact"])
        PauseFactory(initiative=rows["paused"])
        HandoverFactory(initiative=rows["handed"], receiver=self.people["colleague"])
        PostFactory(initiative=rows["exploring"], by=self.people["owner"])
        for initiative in rows.values():
            NoteFactory(initiative=initiative, body=NOTE)
        return rows

    def _stand_aside(self):
        """Two people who would see it all, and are involved in all of it (R5); one has a seat from before."""
        for initiative in [*self.rows.values(), self.unclaimed]:
            InterestFactory(initiative=initiative, user=self.people["guide involved"])
        self.weighing = AssessmentFactory(initiative=self.rows["assessing"], panel_closes_at=FAR_AWAY)
        self.seats = {
            name: PanelSeatFactory(assessment=self.weighing, member=self.people[name])
            for name in ("panel seated", "panel involved")
        }
        called = UserFactory(name="Oma Telefoon", offline=True, roles=["panel_member"])
        self.seats["called"] = PanelSeatFactory(assessment=self.weighing, member=called)
        advised = PanelSeatFactory(assessment=self.weighing)
        PanelAdviceFactory(seat=advised, choice=PanelAdvice.Choice.DO, reason=ADVICE)
        InterestFactory(initiative=self.rows["assessing"], user=self.people["panel involved"])
        self.written = self._written_down()
        self.question = AmbassadorQuestionFactory(assessment=self.weighing, due_on=date(2999, 1, 1))

    def _written_down(self):
        """Two advices that someone at work wrote down: of a member with e-mail, and of one without."""
        weighing = AssessmentFactory(initiative=self.rows["public"])
        offline = UserFactory(name="Omar Panellid", roles=["panel_member"], offline=True)
        seats = [PanelSeatFactory(assessment=weighing, member=one) for one in (self.people["panel seated"], offline)]
        for seat in seats:
            PanelAdviceFactory(seat=seat, written_by=self.people["coordinator"])
        return seats

    def _addresses(self):
        return {**self._of_initiatives(), **self._of_rows(), **self._of_people()}

    def _of_initiatives(self):
        """Every page of one initiative is looked at where its deed can be done: only permission decides."""
        rows = self.rows
        return {
            **{f"at {step}": one.key for step, one in rows.items()},
            "at unclaimed": self.unclaimed.key,
            "public": [rows["public"].slug],
        }

    def _of_rows(self):
        rows = self.rows
        task = TaskFactory(initiative=rows["exploring"])
        call = TaskFactory(initiative=rows["exploring"], call=True, to_call=rows["exploring"].initiators.get())
        promise = SupportPromiseFactory(initiative=rows["supporting"])
        invitation = InvitationFactory(initiative=rows["exploring"], expires_at=FAR_AWAY, digest=digest(TOKEN))
        told = EffectStoryFactory(initiative=rows["public"], published=True)
        untold = EffectStoryFactory(
            initiative=rows["supporting"], told_by=self.people["owner"], title=UNTOLD, body=UNTOLD
        )
        key = rows["exploring"].key
        return {
            "task": [key, task.pk],
            "call": [key, call.pk],
            "promise": [rows["supporting"].key, promise.pk],
            "invitation row": [key, invitation.pk],
            "invitation": [TOKEN],
            "story": [told.pk, told.slug],
            "owner row": [key, rows["exploring"].initiators.get().pk],
            "letter": [self._letter(rows["exploring"]).pk],
            "own story": [rows["supporting"].key, untold.pk],
            "seat": [self.seats["panel seated"].pk],
            "involved seat": [self.seats["panel involved"].pk],
            "written seat": [self.written[0].pk],
            "written for": [rows["public"].key, self.written[1].pk],
            "weighed seat": [rows["assessing"].key, self.seats["called"].pk],
            "question": [self.question.pk],
        }

    def _letter(self, initiative):
        return write_letter(
            code="letter-access",
            name="Roos Eigenaar",
            address=ADDRESS,
            language="nl",
            at=NOON,
            about=initiative,
            title=initiative.title,
            access_code="2222-3333-4444",
            days=90,
        )

    def _of_people(self):
        someone = UserFactory(name="Iris Iemand", roles=["guide"])
        Draft.objects.create(token=DRAFT, answers={"idea": "Een bankje", "pages": ["idee"]})
        known = self.rows["exploring"].initiators.get().user
        owner_key = AccessKeyFactory(user=known)
        link = issue_link(user=known, sent_to=EMAIL, by=None, at=datetime.now(tz=UTC), days=14)
        return {
            "person": [someone.public_id],
            "role": [someone.roles.get().pk],
            "waiting role": [self._waiting_role().pk],
            "text": ["invitation", "nl"],
            "mail": [self._mail_that_did_not_arrive(someone).pk],
            "agreement": ["panel-quorum"],
            "draft": [DRAFT],
            "draft question": [DRAFT, "jij"],
            "link": [link],
            "owner's key": [owner_key.pk],
            "no session": [0],
        }

    def _mail_that_did_not_arrive(self, someone):
        return Message.objects.create(
            channel=Message.Channel.EMAIL,
            kind="people.access_changed",
            recipient=someone,
            to_name=someone.name,
            to_email=someone.email,
            subject="Je toegang",
            body="Er is iets veranderd.",
            created_at=NOON,
            undeliverable_at=NOON,
            undeliverable_because="550",
        )

    def _waiting_role(self):
        """A role here that one administrator gave and nobody confirmed yet."""
        given_by = self.people["administrator"]
        return RoleFactory(kind=Role.Kind.GUIDE, subregion=self.here, given_by=given_by, waiting=True)

    def address(self, name, where):
        """Return the address of a page; ``where`` says which initiative, row or person it is about."""
        if f"at {where}" in self.addresses and where != "public":
            return reverse(name, args=[self.addresses[f"at {where}"]])
        return reverse(name, args=self.addresses[where] if where else [])


def something_that_looks_right():
    """Words for every field there is, so that nothing but permission keeps a deed from being done."""
    words = ("reason", "body", "summary", "words", "why", "question", "explanation", "result", "because", "signs")
    plan = ("title", "idea", "what_it_is", "public_text", "what", "who", "name", "subject", "story")
    return {
        **dict.fromkeys((*words, *plan), "Zo is het."),
        "token": str(uuid.uuid4()),
        "through": "phone",
        "spoken_at": "",
        "relation": "other",
        "choice": "do",
        "answer": "agree",
        "reached": "ja",
        "due_on": "2999-01-01",
        "before_date": "2999-01-01",
        "last_day": "2999-01-01",
        "starts_on": "2998-01-01",
        "email": "iemand.anders@voorbeeld.test",
        "phone": "06 12345678",
        "preferred_channel": "phone",
        "language": "nl",
        "based_on": "1",
        "kind": "administrator",
        "status": "fixed",
        "value": "4",
        "agrees": "on",
        "consent": "on",
        "is_mine": "yes",
    }
