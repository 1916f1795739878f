"""Who may see and change what was agreed."""

from django.contrib.auth.models import AnonymousUser

from socialewifi.governance.models import Agreement
from socialewifi.people.models import Role, User

READERS = (
    Role.Kind.ADMINISTRATOR,
    Role.Kind.COORDINATOR,
    Role.Kind.REGIONAL_COORDINATOR,
    Role.Kind.STEERING_MEMBER,
)


def can_read_agreements(user: User | AnonymousUser) -> bool:
    """Test if the user may see what is agreed, and what is still open."""
    return user.is_authenticated and user.has_role(*READERS)


def can_change_agreement(user: User | AnonymousUser, agreement: Agreement) -> bool:
    """Test if the user may write down what was decided. Deciding itself happens in the steering group."""
    return can_change_agreements(user) and agreement.retired_at is None


def can_change_agreements(user: User | AnonymousUser) -> bool:
    """Test the same of agreements that hold."""
    return user.is_authenticated and user.has_role(Role.Kind.ADMINISTRATOR)
