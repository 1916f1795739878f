"""Residents are people the platform knows by what they told, with or without e-mail (R10)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from socialewifi.people.models import User


@transaction.atomic
def know_resident(*, name: str, email: str, phone: str, language: str, at: datetime) -> User:
    """
    Return the person with this e-mail address, or make one; who has no e-mail is someone new.

    Nothing of a person known before is overwritten: whoever typed the address need not be its owner.
    """
    known = User.objects.filter(email__iexact=email).first() if email else None
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return User.objects.create_user(
                email=email or None, name=name, phone=phone, language=language, joined_at=at
            )
    except IntegrityError:
        # Someone told another idea with this address at the same moment.
        return User.objects.get(email__iexact=email)
