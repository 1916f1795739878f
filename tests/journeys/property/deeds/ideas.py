"""Deeds about an idea: telling it, the contact, where it stands."""

import uuid
from typing import Any

from socialewifi.initiatives.actions import contact, conversation, doubles, explore, interest, place, road
from socialewifi.initiatives.models import Draft, Initiative, Interest
from socialewifi.intake.actions import report
from socialewifi.owners.actions import ownership
from socialewifi.people.models import Role, User
from socialewifi.publication.actions import consents
from tests.journeys.property.deeds.trying import YES_OR_NO, deed, simple
from tests.journeys.property.world import Try, World

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
