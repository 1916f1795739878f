"""
What is kept encrypted under SECRET_KEY, and how the database knows that it is the key it was made with.

A copy of the database gives away nothing of it. A database that is restored needs its key: without it no second step
and no code on paper works, so the platform does not start (docs/operations.md).
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings

WORDS = "Sociale WIFI"
ANOTHER_KEY = (
    "SECRET_KEY is not the one this database was made with: give that one, also as SECRET_KEY_FALLBACKS; "
    "if it is lost, run manage.py renew_key --lost."
)


def encrypt(text: str) -> str:
    return _vault().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """
    Return what was encrypted under the present key or a former one that is still trusted.

    :raises InvalidToken: if it was another key
    """
    return _vault().decrypt(encrypted.encode()).decode()


def encrypt_again(encrypted: str) -> str:
    """
    Return the same, encrypted under the present key.

    :raises InvalidToken: if neither the present key nor a former one opens it
    """
    return _vault().rotate(encrypted.encode()).decode()


def can_read(encrypted: str) -> bool:
    try:
        decrypt(encrypted)
    except InvalidToken:
        return False
    return True


def is_the_key_of_this_database() -> bool:
    """Tell whether this process has the key the database was made with; the first that asks seals it."""
    seal, _is_new = apps.get_model("core.Seal").objects.get_or_create(pk=1, defaults={"sealed": encrypt(WORDS)})
    return can_read(seal.sealed)


def seal_again() -> None:
    """Let the present key be the key of this database; whoever calls this saw to what the former one opened."""
    apps.get_model("core.Seal").objects.update_or_create(pk=1, defaults={"sealed": encrypt(WORDS)})


def _vault() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"socialewifi.core.vault:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
