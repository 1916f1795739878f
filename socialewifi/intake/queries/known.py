"""What is known of whoever is signed in and tells another idea: nobody types their own name and number twice."""

from django.contrib.auth.models import AnonymousUser

from socialewifi.initiatives.models import Initiator
from socialewifi.people.models import User


def known_of(user: User | AnonymousUser) -> dict[str, str]:
    """
    Return how an account is reached, as its last idea says; nothing of who is in with a link or a code (R14).

    The e-mail address is that of the account itself: with another one the idea would stand by itself.
    """
    if not isinstance(user, User) or not user.is_account:
        return {}
    known = {"name": user.name, "phone": user.phone, "email": user.email or "", "language": user.language}
    last = Initiator.objects.of(user).order_by("joined_at", "pk").last()
    if last is not None:
        names = ("name", "phone", "address", "preferred_channel", "preferred_times", "language")
        known |= {name: getattr(last, name) for name in names if getattr(last, name)}
    return known
