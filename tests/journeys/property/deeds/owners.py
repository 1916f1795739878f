"""Deeds of who owns an idea, and what is written down for them."""

from typing import Any

from socialewifi.initiatives.actions import claims, doubles
from socialewifi.initiatives.models import PLAN_FIELDS, Initiator, Invitation
from socialewifi.intake.actions import report
from socialewifi.owners.actions import invitations, ownership
from socialewifi.people.models import User
from socialewifi.publication.actions import consents, stories
from tests.journeys.property.deeds.trying import YES_OR_NO, YES_YES_NO, deed
from tests.journeys.property.world import Try, after_five


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
def tell_story(one: Try) -> None:
    stories.tell_story(**one.deed, title="De oogst", body="Soep voor vijftig.", agrees=one.choose(YES_OR_NO))


@deed
def agree_to_story(one: Try) -> None:
    consents.agree_to_story(story=one.one_of(one.initiative.stories.all()), **one.who)


@deed
def write_answer(one: Try) -> None:
    """Write down what someone who was called said of taking part."""
    asked = one.one_of(one.initiative.invitations.all())
    who = report.Who(name=asked.name, phone="06 00 00 00 00")
    invitations.write_answer(invitation=asked, answer=one.choose(["yes", "no"]), who=who, through="phone", **one.who)


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
