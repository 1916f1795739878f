"""Which organisations let their people in with their own account, by OpenID Connect."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

NEEDED = {"id", "name", "server_url", "client_id", "secret", "domains"}
ALLOWED = NEEDED | {"second_factor"}


@dataclass(frozen=True)
class Organisation:
    """
    One organisation's own sign-in.

    It is believed about e-mail addresses of its ``domains`` only. ``second_factor`` says that it asks one itself.
    """

    id: str
    name: str
    server_url: str
    client_id: str
    secret: str
    domains: tuple[str, ...]
    second_factor: bool = False


def organisations(text: str) -> list[Organisation]:
    """
    Read the JSON list of organisations; an empty text is none.

    :raises ImproperlyConfigured: if it cannot be used, in one line that never shows a secret
    """
    if not text:
        return []
    try:
        found = json.loads(text)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"OPENID_CONNECT is not valid JSON: {wrong}") from None
    if not isinstance(found, list):
        raise ImproperlyConfigured("OPENID_CONNECT must be a list of organisations.")
    return [_organisation(number, entry) for number, entry in enumerate(found, start=1)]


def providers(found: list[Organisation]) -> dict[str, Any]:
    """Return allauth's settings for these organisations."""
    apps = [
        {
            "provider_id": one.id,
            "name": one.name,
            "client_id": one.client_id,
            "secret": one.secret,
            "settings": {
                "server_url": one.server_url,
                "verified_email": list(one.domains),
                "oauth_pkce_enabled": True,
            },
        }
        for one in found
    ]
    return {"openid_connect": {"APPS": apps}} if apps else {}


def _organisation(number: int, entry: Any) -> Organisation:
    if not isinstance(entry, dict):
        raise ImproperlyConfigured(f"OPENID_CONNECT: organisation {number} is not an object.")
    missing, unknown = NEEDED - set(entry), set(entry) - ALLOWED
    if missing or unknown:
        words = [f"misses {', '.join(sorted(missing))}"] if missing else []
        words += [f"has unknown {', '.join(sorted(unknown))}"] if unknown else []
        raise ImproperlyConfigured(f"OPENID_CONNECT: organisation {number} {' and '.join(words)}.")
    domains = entry["domains"]
    if not isinstance(domains, list) or not domains or not all(isinstance(domain, str) for domain in domains):
        raise ImproperlyConfigured(f"OPENID_CONNECT: the domains of organisation {number} must be a list of names.")
    return Organisation(**{**entry, "domains": tuple(domain.lower() for domain in domains)})
