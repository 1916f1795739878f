"""Reading about people and access."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from socialewifi.people.actions.keys import digests
from socialewifi.people.models import AccessKey


def link_address(token: str, *, then: str = "") -> str:
    """Return the address for in a mail that this token belongs to; ``then`` is the page it leads to."""
    query = f"?{urlencode({'next': then})}" if then else ""
    return f"{settings.BASE_URL}{reverse('key-open', args=[token])}{query}"


def find_key(kind: str, typed: str) -> AccessKey | None:
    """Return the key with this token or code, also when it no longer opens anything."""
    return AccessKey.objects.select_related("user").filter(digest__in=digests(kind, typed)).first()
