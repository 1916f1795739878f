"""Whoever changes what someone may do, or how they come in, holds that person first."""

from socialewifi.people.models import User


def lock_person(user: User) -> User:
    """Return this person as they are now, held until the deed is done; what they do themselves meanwhile goes on."""
    return User.objects.select_for_update(of=["self"], no_key=True).get(pk=user.pk)
