"""Invented initiatives in every state, and what hangs around them."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from socialewifi.initiatives.actions.doubles import propose_join, write_join_answer
from socialewifi.initiatives.models import (
    Channel,
    Consent,
    Deadline,
    EffectStory,
    Exploration,
    Handover,
    Initiative,
    Initiator,
    Interest,
    Invitation,
    JoinAnswer,
    JoinProposal,
    Kind,
    Note,
    Pause,
    PlanVersion,
    Post,
    Step,
    SupportKind,
    SupportPromise,
    TargetGroup,
    Task,
    Theme,
)
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, OrganisationFactory, UserFactory
from socialewifi.places.tests.factories import MunicipalityFactory


class WordFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        django_get_or_create = ("code",)

    position = factory.Sequence(lambda n: n)


class KindFactory(WordFactory):
    class Meta:
        model = Kind

    code = "inwonersinitiatief"
    name = "Inwonersinitiatief"


class ChannelFactory(WordFactory):
    class Meta:
        model = Channel

    code = "website"
    name = "Website"


class ThemeFactory(WordFactory):
    class Meta:
        model = Theme

    code = "groen"
    name = "Groen"


class TargetGroupFactory(WordFactory):
    class Meta:
        model = TargetGroup

    code = "jongeren"
    name = "Jongeren"


class SupportKindFactory(WordFactory):
    class Meta:
        model = SupportKind

    code = "meedenken"
    name = "Meedenken"


class InitiativeFactory(DjangoModelFactory):
    """
    A reported initiative with its first version of the plan; the traits are the other steps.

    Give ``contact_person`` with a trait to say whose it is, ``owners=[...]`` to say who the initiators are. What is
    published has an owner who agreed (R4).
    """

    class Meta:
        model = Initiative
        skip_postgeneration_save = True

    class Params:
        weighed = factory.Trait(contact_person=factory.SubFactory(UserFactory), weighed_at=NOON)
        exploring = factory.Trait(step=Step.EXPLORING, contact_person=factory.SubFactory(UserFactory))
        assessing = factory.Trait(step=Step.ASSESSING, contact_person=factory.SubFactory(UserFactory))
        supporting = factory.Trait(weighed=True, step=Step.SUPPORTING)
        sustaining = factory.Trait(weighed=True, step=Step.SUSTAINING)
        landed = factory.Trait(
            weighed=True, step=Step.LANDED, landing_signs="De buren doen het zelf.", landing_signs_agreed_at=NOON
        )
        redirected = factory.Trait(
            weighed=True, step=Step.REDIRECTED, redirected_to=factory.SubFactory(OrganisationFactory)
        )
        declined = factory.Trait(weighed=True, step=Step.DECLINED, ended_because="Het past niet bij wat we doen.")
        withdrawn = factory.Trait(step=Step.WITHDRAWN)
        published = factory.Trait(published_at=NOON, public_text="Samen maken we een tuin. Doe je mee?")
        without_place = factory.Trait(municipality=None)

    title = factory.Sequence(lambda n: f"Idee {n}")
    idea = "Samen een tuin maken op het lege veld."
    channel = factory.SubFactory(ChannelFactory)
    kind = factory.SubFactory(KindFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    reported_at = NOON
    step_since = factory.SelfAttribute("reported_at")

    @factory.post_generation
    def plan_version(self, create, number, **fields):
        PlanVersion.objects.create(initiative=self, number=1, at=self.reported_at, title=self.title, idea=self.idea)

    @factory.post_generation
    def owners(self, create, users, **fields):
        if users is None:
            users = [UserFactory()] if self.published_at else []
        for user in users:
            InitiatorFactory(initiative=self, user=user, **fields)


class InitiatorFactory(DjangoModelFactory):
    """
    An initiator who prefers e-mail and agrees to what is published; ``offline`` has a telephone only (R10).

    Given someone with an account, it is one who said that this idea is theirs (R14).
    """

    class Meta:
        model = Initiator
        skip_postgeneration_save = True

    class Params:
        offline = factory.Trait(
            user=factory.SubFactory(UserFactory, offline=True),
            email="",
            phone="06 00 00 00 00",
            preferred_channel=User.Channel.PHONE,
            preferred_times="na 17 uur",
        )
        by_letter = factory.Trait(
            user=factory.SubFactory(UserFactory, offline=True),
            email="",
            phone="06 00 00 00 00",
            address="Dorpsstraat 1\n1234 AB Waterdorp",
            preferred_channel=User.Channel.LETTER,
        )
        left = factory.Trait(left_at=NOON)

    initiative = factory.SubFactory(InitiativeFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.SelfAttribute("user.name")
    email = factory.LazyAttribute(lambda one: one.user.email or "")
    preferred_channel = User.Channel.EMAIL
    joined_at = NOON

    @classmethod
    def _create(cls, model_class, *args, **fields):
        person = fields["user"]
        if person.is_account:
            fields["user"] = UserFactory(name=person.name, email=None, language=person.language, account=person)
            person.__dict__.pop("identities", None)
        return super()._create(model_class, *args, **fields)

    @factory.post_generation
    def interest(self, create, given, **fields):
        Interest.objects.get_or_create(
            user=self.user.account or self.user,
            initiative=self.initiative,
            defaults={"relation": Interest.Relation.OWN, "declared_at": self.joined_at},
        )

    @factory.post_generation
    def consent(self, create, given, **fields):
        if self.initiative.published_at and not self.left_at and given is not False:
            ConsentFactory(initiator=self)


class ConsentFactory(DjangoModelFactory):
    """A yes to showing the page."""

    class Meta:
        model = Consent

    class Params:
        withdrawn = factory.Trait(withdrawn_at=NOON)

    initiator = factory.SubFactory(InitiatorFactory)
    subject = Consent.Subject.PAGE
    given_at = NOON
    given_through = User.Channel.EMAIL
    recorded_by = factory.SelfAttribute("initiator.user")


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    class Params:
        by_phone = factory.Trait(email="", phone="06 00 00 00 03")
        expired = factory.Trait(expires_at=NOON - timedelta(days=1))

    initiative = factory.SubFactory(InitiativeFactory)
    name = "Bo Buur"
    email = factory.Sequence(lambda n: f"buur{n}@voorbeeld.test")
    digest = factory.Sequence(lambda n: f"{n:064}")
    invited_by = factory.SubFactory(UserFactory)
    invited_at = NOON
    expires_at = NOON + timedelta(days=14)


class EffectStoryFactory(DjangoModelFactory):
    """A story as it was told; ``published`` includes the consent of every initiator."""

    class Meta:
        model = EffectStory
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(published_at=NOON)
        taken_back = factory.Trait(taken_back_at=NOON)

    initiative = factory.LazyFunction(lambda: InitiativeFactory(supporting=True, owners=[UserFactory()]))
    title = "De eerste oogst"
    body = "We aten soep van onze eigen pompoenen. Vijftig buren kwamen langs."
    told_at = NOON
    told_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def consents_of_all(self, create, given, **fields):
        for initiator in self.initiative.initiators.current() if self.published_at else []:
            ConsentFactory(initiator=initiator, subject=Consent.Subject.STORY, story=self)


class InterestFactory(DjangoModelFactory):
    class Meta:
        model = Interest

    user = factory.SubFactory(UserFactory)
    initiative = factory.SubFactory(InitiativeFactory)
    relation = Interest.Relation.FAMILY
    declared_at = NOON


class DeadlineFactory(DjangoModelFactory):
    class Meta:
        model = Deadline

    class Params:
        met = factory.Trait(met_at=NOON)

    initiative = factory.SubFactory(InitiativeFactory)
    kind = Deadline.Kind.CONTACT
    due_on = date(2026, 6, 15)
    is_provisional = True


class PauseFactory(DjangoModelFactory):
    class Meta:
        model = Pause

    initiative = factory.SubFactory(InitiativeFactory)
    started_at = NOON
    started_by = factory.SubFactory(UserFactory)
    reason = "Vakantie"


class HandoverFactory(DjangoModelFactory):
    class Meta:
        model = Handover

    initiative = factory.SubFactory(InitiativeFactory, exploring=True)
    giver = factory.SelfAttribute("initiative.contact_person")
    receiver = factory.SubFactory(UserFactory)
    reason = "Ik ga met verlof."
    offered_at = NOON


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    class Params:
        read = factory.Trait(read_at=NOON + timedelta(hours=1))

    initiative = factory.SubFactory(InitiativeFactory)
    at = NOON
    by = factory.SubFactory(UserFactory)
    is_from_initiators = True
    body = "Wanneer kunnen we bellen?"


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = Note

    initiative = factory.SubFactory(InitiativeFactory)
    at = NOON
    by = factory.SubFactory(UserFactory)
    body = "Let op de sleutel van het hek."


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    class Params:
        call = factory.Trait(
            kind=Task.Kind.CALL,
            what="Bel Olaf: we hebben je idee",
            words="Hallo Olaf, we hebben je idee gekregen.",
            to_call=factory.SubFactory(
                InitiatorFactory, offline=True, initiative=factory.SelfAttribute("..initiative")
            ),
        )
        done = factory.Trait(done_at=NOON, done_by=factory.SubFactory(UserFactory))

    initiative = factory.SubFactory(InitiativeFactory)
    what = "De gemeente vragen naar het veld"
    due_on = date(2026, 6, 12)
    created_at = NOON


class SupportPromiseFactory(DjangoModelFactory):
    class Meta:
        model = SupportPromise

    class Params:
        kept = factory.Trait(kept_at=NOON)

    initiative = factory.SubFactory(InitiativeFactory, supporting=True)
    kind = factory.SubFactory(SupportKindFactory)
    what = "Een dag helpen met spitten"
    who = "De tuinvereniging"
    before_date = date(2026, 7, 1)
    made_at = NOON
    made_by = factory.SubFactory(UserFactory)


def join(initiative, into, *, by, at=NOON):
    """Join two initiatives: ask, and write down the yes of everyone who owns one of them."""
    proposal = propose_join(initiative=initiative, into=into, by=by, at=at)
    for owner in Initiator.objects.current().filter(initiative__in=[initiative, into]):
        write_join_answer(initiator=owner, agrees=True, through=User.Channel.PHONE, by=by, at=at)
    initiative.refresh_from_db()
    return proposal


def rest_in(initiative, into, *, at=NOON):
    """Let one rest in the other as rows only, whoever owns them and whatever step they are at."""
    proposal = JoinProposalFactory(initiative=initiative, into=into, asked_at=at)
    for owner in Initiator.objects.current().filter(initiative__in=[initiative, into]):
        JoinAnswer.objects.create(proposal=proposal, initiator=owner, agrees=True, at=at, through="phone")
    JoinProposal.objects.filter(pk=proposal.pk).update(accepted_at=at)
    initiative.joined_into = into
    initiative.save(update_fields=["joined_into"])


class JoinProposalFactory(DjangoModelFactory):
    """The question to go on together, that nobody answered yet."""

    class Meta:
        model = JoinProposal

    initiative = factory.SubFactory(InitiativeFactory, exploring=True)
    into = factory.SubFactory(InitiativeFactory, exploring=True)
    asked_by = factory.SubFactory(UserFactory)
    asked_at = NOON
    due_on = factory.LazyAttribute(lambda one: timezone.localdate(one.asked_at) + timedelta(days=14))


class ExplorationFactory(DjangoModelFactory):
    class Meta:
        model = Exploration

    initiative = factory.SubFactory(InitiativeFactory, exploring=True)
    what_it_is = "Een tuin van de buurt."
    question = "Mogen we het veld gebruiken?"
    asked_where = "Bij de gemeente, nog geen antwoord."
    what_exists = "Er is een schuur met gereedschap."
    fitting_support_words = "Meedenken over het veld."
    updated_at = NOON
    updated_by = factory.SubFactory(UserFactory)
