"""Every deed of every room asks its rule itself, whatever page, job or command it is called from."""

import importlib
import inspect
import pkgutil
import uuid
from dataclasses import replace
from datetime import date

import pytest
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

import socialewifi
from socialewifi.assessment.actions.scoring import Score
from socialewifi.assessment.models import Criterion
from socialewifi.core.errors import DomainError, NotAllowed
from socialewifi.core.models import Message, Text
from socialewifi.governance.models import Agreement, Status
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import PLAN_FIELDS, Task
from socialewifi.initiatives.tests.factories import ChannelFactory, SupportKindFactory
from socialewifi.people.models import AccessKey
from socialewifi.people.tests.factories import RoleFactory, UserFactory
from tests.journeys.permission_world import World

OWNER, CONTACT, COORDINATOR, ADMINISTRATOR = "owner", "contact", "coordinator", "administrator"
# Each deed: someone who may do it, and the initiative it is done with where that is not the one being explored.
DEEDS = {
    "assessment.advice.give_advice": ("panel seated", "assessing"),
    "assessment.advice.write_advice_for": (COORDINATOR, "assessing"),
    "assessment.advice.write_recusal_for": (COORDINATOR, "assessing"),
    "assessment.advice.recuse": ("panel seated", "assessing"),
    "assessment.municipality.ask_ambassador": (COORDINATOR, "assessing"),
    "assessment.municipality.answer_ambassador": ("ambassador", "assessing"),
    "assessment.municipality.write_answer_of_municipality": (COORDINATOR, "assessing"),
    "assessment.opening.open_assessment": (COORDINATOR, "exploring"),
    "assessment.opening.add_panel_member": (COORDINATOR, "assessing"),
    "assessment.outcome.set_route": (COORDINATOR, "assessing"),
    "assessment.outcome.return_to_exploring": (COORDINATOR, "assessing"),
    "assessment.scoring.score_criteria": (COORDINATOR, "assessing"),
    "assessment.written.object_to_advice": ("panel seated", "assessing"),
    "governance.change_agreement": (ADMINISTRATOR, ""),
    "initiatives.claims.answer_claim": (OWNER, "unclaimed"),
    "initiatives.claims.recognise": (OWNER, "unclaimed"),
    "initiatives.claims.disown": (OWNER, "unclaimed"),
    "publication.consents.edit_public_text": (OWNER, "exploring"),
    "publication.consents.publish_page": (OWNER, "exploring"),
    "publication.consents.give_consent": (OWNER, "exploring"),
    "publication.consents.withdraw_consent": (OWNER, "exploring"),
    "publication.consents.agree_to_story": (OWNER, "supporting"),
    "publication.consents.hide_story": (OWNER, "supporting"),
    "publication.consents.record_consent": (CONTACT, "exploring"),
    "initiatives.contact.take_contact": (CONTACT, "reported"),
    "initiatives.contact.log_contact": (CONTACT, "exploring"),
    "initiatives.contact.offer_handover": (CONTACT, "exploring"),
    "initiatives.contact.accept_handover": ("colleague", "handed"),
    "initiatives.contact.refuse_handover": ("colleague", "handed"),
    "initiatives.contact.drop_handover": (CONTACT, "handed"),
    "initiatives.conversation.write_to_initiators": (CONTACT, "exploring"),
    "initiatives.conversation.write_to_contact": (OWNER, "exploring"),
    "initiatives.conversation.mark_posts_read": (CONTACT, "exploring"),
    "initiatives.conversation.read_by_initiators": (OWNER, "exploring"),
    "initiatives.conversation.write_note": (CONTACT, "exploring"),
    "initiatives.doubles.propose_join": (CONTACT, "exploring"),
    "initiatives.doubles.answer_join": (OWNER, "handed"),
    "initiatives.doubles.write_join_answer": (CONTACT, "handed"),
    "initiatives.doubles.drop_join": (CONTACT, "handed"),
    "initiatives.doubles.undo_join": (CONTACT, "joined"),
    "intake.entry.report_for_someone": (CONTACT, ""),
    "initiatives.explore.record_exploration": (CONTACT, "exploring"),
    "initiatives.explore.classify_initiative": (CONTACT, "exploring"),
    "initiatives.interest.declare_interest": (CONTACT, "exploring"),
    "owners.invitations.invite_initiator": (OWNER, "exploring"),
    "owners.invitations.accept_invitation": (CONTACT, "exploring"),
    "owners.invitations.refuse_invitation": (CONTACT, "exploring"),
    "owners.invitations.revoke_invitation": (OWNER, "exploring"),
    "owners.invitations.write_answer": (CONTACT, "exploring"),
    "support.letters.give_access_letter": (CONTACT, "exploring"),
    "support.letters.post_letters": (CONTACT, "exploring"),
    "support.letters.print_letters": (CONTACT, "exploring"),
    "owners.ownership.edit_plan": (OWNER, "exploring"),
    "owners.ownership.leave_initiative": (OWNER, "exploring"),
    "owners.ownership.correct_reach": (OWNER, "exploring"),
    "owners.ownership.write_reach": (CONTACT, "exploring"),
    "initiatives.place.place_initiative": (CONTACT, "exploring"),
    "initiatives.road.sustain_initiative": (CONTACT, "supporting"),
    "initiatives.road.take_new_question": (OWNER, "sustaining"),
    "initiatives.road.agree_landing_signs": (CONTACT, "supporting"),
    "initiatives.road.land_initiative": (CONTACT, "sustaining"),
    "initiatives.road.withdraw_initiative": (OWNER, "exploring"),
    "initiatives.road.reopen_initiative": (CONTACT, "withdrawn"),
    "initiatives.road.confirm_redirect": (CONTACT, "redirected"),
    "initiatives.road.pause_initiative": (CONTACT, "exploring"),
    "initiatives.road.resume_initiative": (CONTACT, "paused"),
    "publication.stories.tell_story": (OWNER, "supporting"),
    "publication.stories.write_story": (CONTACT, "supporting"),
    "publication.stories.take_back_story": (OWNER, "supporting"),
    "support.promises.promise_support": (CONTACT, "supporting"),
    "support.promises.keep_promise": (CONTACT, "supporting"),
    "support.promises.drop_promise": (CONTACT, "supporting"),
    "support.tasks.add_task": (CONTACT, "exploring"),
    "support.tasks.finish_task": (CONTACT, "exploring"),
    "support.tasks.note_call": (CONTACT, "exploring"),
    "people.accounts.add_person": (ADMINISTRATOR, ""),
    "people.accounts.change_person": (ADMINISTRATOR, ""),
    "people.accounts.invite": (ADMINISTRATOR, ""),
    "people.accounts.withdraw_access": (ADMINISTRATOR, ""),
    "people.accounts.end_session": (ADMINISTRATOR, ""),
    "people.accounts.remove_second_factor": (ADMINISTRATOR, ""),
    "people.accounts.close_account": (ADMINISTRATOR, ""),
    "people.accounts.reopen_account": (ADMINISTRATOR, ""),
    "people.keys.revoke_key": (OWNER, ""),
    "people.mail.send_again": (ADMINISTRATOR, ""),
    "people.reading.start_reading_mode": (ADMINISTRATOR, ""),
    "people.reading.end_reading_mode": ("reading along", ""),
    "people.roles.give_role": (ADMINISTRATOR, ""),
    "people.roles.confirm_role": (COORDINATOR, ""),
    "people.roles.refuse_role": (COORDINATOR, ""),
    "people.roles.end_role": (ADMINISTRATOR, ""),
    "people.texts.change_text": (ADMINISTRATOR, ""),
}
# Steps inside deeds that asked already; ``by`` is only who is written down.
STEPS = {
    "assessment.municipality.put_question": "of opening a weighing, and of asking the ambassador",
    "assessment.written.ask_whether_they_step_aside": "of writing down that a member steps aside",
    "assessment.written.tell_member": "of writing down an advice",
    "assessment.written.tell_municipality": "of writing down an answer of the municipality",
    "publication.consents.agree_for": "of saying yes, and of writing down a yes",
    "initiatives.asked.end_invitations": "of taking a question back, of leaving, and of saying whose an idea is",
    "initiatives.publishing.note_consent": "of a yes, of taking it back, and of saying whose an idea is",
    "initiatives.doubles.settle_join": "of every deed that changes who owns it",
    "initiatives.written.tell_all_written_for": "of whatever is written down for the initiators",
    "initiatives.written.tell_at_old_address": "of writing down another way to be reached",
    "initiatives.written.tell_invited": "of writing down an answer to an invitation",
    "initiatives.written.mail_written_for": "of what is done with the way in of an initiator",
    "initiatives.written.tell_written_for": "of whatever is written down for an initiator",
    "initiatives.contact.note_conversation": "of logging a contact, and of what is written down at the phone",
    "initiatives.entrance.new_code": "of giving a letter with a code, and of telling an idea",
    "assessment.municipality.ask_where_it_is_now": "of saying where an initiative is",
    "initiatives.moved.move_letters": "of another postal address",
    "owners.ownership.require_own_mailbox": "of asking someone to take part, of leaving and of another address",
    "initiatives.publishing.settle": "of every deed that changes who agrees",
    "initiatives.publishing.take_offline": "of stopping",
    "people.residents.belongs_to_nobody": "of another address that is written down at work",
    "people.residents.end_access": "of saying whose an idea is, and of another address",
    "people.keys.issue_link": "of every mail to a resident",
    "people.keys.issue_letter_code": "of a letter with a code",
    "people.keys.revoke_keys": "of taking away access, and of another address",
    "people.roles.doubt_roles": "of whatever lets someone else come in with an account",
    "people.notices.tell_owner": "the mail about a deed with someone's access",
}
# Nobody with one of these is someone to whom all deeds are open.
STRANGERS = ("stranger", "panel elsewhere", "guide elsewhere", "coordinator elsewhere", "treasurer")
# What one of them may do like everyone at work: write down a new idea, and step aside themselves.
OPEN_TO = {
    "intake.entry.report_for_someone": {"guide elsewhere", "coordinator elsewhere"},
    "initiatives.interest.declare_interest": {
        "panel elsewhere",
        "guide elsewhere",
        "coordinator elsewhere",
        "treasurer",
    },
}


def _modules():
    for room in pkgutil.iter_modules(socialewifi.__path__):
        try:
            actions = importlib.import_module(f"socialewifi.{room.name}.actions")
        except ModuleNotFoundError:
            continue
        yield actions
        for one in pkgutil.iter_modules(getattr(actions, "__path__", [])):
            yield importlib.import_module(f"{actions.__name__}.{one.name}")


def _deeds():
    """Return every public function of the actions that takes who does it."""
    found = {}
    for module in _modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_here = function.__module__ == module.__name__ and not name.startswith("_")
            if is_here and "by" in inspect.signature(function).parameters:
                place = module.__name__.removeprefix("socialewifi.").replace(".actions", "")
                found[f"{place}.{name}"] = function
    return found


FUNCTIONS = _deeds()


def test_every_deed_stands_in_the_table():
    assert set(FUNCTIONS) == set(DEEDS) | set(STEPS), "DEEDS or STEPS of this file"


def test_what_one_does_is_given_by_name():
    by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    loose = {name for name in DEEDS for one in _asked(name) if one.kind not in by_name}

    assert loose == set()


def _asked(name):
    return inspect.signature(FUNCTIONS[name]).parameters.values()


@pytest.fixture
def world(db):
    return World()


def test_nobody_does_what_is_not_theirs_by_calling_the_deed_itself(world):
    done = [
        (name, person, outcome)
        for name in DEEDS
        for person in STRANGERS
        if person not in OPEN_TO.get(name, ()) and (outcome := _outcome(world, name, by=person)) is not NotAllowed
    ]

    assert done == []


def test_whoever_may_is_not_refused(world):
    refused = [name for name, (person, _where) in DEEDS.items() if _outcome(world, name, by=person) is NotAllowed]

    assert refused == []


def _outcome(world, name, *, by):
    """Do it and undo it; return what it was refused with, if it was."""
    given = _Given(world, DEEDS[name][1])
    needed = [one for one in _asked(name) if one.default is one.empty and one.kind is not one.VAR_KEYWORD]
    fields = {one.name: given(name, one.name) for one in needed if one.name not in {"by", "at"}}
    if any(one.kind is one.VAR_KEYWORD for one in _asked(name)):
        fields["name"] = "Anders"
    with transaction.atomic():
        try:
            FUNCTIONS[name](**fields, by=world.people[by], at=timezone.now())
        except DomainError as refusal:
            return type(refusal)
        finally:
            transaction.set_rollback(True)
    return None


class _Given:
    """Something that looks right for every field of every deed, by its name."""

    def __init__(self, world, where):
        self.world, self.where = world, where

    def __call__(self, deed, field):
        own = f"_{field}"
        if hasattr(self, own):
            return getattr(self, own)(deed)
        return WORDS.get(field, "Zo is het.")

    def _initiative(self, _deed):
        return self.world.unclaimed if self.where == "unclaimed" else self.world.rows[self.where]

    def _into(self, _deed):
        return self.world.rows["supporting"]

    def _initiator(self, deed):
        return self._initiative(deed).initiators.get()

    def _assessment(self, _deed):
        return self.world.weighing

    def _seat(self, deed):
        if deed.endswith("object_to_advice"):
            return self.world.written[0]
        if deed.endswith("write_recusal_for"):
            return self.world.seats["called"]
        return self.world.weighing.seats.get(member=self.world.people["panel seated"])

    def _question(self, deed):
        return self.world.question if deed.startswith("assessment") else "Wie kan helpen?"

    def _receiver(self, _deed):
        return self.world.people["colleague"]

    def _members(self, _deed):
        return [self.world.people["panel elsewhere"]]

    def _member(self, _deed):
        return self.world.people["panel elsewhere"]

    def _municipality(self, _deed):
        return self.world.municipality

    def _scores(self, _deed):
        return [Score(Criterion.objects.get(), "yes", "Zo is het.")]

    def _invitation(self, _deed):
        return self.world.rows["exploring"].invitations.get()

    def _story(self, _deed):
        return self.world.rows["supporting"].stories.get()

    def _promise(self, _deed):
        return self.world.rows["supporting"].promises.first()

    def _task(self, deed):
        tasks = self.world.rows["exploring"].tasks
        return (
            tasks.filter(kind=Task.Kind.CALL).first()
            if deed.endswith("note_call")
            else tasks.exclude(kind=Task.Kind.CALL).first()
        )

    def _channel(self, _deed):
        return ChannelFactory()

    def _mail(self, _deed):
        return Message.objects.undeliverable().first()

    def _letters(self, _deed):
        return Message.objects.filter(channel=Message.Channel.LETTER)

    def _agreement(self, _deed):
        return Agreement.objects.get(code="panel-quorum")

    def _agreed(self, _deed):
        return replace(Agreement.objects.get(code="panel-quorum").agreed, value=9, status=Status.FIXED)

    def _user(self, _deed):
        return UserFactory(roles=["guide"], roles__subregion=self.world.here)

    def _session(self, _deed):
        return UserSession.objects.create(
            user=self.world.people["owner"], ip="127.0.0.1", user_agent="", session_key=uuid.uuid4().hex
        )

    def _key(self, _deed):
        return AccessKey.objects.filter(user__account=self.world.people["owner"]).first()

    def _role(self, deed):
        waits = not deed.endswith("end_role")
        return RoleFactory(kind="guide", subregion=self.world.here, waiting=waits)

    def _text(self, _deed):
        return Text.objects.get(code="invitation", language="nl")

    def _who(self, deed):
        return "Roos" if deed.endswith("support") else Who(name="Roos", phone="06 12345678")

    def _kind(self, deed):
        return "treasurer" if deed.endswith("give_role") else SupportKindFactory() if deed.endswith("support") else None


WORDS = {
    "token": uuid.UUID(int=7),
    "told": {"name": "Roos", "phone": "06 12345678", "idea": "Een bankje", "title": "Een bankje"},
    "plan": dict.fromkeys(PLAN_FIELDS, "Zo is het.") | {"amount_asked": None},
    "choice": "do",
    "outcome": "supported",
    "relation": "other",
    "through": "phone",
    "answer": "agree",
    "email": "iemand.anders@voorbeeld.test",
    "agrees": True,
    "reached": True,
    "has_consent": True,
    "based_on": 1,
    "triggers": (),
    "themes": (),
    "target_groups": (),
    "fitting_support": (),
    "neighbourhood": None,
    "before_date": date(2999, 1, 1),
    "due_on": date(2999, 1, 1),
    "last_day": date(2999, 1, 1),
    "starts_on": date(2999, 1, 1),
}
