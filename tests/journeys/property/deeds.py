"""Every deed of initiatives and of weighing, as something that anyone can try at any moment."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from socialewifi.assessment.actions.advice import give_advice, recuse, write_advice_for, write_recusal_for
from socialewifi.assessment.actions.municipality import answer_ambassador, ask_ambassador, write_answer_of_municipality
from socialewifi.assessment.actions.opening import add_panel_member, open_assessment
from socialewifi.assessment.actions.outcome import Part, return_to_exploring, set_route
from socialewifi.assessment.actions.scoring import Score, score_criteria
from socialewifi.assessment.actions.written import object_to_advice
from socialewifi.assessment.models import AmbassadorQuestion, Assessment, Outcome, PanelAdvice, PanelSeat
from socialewifi.initiatives.actions import claims, contact, conversation, doubles, explore, interest, place, road
from socialewifi.initiatives.models import PLAN_FIELDS, Draft, Initiative, Initiator, Interest, Invitation
from socialewifi.intake.actions import report
from socialewifi.owners.actions import invitations, ownership
from socialewifi.people.models import Role, User
from socialewifi.publication.actions import consents, stories
from socialewifi.support.actions import promises as support
from socialewifi.support.actions import tasks
from tests.journeys.property.world import SECRET, Try, World, after_five

Deed = Callable[[Try], Any]
DEEDS: dict[str, Deed] = {}
YES_OR_NO = [True, False]
YES_YES_NO = [True, True, True, False]


def deed(act: Deed) -> Deed:
    DEEDS[act.__name__] = act
    return act


def simple(act: Callable[..., Any], **fields: Any) -> None:
    """Name a deed on an initiative that needs nothing but words."""
    DEEDS[act.__name__] = lambda one: act(**one.deed, **fields)


for act, fields in [
    (contact.take_contact, {}),
    (contact.log_contact, {"through": "phone", "summary": "Even gebeld."}),
    (contact.accept_handover, {}),
    (contact.refuse_handover, {"reason": "Geen tijd."}),
    (contact.drop_handover, {}),
    (road.sustain_initiative, {}),
    (road.take_new_question, {"question": "Nog iets."}),
    (road.agree_landing_signs, {"signs": "De buren doen het zelf."}),
    (road.land_initiative, {}),
    (road.withdraw_initiative, {"reason": "Geen zin meer."}),
    (road.reopen_initiative, {"reason": "Toch verder."}),
    (road.confirm_redirect, {}),
    (road.pause_initiative, {"reason": "Vakantie"}),
    (road.resume_initiative, {}),
    (conversation.write_to_initiators, {"body": "Hoe gaat het?"}),
    (conversation.write_to_contact, {"body": "Goed!"}),
    (conversation.write_note, {"body": "Let op het hek."}),
    (conversation.mark_posts_read, {}),
    (consents.edit_public_text, {"public_text": "De tuin is er."}),
    (consents.publish_page, {"public_text": "Doe mee met de tuin."}),
    (consents.give_consent, {}),
    (consents.withdraw_consent, {}),
    (doubles.drop_join, {}),
    (doubles.undo_join, {}),
    (ownership.leave_initiative, {}),
]:
    simple(act, **fields)


def tell_idea(world: World, place_of: Any, *, phone: bool = False, helper: User | None = None) -> Initiative:
    """Report an idea, as resident Roos or as someone on the phone."""
    roos = next(one for one in world.cast.people if one.name == "Inwoner Roos")
    who = report.Who(name="Nel Nieuw", phone="06 00 00 00 00")
    if not phone:
        who = report.Who(name=roos.name, email=roos.email or "", preferred_channel=User.Channel.EMAIL)
    draft = Draft.objects.create(token=uuid.uuid4(), created_at=world.at, updated_at=world.at)
    return report.report_initiative(
        plan={"title": "Moestuin", "idea": "Samen tuinieren."},
        who=who,
        where=report.Where(municipality=place_of),
        channel=world.cast.channel,
        draft=draft,
        helper=report.Helper(helper, "Aan de balie", has_consent=True) if helper else None,
        at=world.at,
    )


@deed
def report_another(one: Try) -> None:
    if Initiative.objects.count() < 4:
        helper = one.by if one.by.has_role(Role.Kind.GUIDE) else None
        tell_idea(
            one.world, one.choose([*one.world.cast.municipalities, None]), phone=one.choose(YES_OR_NO), helper=helper
        )


@deed
def report_again(one: Try) -> None:
    """Send the same draft a second time (R7)."""
    draft = one.one_of(Draft.objects.exclude(initiative=None))
    before = Initiative.objects.count()
    who = report.Who(name="Iemand", phone="06 00 00 00 00")
    again = report.report_initiative(
        plan={"title": "Moestuin", "idea": "Nog eens."},
        who=who,
        where=report.Where(),
        channel=one.world.cast.channel,
        draft=draft,
        at=one.at,
    )
    assert (again.pk, Initiative.objects.count()) == (draft.initiative_id, before), "R7: sent twice, made twice"


@deed
def offer_handover(one: Try) -> None:
    at_work = [user for user in one.world.everyone() if user.has_role(Role.Kind.GUIDE, Role.Kind.COORDINATOR)]
    receiver = one.choose([*at_work, *at_work, *one.world.everyone()])
    contact.offer_handover(**one.deed, receiver=receiver, reason="Verlof.")


@deed
def declare_interest(one: Try) -> None:
    interest.declare_interest(**one.deed, relation=Interest.Relation.FAMILY)


@deed
def record_exploration(one: Try) -> None:
    words = dict.fromkeys(("what_it_is", "question", "asked_where", "what_exists"), "Uitgezocht.")
    explore.record_exploration(**one.deed, **words, fitting_support=[], fitting_support_words="Meedenken.")


@deed
def classify(one: Try) -> None:
    explore.classify_initiative(**one.deed, kind=None, themes=[], target_groups=[])


@deed
def move_elsewhere(one: Try) -> None:
    there = one.choose(one.world.cast.municipalities)
    place.place_initiative(**one.deed, municipality=there, neighbourhood=None, words="Daar")


@deed
def edit_plan(one: Try) -> None:
    newest = one.initiative.plan_versions.latest("number").number
    plan = {name: getattr(one.initiative, name) for name in PLAN_FIELDS}
    ownership.edit_plan(**one.deed, plan={**plan, "needs": f"Versie {newest}"}, based_on=newest)


@deed
def invite(one: Try) -> None:
    asked = one.choose(one.world.everyone())
    invitations.invite_initiator(**one.deed, name=asked.name, email=asked.email or "", phone="06 00 00 00 00")


@deed
def accept_invitation(one: Try) -> None:
    invitation = one.one_of(Invitation.objects.filter(initiative=one.initiative, accepted_at=None))
    who = report.Who(name=invitation.name, email=invitation.email, phone=invitation.phone)
    invitations.accept_invitation(invitation=invitation, who=who, agrees=one.choose(YES_OR_NO), at=one.at)


def _asked_whose_it_is(one: Try) -> dict[str, Any]:
    told = one.one_of(Initiator.objects.current().filter(initiative=one.initiative, user__account=None))
    by = User.objects.filter(email=told.email or None).first() or one.by
    return {"initiator": told, "by": one.choose([by, by, one.by]), "at": one.at}


@deed
def recognise(one: Try) -> None:
    claims.recognise(**_asked_whose_it_is(one))


@deed
def disown(one: Try) -> None:
    claims.disown(**_asked_whose_it_is(one))


@deed
def refuse_invitation(one: Try) -> None:
    invitations.refuse_invitation(invitation=one.one_of(one.initiative.invitations.all()), at=one.at)


@deed
def revoke_invitation(one: Try) -> None:
    invitations.revoke_invitation(invitation=one.one_of(one.initiative.invitations.all()), **one.who)


@deed
def propose_join(one: Try) -> None:
    doubles.propose_join(**one.deed, into=one.one_of(one.world.initiatives()[::-1]))


@deed
def answer_join(one: Try) -> None:
    doubles.answer_join(**one.deed, agrees=one.choose(YES_YES_NO))


@deed
def write_join_answer(one: Try) -> None:
    initiator = one.one_of(one.initiative.initiators.current())
    doubles.write_join_answer(initiator=initiator, agrees=one.choose(YES_YES_NO), through="phone", **one.who)


@deed
def promise_support(one: Try) -> None:
    kind, day = one.world.cast.support_kind, timezone.localdate(one.at) + timedelta(days=9)
    support.promise_support(**one.deed, kind=kind, what="Spitten", who="De buren", before_date=day)


@deed
def keep_promise(one: Try) -> None:
    support.keep_promise(promise=one.one_of(one.initiative.promises.all()), **one.who)


@deed
def drop_promise(one: Try) -> None:
    support.drop_promise(promise=one.one_of(one.initiative.promises.all()), because="Geen tijd.", **one.who)


@deed
def tell_story(one: Try) -> None:
    stories.tell_story(**one.deed, title="De oogst", body="Soep voor vijftig.", agrees=one.choose(YES_OR_NO))


@deed
def agree_to_story(one: Try) -> None:
    consents.give_consent(**one.deed, story=one.one_of(one.initiative.stories.all()))


@deed
def hide_story(one: Try) -> None:
    consents.hide_story(story=one.one_of(one.initiative.stories.all()), **one.who)


@deed
def write_story(one: Try) -> None:
    teller = one.one_of(one.initiative.initiators.current())
    told = {"title": "Soep", "body": "Verteld aan de telefoon.", "agrees": one.choose(YES_OR_NO)}
    stories.write_story(**one.deed, initiator=teller, through="phone", **told)


@deed
def correct_reach(one: Try) -> None:
    ownership.correct_reach(**one.deed, who=after_five(one.one_of(one.initiative.initiators.current())))


@deed
def write_reach(one: Try) -> None:
    initiator = one.one_of(one.initiative.initiators.current())
    ownership.write_reach(initiator=initiator, who=after_five(initiator), **one.who)


@deed
def take_back_story(one: Try) -> None:
    stories.take_back_story(story=one.one_of(one.initiative.stories.all()), **one.who)


@deed
def record_consent(one: Try) -> None:
    initiator = one.one_of(one.initiative.initiators.current())
    consents.record_consent(**one.deed, initiator=initiator, agrees=one.choose(YES_OR_NO), through="phone")


@deed
def add_task(one: Try) -> None:
    tasks.add_task(**one.deed, what="Bellen", due_on=timezone.localdate(one.at))


@deed
def finish_task(one: Try) -> None:
    tasks.finish_task(task=one.one_of(one.initiative.tasks.all()), **one.who)


@deed
def note_call(one: Try) -> None:
    calls = one.initiative.tasks.filter(kind="call")
    tasks.note_call(task=one.one_of(calls), reached=one.choose(YES_OR_NO), result="Gebeld.", **one.who)


@deed
def begin_weighing(one: Try) -> None:
    panel = [user for user in one.world.everyone() if user.has_role(Role.Kind.PANEL_MEMBER)]
    count = one.choose([5, 4, 4, 3, 2, 6])
    triggers = one.choose([[], [one.world.cast.trigger]])
    open_assessment(**one.deed, members=panel[-count:], triggers=triggers)


def weighing_of(one: Try) -> Assessment:
    return one.one_of(one.initiative.assessments.order_by("-opened_at", "-pk")[:2])


@deed
def ask_another_member(one: Try) -> None:
    add_panel_member(assessment=weighing_of(one), member=one.choose(one.world.everyone()), **one.who)


@deed
def score(one: Try) -> None:
    criteria = one.choose([one.world.cast.criteria, one.world.cast.criteria, one.world.cast.criteria[:1]])
    answer = one.choose(["yes", "yes", "partly", "no"])
    score_criteria(assessment=weighing_of(one), scores=[Score(each, answer, "Zo.") for each in criteria], **one.who)


def seat_of(one: Try) -> PanelSeat:
    """Choose a seat, mostly one's own."""
    seats = PanelSeat.objects.filter(assessment__initiative=one.initiative).order_by("pk")
    own = list(seats.filter(member=one.by))
    return one.choose(own) if own and one.choose([True, True, False]) else one.one_of(seats)


def said(one: Try) -> dict[str, str]:
    return {"choice": one.choose(PanelAdvice.Choice.values), "reason": f"{SECRET} van {one.by.pk}"}


@deed
def advise(one: Try) -> None:
    give_advice(seat=seat_of(one), **said(one), **one.who)


@deed
def write_advice(one: Try) -> None:
    write_advice_for(seat=seat_of(one), **said(one), **one.who)


@deed
def object_to_written_advice(one: Try) -> None:
    written = PanelSeat.objects.filter(assessment__initiative=one.initiative, advice__written_by__isnull=False)
    object_to_advice(seat=one.one_of(written), words="Dat zei ik niet.", **one.who)


@deed
def write_answer_of_the_municipality(one: Try) -> None:
    question = one.one_of(AmbassadorQuestion.objects.filter(assessment__initiative=one.initiative))
    write_answer_of_municipality(question=question, spoken_by="Piet", answer="agree", **one.who)


@deed
def write_that_a_member_steps_aside(one: Try) -> None:
    write_recusal_for(seat=seat_of(one), relation=Interest.Relation.OTHER, **one.who)


@deed
def step_aside(one: Try) -> None:
    recuse(seat=seat_of(one), relation=Interest.Relation.OTHER, **one.who)


@deed
def ask_municipality(one: Try) -> None:
    ask_ambassador(assessment=weighing_of(one), triggers=[one.world.cast.trigger], **one.who)


@deed
def answer_for_municipality(one: Try) -> None:
    question = one.one_of(AmbassadorQuestion.objects.filter(assessment__initiative=one.initiative))
    answer = one.choose(AmbassadorQuestion.Answer.values)
    answer_ambassador(question=question, answer=answer, words="Laat het pad vrij.", **one.who)


def parts_for(one: Try, outcome: str) -> list[Part]:
    cast = one.world.cast
    fitting = {
        Outcome.SUPPORT: [
            Part("support", "Dat helpt.", support_kind=cast.support_kind),
            Part("gift", "Om te beginnen.", amount=Decimal("500.00"), what="Aarde"),
        ],
        Outcome.REDIRECT: [Part("partner", "Zij doen groen.", partner=cast.fund)],
        Outcome.DECLINE: [Part("municipality", "Vraag het daar.")],
    }
    return fitting[one.choose([outcome, outcome, outcome, Outcome.SUPPORT, Outcome.REDIRECT])]


@deed
def conclude(one: Try) -> None:
    outcome = one.choose([Outcome.SUPPORT, Outcome.SUPPORT, Outcome.REDIRECT, Outcome.DECLINE])
    set_route(
        assessment=weighing_of(one),
        outcome=outcome,
        reason="Zo is het gewogen.",
        parts=parts_for(one, outcome),
        alternative=one.choose(["Vraag het fonds.", ""]),
        below_quorum_because=one.choose(["De rest kon niet.", ""]),
        **one.who,
    )


@deed
def send_back(one: Try) -> None:
    return_to_exploring(assessment=weighing_of(one), reason="Eerst de plek uitzoeken.", **one.who)
