"""Who may administer."""

from django.contrib.auth.models import AnonymousUser

from socialewifi.people.models import Role, User


def can_administer(user: User | AnonymousUser) -> bool:
    """Test if the user may manage accounts, roles and texts; this gives no sight of initiatives."""
    return user.is_authenticated and user.has_role(Role.Kind.ADMINISTRATOR)
