"""Who may administer, who confirms what an administrator gave, and what is nobody's but one's own."""

from collections.abc import Collection

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser

from socialewifi.core.models import Event, Message
from socialewifi.people.models import AccessKey, Role, User

CONFIRMERS = (Role.Kind.ADMINISTRATOR, Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR)
# Whoever did one of these with an account can come in as its owner, or chose who that is.
TOUCHED = (
    "people.user.added",
    "people.address.changed",
    "people.second_factor.removed",
    "people.access.withdrawn",
    "people.user.reopened",
)


# By these more than one person vouched for who has this address: they added them, or confirmed a role once.
VOUCHED = ("people.user.added", "people.role.confirmed", "people.role.doubted")


def can_administer(user: User | AnonymousUser) -> bool:
    """Test if the user may manage accounts, roles and texts; this gives no sight of initiatives."""
    return user.is_authenticated and user.has_role(Role.Kind.ADMINISTRATOR)


def administers(user: User | AnonymousUser, _about: object) -> bool:
    """Test the same about one person, role or mail: an administrator administers all of them."""
    return can_administer(user)


def can_send_again(user: User, mail: Message) -> bool:
    """Test if the user may have this mail tried anew: as long as it waits for that."""
    return can_administer(user) and mail.undeliverable_at is not None and mail.withdrawn_at is None


def can_change_address(by: User, user: User) -> bool:
    """
    Test if ``by`` may change the address of this person, invite them or take away their second step.

    The address of someone with an idea of their own is not an administrator's, nor is that of someone nobody added.
    """
    return can_administer(by) and is_administered(user)


def is_administered(user: User) -> bool:
    """Test if an administrator vouches for this person's address, and not this person alone."""
    if not user.email or user.account_id is not None or user.known_as.exists():
        return False
    return (
        user.roles.filter(confirmed_at__isnull=False).exists()
        or Event.objects.about(user).filter(kind__in=VOUCHED).exists()
    )


def can_end_session(by: User, session: UserSession) -> bool:
    return session.user_id in by.identities or can_administer(by)


def can_revoke_key(by: User, key: AccessKey) -> bool:
    """Test if it opens one's own pages; or, to take away access, if the user administers."""
    return key.user_id in by.identities or can_administer(by)


def can_confirm_roles(user: User | AnonymousUser) -> bool:
    """Test if the user is asked to confirm the roles that others give."""
    return user.is_authenticated and user.has_role(*CONFIRMERS)


def is_asked_about(user: User, role: Role) -> bool:
    """Test if the user administers, or coordinates where this role holds."""
    return user.has_role(Role.Kind.ADMINISTRATOR, Role.Kind.REGIONAL_COORDINATOR) or any(
        mine.subregion_id == role.subregion_of_place for mine in user.scopes(Role.Kind.COORDINATOR)
    )


def can_confirm_role(user: User, role: Role) -> bool:
    """
    Test if the user is a second person: not who gave the role or gets it, nor who could come in as its owner.

    Whoever added the account, changed its address, took away its second step or opened it again is not.
    """
    return is_second_person(user, role, touched=touched_by(user, [role.user_id]))


def is_second_person(user: User, role: Role, *, touched: Collection[int]) -> bool:
    """Test the same for many roles at once; ``touched`` are the accounts that this user did something with."""
    return (
        is_asked_about(user, role) and user.pk not in (role.given_by_id, role.user_id) and role.user_id not in touched
    )


def touched_by(user: User, people: Collection[int]) -> set[int]:
    """Return which of these people's accounts the user added, or did something with that lets someone else in."""
    done = Event.objects.filter(subject_type=User._meta.label_lower, subject_id__in=people, kind__in=TOUCHED, by=user)
    return set(done.values_list("subject_id", flat=True))


def can_refuse_role(user: User, role: Role) -> bool:
    """Test if the user may say no: also whoever gave it, but nobody about their own."""
    return is_asked_about(user, role) and user.pk != role.user_id
