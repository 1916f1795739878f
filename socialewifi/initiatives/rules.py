"""
Who may do what to an initiative. Each answer is about one person and one initiative; rows come from the querysets.

One capacity applies at a time (R15): whoever is involved steps aside from all else, who works on it does not answer
for the municipality, and whoever does either sits on no panel about it.
"""

from socialewifi.initiatives.impartial import is_impartial, may_be_theirs
from socialewifi.initiatives.models import (
    AT_A_DESK,
    OPEN_STEPS,
    WORKERS,
    EffectStory,
    Handover,
    Initiative,
    Initiator,
    Invitation,
    JoinProposal,
    Step,
    SupportPromise,
    Task,
)
from socialewifi.people.models import Role, User


def owns(user: User, initiative: Initiative) -> bool:
    """Tell whether this person is an initiator now."""
    return any(one.left_at is None and one.user_id in user.identities for one in initiative.initiators.all())


def has_interest(user: User, initiative: Initiative) -> bool:
    """Tell whether this person steps aside (R5); initiators do once they said it is theirs (R14)."""
    return any(interest.user_id == user.pk for interest in initiative.interests.all())


def is_contact(user: User, initiative: Initiative) -> bool:
    """Tell whether this person is the contact; they stay so after a move to another sub-region (R1)."""
    return initiative.contact_person_id == user.pk and user.has_role(*WORKERS)


def _holds(user: User, initiative: Initiative, *kinds: str) -> bool:
    municipality = initiative.municipality
    return user.has_role(Role.Kind.REGIONAL_COORDINATOR) or any(
        municipality is None or role.subregion_id == municipality.subregion_id for role in user.scopes(*kinds)
    )


def works_on(user: User, initiative: Initiative) -> bool:
    """Tell whether this guide or coordinator works in its sub-region or is its contact, and has no interest in it."""
    holds = is_contact(user, initiative) or _holds(user, initiative, *WORKERS)
    return holds and not has_interest(user, initiative)


def is_ambassador_of(user: User, initiative: Initiative) -> bool:
    """Tell whether this person speaks for its municipality: an ambassador there, and nothing else on this one (R15)."""
    there = {role.municipality_id for role in user.scopes(Role.Kind.AMBASSADOR)} - {None}
    other = works_on(user, initiative) or has_interest(user, initiative) or user.is_reading_along
    return initiative.municipality_id in there and not other


def reads_along(user: User, initiative: Initiative) -> bool:
    """Tell whether this administrator reads it for a while and in the log, without an interest or a part in it."""
    return user.is_reading_along and not has_interest(user, initiative) and not works_on(user, initiative)


def has_part_in(user: User, initiative: Initiative) -> bool:
    """Tell whether this person knows it from work, and so cannot weigh it as a resident, in any session (R15)."""
    user = user.in_full()
    return (
        works_on(user, initiative)
        or is_ambassador_of(user, initiative)
        or user.pk in {initiative.contact_person_id, initiative.entered_by_id}
    )


def coordinates(user: User, initiative: Initiative) -> bool:
    """Tell whether this coordinator decides on the weighing of this initiative."""
    return _holds(user, initiative, Role.Kind.COORDINATOR) and not has_interest(user, initiative)


def can_work_on(user: User, initiative: Initiative) -> bool:
    """Test if the user may note, ask, plan and classify: it works on it and the initiative was not joined."""
    return initiative.joined_into_id is None and works_on(user, initiative)


def can_take_contact(user: User, initiative: Initiative) -> bool:
    return initiative.step == Step.REPORTED and can_work_on(user, initiative)


def can_offer_handover(user: User, initiative: Initiative) -> bool:
    """Test if the user may hand it over: its contact, or the coordinator when the contact is away."""
    return (
        initiative.contact_person_id is not None
        and initiative.step != Step.WITHDRAWN
        and can_work_on(user, initiative)
        and (initiative.contact_person_id == user.pk or coordinates(user, initiative))
    )


def can_receive_handover(user: User, initiative: Initiative) -> bool:
    return initiative.contact_person_id != user.pk and works_on(user, initiative)


def can_explore(user: User, initiative: Initiative) -> bool:
    return initiative.step in {Step.EXPLORING, Step.ASSESSING} and can_work_on(user, initiative)


def can_pause(user: User, initiative: Initiative) -> bool:
    return initiative.step in OPEN_STEPS and can_work_on(user, initiative)


def can_support(user: User, initiative: Initiative) -> bool:
    return initiative.step in {Step.SUPPORTING, Step.SUSTAINING} and can_work_on(user, initiative)


def can_reopen(user: User, initiative: Initiative) -> bool:
    """Test if a side exit may be reopened: by its initiators, or by who works there."""
    return initiative.step in {Step.REDIRECTED, Step.DECLINED, Step.WITHDRAWN} and (
        owns(user, initiative) or can_work_on(user, initiative)
    )


def can_withdraw(user: User, initiative: Initiative) -> bool:
    """Test if this initiator may stop: at any moment, as long as it has not landed or ended (R4)."""
    return (
        initiative.joined_into_id is None
        and initiative.step in {*OPEN_STEPS, Step.REDIRECTED}
        and owns(user, initiative)
    )


def can_see_contact_details(user: User, initiative: Initiative) -> bool:
    """Test if the user may see how the initiators are reached: not the panel, not the ambassador (docs/privacy.md)."""
    return works_on(user, initiative) or reads_along(user, initiative)


def can_handle_letters(user: User, initiative: Initiative) -> bool:
    """Test if the user may print a letter, with the code in it, and note it as posted: not who only reads along."""
    return works_on(user, initiative)


def can_sustain(user: User, initiative: Initiative) -> bool:
    return initiative.step == Step.SUPPORTING and can_work_on(user, initiative)


def can_take_new_question(user: User, initiative: Initiative) -> bool:
    return initiative.step == Step.SUSTAINING and can_work_on(user, initiative)


def can_land(user: User, initiative: Initiative) -> bool:
    """Test if it may land: it was sustained, and the signs were agreed beforehand (000 §5.1)."""
    return initiative.step == Step.SUSTAINING and bool(initiative.landing_signs) and can_work_on(user, initiative)


def can_confirm_redirect(user: User, initiative: Initiative) -> bool:
    return (
        initiative.step == Step.REDIRECTED
        and initiative.redirect_confirmed_at is None
        and can_work_on(user, initiative)
    )


def can_step_aside(user: User, initiative: Initiative) -> bool:
    """Test if this person may declare an interest: anyone with a role, once (R5)."""
    return bool(user.current_roles) and not has_interest(user, initiative)


def can_be_joined(initiative: Initiative) -> bool:
    """Test if it may rest in another one: it is on the road, and not being weighed at this moment."""
    return initiative.is_open and initiative.step != Step.ASSESSING


def waiting_join(initiative: Initiative) -> JoinProposal | None:
    """Return the question to go on with another one that waits for an answer, if there is one."""
    asked = [*initiative.join_proposals.all(), *initiative.joins_asked.all()]
    return next((proposal for proposal in asked if proposal.is_waiting), None)


def can_propose_join(user: User, initiative: Initiative) -> bool:
    """Test if the user may ask its initiators to go on with another one; they decide (R4)."""
    return can_be_joined(initiative) and can_work_on(user, initiative) and waiting_join(initiative) is None


def can_answer_for_join(user: User, initiative: Initiative) -> bool:
    """Test if the user may write down what an initiator said, or take the question back."""
    proposal = waiting_join(initiative)
    return proposal is not None and can_work_on(user, initiative) and not has_part_in_join(user, proposal)


def has_part_in_join(user: User, proposal: JoinProposal) -> bool:
    """Tell whether one of both is this person's own, or may be: then they write down no answer of the others (R5)."""
    both = (proposal.initiative_id, proposal.into_id)
    is_own = Initiator.objects.current().of(user).filter(initiative__in=both).exists()
    return is_own or may_be_theirs(user, *both)


def can_undo_join(user: User, initiative: Initiative) -> bool:
    return initiative.joined_into_id is not None and works_on(user, initiative)


def goes_on(initiative: Initiative) -> bool:
    """Tell whether its initiators still work on it here: they did not stop, and it was not joined to another."""
    return initiative.joined_into_id is None and initiative.step != Step.WITHDRAWN


def can_edit_plan(user: User, initiative: Initiative) -> bool:
    """Test if the user may change the plan and the public page: its initiators, as long as it goes on (R4)."""
    return goes_on(initiative) and owns(user, initiative)


def can_withdraw_consent(user: User, initiative: Initiative) -> bool:
    """Test if the user may take back their own yes: at any moment, also when it rests (R4)."""
    return owns(user, initiative)


def can_correct_reach(user: User, initiative: Initiative) -> bool:
    """Test if the user may say how they are reached themselves."""
    return owns(user, initiative)


def can_write_to_contact(user: User, initiative: Initiative) -> bool:
    """Test if the user may write to who works on it, as an initiator: always."""
    return owns(user, initiative)


def can_leave(user: User, initiative: Initiative) -> bool:
    """Test if the user may stop being an initiator; whoever is the last one is told to stop with the idea instead."""
    return owns(user, initiative)


def can_revoke_invitation(user: User, invitation: Invitation) -> bool:
    """Test if the user may take back that someone was asked: any of the initiators may."""
    return owns(user, invitation.initiative)


def can_answer_join(user: User, initiative: Initiative) -> bool:
    """Test if the user may say yes or no to going on with another one."""
    return owns(user, initiative) and waiting_join(initiative) is not None


def can_agree_to_story(user: User, story: EffectStory) -> bool:
    """Test if the user may say that others may read this story (R4)."""
    return story.taken_back_at is None and can_edit_plan(user, story.initiative)


def can_hide_story(user: User, story: EffectStory) -> bool:
    """Test if the user may take back their own yes to this story (R4)."""
    return story.taken_back_at is None and owns(user, story.initiative)


def can_take_back_story(user: User, story: EffectStory) -> bool:
    """Test if the user told this story, and still owns what it is about."""
    return can_hide_story(user, story) and story.told_by_id in user.identities


def can_write_reach(user: User, initiator: Initiator) -> bool:
    """Test if the user may write down how this initiator is reached, as they said (R10)."""
    return initiator.left_at is None and can_work_on(user, initiator.initiative)


def can_write_answer(user: User, invitation: Invitation) -> bool:
    """Test if the user may write down what someone who was asked to join answered (R10)."""
    return can_work_on(user, invitation.initiative)


def can_invite(user: User, initiative: Initiative) -> bool:
    """Test if the user may ask someone to own it together: once a person here knows who they are (R14)."""
    return initiative.contact_person_id is not None and can_edit_plan(user, initiative)


def can_record_consent(user: User, initiative: Initiative) -> bool:
    """Test if the user may write down what an initiator said on the phone or on paper (R10)."""
    return initiative.step != Step.WITHDRAWN and can_work_on(user, initiative)


def can_ask_new_question(user: User, initiative: Initiative) -> bool:
    return initiative.step == Step.SUSTAINING and can_edit_plan(user, initiative)


TELLING_STEPS = {Step.SUPPORTING, Step.SUSTAINING, Step.LANDED, Step.REDIRECTED}


def can_tell_story(user: User, initiative: Initiative) -> bool:
    """Test if this initiator may tell what it brought: once there is help, and ever after."""
    return initiative.step in TELLING_STEPS and can_edit_plan(user, initiative)


def can_write_story(user: User, initiative: Initiative) -> bool:
    """Test if the user may write a story down for an initiator who tells it (R10)."""
    return initiative.step in TELLING_STEPS and can_work_on(user, initiative)


def is_paused(initiative: Initiative) -> bool:
    return any(pause.ended_at is None for pause in initiative.pauses.all())


def can_begin_pause(user: User, initiative: Initiative) -> bool:
    return can_pause(user, initiative) and not is_paused(initiative)


def can_end_pause(user: User, initiative: Initiative) -> bool:
    return can_pause(user, initiative) and is_paused(initiative)


def waiting_handover(initiative: Initiative) -> Handover | None:
    """Return the handover that waits for an answer, if there is one."""
    return next((handover for handover in initiative.handovers.all() if handover.is_running), None)


def can_begin_handover(user: User, initiative: Initiative) -> bool:
    return waiting_handover(initiative) is None and can_offer_handover(user, initiative)


def can_answer_handover(user: User, initiative: Initiative) -> bool:
    """Test if a handover waits for this person's yes or no."""
    handover = waiting_handover(initiative)
    return handover is not None and handover.receiver_id == user.pk and works_on(user, initiative)


def can_drop_handover(user: User, initiative: Initiative) -> bool:
    return waiting_handover(initiative) is not None and can_offer_handover(user, initiative)


def can_work_somewhere(user: User) -> bool:
    """Test if this person has a desk: the pages of work without one initiative."""
    return user.has_role(*AT_A_DESK) or user.is_reading_along


def closes_gaps(user: User) -> bool:
    """Tell whether this person looks after what nobody looks after."""
    return user.has_role(Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR)


def can_list(user: User) -> bool:
    """Test if this person may open the list: who works, and an ambassador for their own municipality."""
    return can_work_somewhere(user) or user.has_role(Role.Kind.AMBASSADOR)


def has_unread_posts(user: User, initiative: Initiative) -> bool:
    """Test if the initiators wrote something that nobody at work answered or marked read."""
    return works_on(user, initiative) and initiative.posts.filter(is_from_initiators=True, read_at=None).exists()


def can_finish_task(user: User, task: Task) -> bool:
    """
    Test if the user may tick off what is done there; who is too late reads so, and keeps what they typed (R16).

    What someone wrote in another's name is asked about by somebody else (R10), and of a panel member by a coordinator:
    nobody else reads an advice before the outcome (R9).
    """
    if task.written_by_id == user.pk:
        return False
    about = task.initiative
    if task.person_to_call_id:
        return coordinates(user, about) and is_impartial(user, about)
    return works_on(user, about)


def can_answer_for_promise(user: User, promise: SupportPromise) -> bool:
    """Test if the user may note that this help came, or does not come."""
    return promise.is_open and can_work_on(user, promise.initiative)


def can_enter_reports(user: User) -> bool:
    """Test if the user may write down an idea for someone: who works as a guide or coordinator, anywhere."""
    return user.has_role(*AT_A_DESK)


def can_see_promise(user: User, initiative: Initiative) -> bool:
    """Test if the user may read how the initiators are called back: who works on it, or who wrote it down for them."""
    return can_see_contact_details(user, initiative) or can_give_code(user, initiative)


def can_give_code(user: User, initiative: Initiative) -> bool:
    """Test if the user may print a new code for an initiator: who works on it, or who just wrote it down for them."""
    wrote_it = initiative.entered_by_id == user.pk and initiative.step == Step.REPORTED and can_enter_reports(user)
    return (wrote_it and not has_interest(user, initiative)) or works_on(user, initiative)


def can_recognise(user: User, initiator: Initiator) -> bool:
    """Test if the user may say whether this idea is theirs: the owner of the mailbox it is mailed to (R14)."""
    is_reached_there = user.is_account and initiator.email == user.email
    return is_reached_there and initiator.left_at is None and initiator.user_id not in user.identities
