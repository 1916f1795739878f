"""Choosing a password, as whoever still has the account at that moment."""

from django.db import transaction
from django.utils.translation import gettext as _

from socialewifi.core.errors import DomainError, require
from socialewifi.people.actions.locking import lock_person
from socialewifi.people.models import User


class AccessEnded(DomainError):
    """Raised when the account was closed, moved or opened anew while someone was choosing a password for it."""

    def __init__(self) -> None:
        super().__init__(_("Dit account is net veranderd. Je nieuwe wachtwoord is niet bewaard."))


@transaction.atomic
def choose_password(*, user: User, password: str) -> None:
    """
    Set the password of the account ``user``, as it was read before; nothing else of it is written.

    :raises AccessEnded: if what opened the account then no longer does
    """
    require(user.is_account)
    now = lock_person(user)
    if not now.is_active or (now.password, now.email) != (user.password, user.email):
        raise AccessEnded
    user.set_password(password)
    user.save(update_fields=["password"])
