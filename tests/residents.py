"""What one resident can come across: an initiative in every state, each walked there by the actions themselves."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from socialewifi.assessment.actions.advice import give_advice
from socialewifi.assessment.actions.municipality import answer_ambassador
from socialewifi.assessment.actions.opening import open_assessment
from socialewifi.assessment.actions.outcome import Part, set_route
from socialewifi.assessment.actions.scoring import Score, score_criteria
from socialewifi.assessment.models import Assessment, Criterion, Outcome, PanelSeat, RoutePart, Trigger
from socialewifi.core import clock
from socialewifi.core.tests.rewriting import rewriting
from socialewifi.initiatives.actions import contact, conversation
from socialewifi.initiatives.actions.claims import recognise
from socialewifi.initiatives.actions.doubles import propose_join
from socialewifi.initiatives.actions.explore import record_exploration
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.road import (
    agree_landing_signs,
    confirm_redirect,
    land_initiative,
    pause_initiative,
    sustain_initiative,
    withdraw_initiative,
)
from socialewifi.initiatives.models import PLAN_FIELDS, Channel, Draft, Initiative, Invitation, SupportKind
from socialewifi.initiatives.tests.factories import EffectStoryFactory, InitiativeFactory, InitiatorFactory, join
from socialewifi.intake.actions.report import Where, report_initiative
from socialewifi.intake.forms.report import QUESTIONS
from socialewifi.owners.actions import invitations, ownership
from socialewifi.people.models import Organisation, User
from socialewifi.people.tests.factories import UserFactory
from socialewifi.places.models import Municipality
from socialewifi.publication.actions import consents, stories
from socialewifi.support.actions.promises import drop_promise, keep_promise, promise_support

DAY = timedelta(days=1)
TOKEN = "een-verzonnen-uitnodiging-met-genoeg-tekens"
STATES = (
    "reported", "taken", "exploring", "paused", "handed_over", "assessing", "supporting", "sustaining", "landed",
    "redirected", "confirmed", "declined", "withdrawn", "joined",
)  # fmt: skip
DEEDS = ("plan", "plan-versions", "posts", "timeline", "reach", "owners", "leave", "public", "preview", "hide", "stop")


@dataclass
class Cast:
    """The people around one resident."""

    resident: User
    friend: User
    guide: User
    colleague: User
    coordinator: User
    ambassador: User
    panel: list[User]
    place: Municipality
    start: datetime


def a_cast() -> Cast:
    """Make the people of the mini region; ``start`` is recent, so that what was promised lies ahead."""
    place = Municipality.objects.get(code="XX0001")
    here = {"roles__subregion": place.subregion, "phone": "099 - 000 00 01", "working_days": "Maandag en dinsdag"}
    organisation = Organisation.objects.order_by("pk")[0]
    return Cast(
        resident=UserFactory(name="Roos Inwoner", email="roos@voorbeeld.test"),
        friend=UserFactory(name="Bas Tweede", email="bas@voorbeeld.test"),
        guide=UserFactory(name="Mees Matroos", roles=["guide"], organisation=organisation, **here),
        colleague=UserFactory(name="Kaat Kompas", roles=["guide"], organisation=organisation, **here),
        coordinator=UserFactory(name="Stien Stuurman", roles=["coordinator"], **here),
        ambassador=UserFactory(name="Anker Ambassadeur", roles=["ambassador"], roles__municipality=place),
        panel=[
            UserFactory(name=f"{name} Panellid", roles=["panel_member"]) for name in ("Anna", "Bram", "Cato", "Dirk")
        ],
        place=place,
        start=clock.now() - 2 * DAY,
    )


def initiatives_of(cast: Cast) -> dict[str, Initiative]:
    """Return an initiative of the resident in each state."""
    found = {state: _report(cast, state) for state in STATES}
    for state, initiative in found.items():
        walk = WALKS.get(state)
        if walk:
            walk(cast, initiative)
    other = _report(cast, "other", who=cast.friend)
    contact.take_contact(initiative=other, by=cast.guide, at=cast.start)
    contact.take_contact(initiative=found["joined"], by=cast.guide, at=cast.start)
    join(found["joined"], other, by=cast.guide, at=cast.start)
    propose_join(initiative=found["exploring"], into=found["taken"], by=cast.guide, at=cast.start)
    return {state: Initiative.objects.get(pk=one.pk) for state, one in found.items()} | {"other": other}


def addresses_of(own: dict[str, Initiative]) -> dict[str, str]:
    """Return the address of every page the resident can open."""
    pages = {"list": reverse("mine-list")}
    pages |= {f"page {state}": reverse("mine-initiative", args=[one.key]) for state, one in own.items()}
    pages |= {name: reverse(f"mine-{name}", args=[own["supporting"].key]) for name in DEEDS}
    pages |= {"again": reverse("mine-again", args=[own["withdrawn"].key])}
    pages |= {"join": reverse("mine-join", args=[own["exploring"].key])}
    pages |= {"question": reverse("mine-question", args=[own["sustaining"].key])}
    pages |= {"tell": reverse("mine-story-tell", args=[own["landed"].key])}
    story = own["sustaining"].stories.get()
    for name in ("story", "story-agree", "story-hide", "story-take-back"):
        pages[name] = reverse(f"mine-{name}", args=[own["sustaining"].key, story.pk])
    invited = own["supporting"].invitations.first()
    pages["revoke"] = reverse("mine-invitation-revoke", args=[own["supporting"].key, invited.pk])
    pages |= {name: reverse(name) for name in ("invitation-refused", "invitation-accepted")}
    pages |= {name: reverse(name, args=[TOKEN]) for name in ("invitation", "invitation-refuse")}
    return pages | {"closed invitation": reverse("invitation", args=["onbekend"])}


def panel_addresses(cast: Cast, own: dict[str, Initiative]) -> dict[str, str]:
    """Return the address of every page the first member of the panel who gave no advice yet, can open."""
    member = cast.panel[2]
    seats = {
        state: PanelSeat.objects.get(member=member, assessment__initiative=one)
        for state, one in own.items()
        if one.assessments.exists()
    }
    late = seats["assessing"]
    pages = {"panel list": reverse("panel-list"), "panel given": reverse("panel-given")}
    pages |= {f"panel {state}": reverse("panel-seat", args=[seat.pk]) for state, seat in seats.items()}
    return pages | {"panel recuse": reverse("panel-recuse", args=[late.pk])}


def open_addresses() -> dict[str, str]:
    """Return the address of every page for which nobody needs to be in."""
    names = (
        "home", "initiative-list", "story-list", "how-it-works", "find-us", "privacy", "accessibility", "mine-list",
        "account_login", "account_request_login_code", "code",
    )  # fmt: skip
    shown = InitiativeFactory(published=True, supporting=True, municipality=Municipality.objects.get(code="XX0001"))
    story = EffectStoryFactory(initiative=shown, published=True)
    draft = Draft.objects.create(token=uuid.uuid4(), answers={"idea": "We maken een tuin."})
    return {
        **{name: reverse(name) for name in names},
        **{f"question {one.slug}": reverse("report-question", args=[draft.token, one.slug]) for one in QUESTIONS},
        "check": reverse("report-check", args=[draft.token]),
        "initiative": reverse("initiative-public", args=[shown.slug]),
        "story": reverse("story-public", args=[story.pk, story.slug]),
    }


def _report(cast: Cast, state: str, who: User | None = None) -> Initiative:
    owner = who or cast.resident
    initiative = report_initiative(
        plan={
            "title": f"Kruidentuin {STATES.index(state) if state in STATES else 'Zuid'}",
            "idea": "We maken een tuin.",
        },
        who=Who(name=owner.name, email=owner.email, phone="099 123456", preferred_channel="email"),
        where=Where(cast.place),
        channel=Channel.objects.get(code="website"),
        at=cast.start,
    )
    recognise(initiator=initiative.initiators.get(), by=owner, at=cast.start)
    return initiative


def _take(cast: Cast, initiative: Initiative) -> None:
    contact.take_contact(initiative=initiative, by=cast.guide, at=cast.start)


def _explore(cast: Cast, initiative: Initiative) -> None:
    _take(cast, initiative)
    said = {"through": "phone", "summary": "We keken samen wat er al is."}
    contact.log_contact(initiative=initiative, by=cast.guide, at=cast.start, **said)
    words = ("what_it_is", "question", "asked_where", "what_exists", "fitting_support_words")
    found = {**dict.fromkeys(words, "Een tuin van ons samen."), "fitting_support": SupportKind.objects.none()}
    record_exploration(initiative=initiative, by=cast.guide, at=cast.start, **found)
    conversation.write_to_contact(initiative=initiative, body="Mag er een hek?", by=cast.resident, at=cast.start)
    conversation.write_to_initiators(initiative=initiative, body="Dat zoek ik uit.", by=cast.guide, at=cast.start + DAY)


def _pause(cast: Cast, initiative: Initiative) -> None:
    _explore(cast, initiative)
    pause_initiative(initiative=initiative, reason="De school is dicht.", by=cast.guide, at=cast.start)


def _hand_over(cast: Cast, initiative: Initiative) -> None:
    _explore(cast, initiative)
    contact.offer_handover(
        initiative=initiative, receiver=cast.colleague, reason="Ik ga met verlof.", by=cast.guide, at=cast.start
    )


def _open(cast: Cast, initiative: Initiative) -> Assessment:
    _explore(cast, initiative)
    assessment = open_assessment(
        initiative=initiative,
        members=cast.panel,
        triggers=list(Trigger.objects.all()),
        question="Mag dit op jullie grond?",
        by=cast.coordinator,
        at=cast.start,
    )
    for member in cast.panel[:2]:
        _advise(cast, assessment, member)
    return assessment


def _advise(cast: Cast, assessment: Assessment, member: User) -> None:
    give_advice(
        seat=assessment.seats.get(member=member), choice="do", reason="Mooi plan, doen.", by=member, at=cast.start
    )


def _conclude(
    cast: Cast, initiative: Initiative, outcome: str, reason: str, parts: tuple[Part, ...] = (), alternative: str = ""
) -> None:
    assessment = _open(cast, initiative)
    for member in cast.panel[2:]:
        _advise(cast, assessment, member)
    scores = [Score(criterion, "yes", "Dat is zo.") for criterion in Criterion.objects.all()]
    score_criteria(assessment=assessment, scores=scores, by=cast.guide, at=cast.start)
    question = assessment.questions.current().get()
    answer_ambassador(question=question, answer="agree", words="Prima.", by=cast.ambassador, at=cast.start)
    said = {"outcome": outcome, "reason": reason, "parts": parts, "alternative": alternative}
    set_route(assessment=assessment, by=cast.coordinator, at=cast.start, **said)


def _support(cast: Cast, initiative: Initiative) -> None:
    kind = SupportKind.objects.get()
    help_ = Part(kind=RoutePart.Kind.SUPPORT, support_kind=kind, reason="Dan kun je beginnen.")
    gift = Part(kind=RoutePart.Kind.GIFT, amount=Decimal(250), what="Zaad en aarde", reason="Dat is nodig.")
    _conclude(cast, initiative, Outcome.SUPPORT, "Dit past goed in de buurt.", (help_, gift))
    InitiatorFactory(initiative=initiative, user=cast.friend)
    made = {"kind": kind, "who": "De tuinclub", "by": cast.guide, "at": cast.start}
    plans = [("Een pomp", 20), ("Een hek", 9), ("Een bank", 15), ("Een kas", 0)]
    promises = [
        promise_support(
            initiative=initiative, what=what, before_date=timezone.localdate(cast.start + days * DAY), **made
        )
        for what, days in plans
    ]
    keep_promise(promise=promises[1], by=cast.guide, at=cast.start)
    drop_promise(promise=promises[2], because="Er staat al een bank.", by=cast.guide, at=cast.start)
    plan = {field: getattr(initiative, field) for field in PLAN_FIELDS} | {"needs": "Water"}
    ownership.edit_plan(initiative=initiative, plan=plan, based_on=1, by=cast.friend, at=cast.start)
    consents.publish_page(initiative=initiative, public_text="Kom je kijken?", by=cast.friend, at=cast.start)


def _support_and_invite(cast: Cast, initiative: Initiative) -> None:
    _support(cast, initiative)
    invitations.invite_initiator(
        initiative=initiative, name="Bo Buur", email="bo@voorbeeld.test", by=cast.resident, at=cast.start
    )
    with rewriting():
        Invitation.objects.filter(initiative=initiative).update(digest=invitations.digest(TOKEN))


def _sustain(cast: Cast, initiative: Initiative) -> None:
    _support(cast, initiative)
    agree_landing_signs(initiative=initiative, signs="De buren doen het zelf.", by=cast.guide, at=cast.start)
    sustain_initiative(initiative=initiative, by=cast.guide, at=cast.start)
    told = {"title": "De eerste oogst", "body": "We aten soep met vijftig buren."}
    stories.tell_story(initiative=initiative, agrees=True, by=cast.resident, at=cast.start, **told)


def _land(cast: Cast, initiative: Initiative) -> None:
    _sustain(cast, initiative)
    land_initiative(initiative=initiative, by=cast.guide, at=cast.start)


def _redirect(cast: Cast, initiative: Initiative) -> None:
    partner = Organisation.objects.filter(is_next_door=True)[0]
    part = Part(kind=RoutePart.Kind.PARTNER, partner=partner, reason="Zij doen dit elke dag.")
    _conclude(cast, initiative, Outcome.REDIRECT, "Een ander helpt je beter.", (part,), str(partner))


def _confirm(cast: Cast, initiative: Initiative) -> None:
    _redirect(cast, initiative)
    confirm_redirect(initiative=initiative, by=cast.guide, at=cast.start)


def _decline(cast: Cast, initiative: Initiative) -> None:
    _conclude(cast, initiative, Outcome.DECLINE, "Dit vraagt elk jaar vast geld.", (), "Praat met de school.")


def _stop(cast: Cast, initiative: Initiative) -> None:
    _explore(cast, initiative)
    withdraw_initiative(initiative=initiative, reason="We verhuizen.", by=cast.resident, at=cast.start)


WALKS = {
    "taken": _take,
    "exploring": _explore,
    "paused": _pause,
    "handed_over": _hand_over,
    "assessing": _open,
    "supporting": _support_and_invite,
    "sustaining": _sustain,
    "landed": _land,
    "redirected": _redirect,
    "confirmed": _confirm,
    "declined": _decline,
    "withdrawn": _stop,
}
