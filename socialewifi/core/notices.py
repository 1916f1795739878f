"""The one way to tell someone something that can wait: a line in their next daily digest (R12)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation

from socialewifi.core.models import Notice
from socialewifi.core.redaction import without_contact_details, without_links

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

# A page: the name of its address, and what stands in it.
Page = tuple[Any, ...]


def address_of(page: Page) -> str:
    """Return where this page is."""
    name, *parts = page
    return reverse(name, args=parts)


def tell(user: "AbstractBaseUser", words: str, *, to: Page, at: datetime) -> Notice:
    """Put a line in someone's next digest with the way ``to`` its page; a number or address never goes along."""
    with translation.override(user.language):  # type: ignore[attr-defined]
        words = without_links(without_contact_details(words))
    return Notice.objects.create(user_id=user.pk, words=words, path=address_of(to), created_at=at)
