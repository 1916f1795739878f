"""What the deeds of the administration are about: someone, a role, a mail, a text, or reading along."""

from dataclasses import replace
from uuid import UUID

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from socialewifi.core import events, texts
from socialewifi.core.deeds import Subject, untold
from socialewifi.core.models import Event, Message, Text
from socialewifi.people import rules
from socialewifi.people.actions.locking import lock_person
from socialewifi.people.actions.roles import hold_role
from socialewifi.people.models import Role, User
from socialewifi.people.signed_in import only

PLACES = ("subregion", "municipality", "neighbourhood__municipality")


def _person(_user: User, public_id: UUID) -> User | None:
    return User.objects.filter(public_id=public_id).first()


def _role(_user: User, pk: int) -> Role | None:
    return Role.objects.select_related("user", *PLACES).filter(pk=pk).first()


def _role_asked_about(user: User, pk: int) -> Role | None:
    """Return a role that this person is asked to confirm."""
    role = _role(user, pk)
    return role if role is not None and rules.is_asked_about(user, role) else None


def _mail(_user: User, pk: int) -> Message | None:
    return Message.objects.filter(channel=Message.Channel.EMAIL, pk=pk).first()


def _text(_user: User, code: str, language: str) -> Text | None:
    return Text.objects.filter(code__in=texts.KINDS, code=code, language=language).first()


def _latest(_user: User, about: Model) -> str:
    return events.latest_of(Event.objects.about(about).filter(kind__startswith="people."))


def _latest_of_roles(_user: User, role: Role) -> str:
    return events.latest_of(Event.objects.about(role.user).filter(kind__startswith="people.role."))


def page_of(someone: User) -> str:
    return reverse("person", args=[someone.public_id])


ADMINISTRATORS = only(rules.can_administer)
PERSON = Subject(
    name="user",
    find=_person,
    title=lambda _user, someone: someone.name,
    home=lambda _user, public_id: reverse("person", args=[public_id]),
    prefix="person",
    lock=lock_person,
    latest=_latest,
    guard=ADMINISTRATORS,
)
ROLE_TO_GIVE = replace(PERSON, prefix="role")
ROLE = Subject(
    name="role",
    find=_role,
    title=lambda _user, role: role.user.name,
    home=lambda _user, pk: page_of(get_object_or_404(User, roles=pk)),
    prefix="role",
    latest=_latest_of_roles,
    guard=ADMINISTRATORS,
)
WAITING_ROLE = Subject(
    name="role",
    find=_role_asked_about,
    title=lambda _user, _role: _("Rollen die wachten"),
    home=lambda _user, **_row: reverse("role-list"),
    prefix="role",
    lock=hold_role,
    latest=_latest_of_roles,
    guard=only(rules.can_confirm_roles),
)
MAIL = Subject(
    name="mail",
    find=_mail,
    title=lambda _user, _mail: _("Mail die niet aankwam"),
    home=lambda _user, **_row: reverse("mail-list"),
    prefix="mail",
    latest=_latest,
    guard=ADMINISTRATORS,
)
TEXT = Subject(
    name="text",
    find=_text,
    title=lambda _user, _text: _("Teksten"),
    home=lambda _user, **_row: reverse("text-list"),
    prefix="text",
    lock=lambda text: Text.objects.select_for_update().get(pk=text.pk),
    latest=_latest,
    guard=ADMINISTRATORS,
)
# About nobody yet, or about nobody but oneself.
PEOPLE = Subject(
    name="",
    find=lambda user: user,
    title=lambda _user, _about: _("Mensen en rollen"),
    home=lambda _user: reverse("people-list"),
    prefix="person",
    latest=untold,
    guard=ADMINISTRATORS,
)
READING = replace(
    PEOPLE,
    title=lambda _user, _about: _("Beheer"),
    home=lambda _user: reverse("admin-home"),
    prefix="reading",
)
