"""What ``manage.py check --deploy`` asks beside Django's own questions."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.utils import timezone

from socialewifi.core import grants, vault
from socialewifi.core.database import invents_moments


@checks.register(checks.Tags.security, deploy=True)
def check_addresses(**_: Any) -> list[checks.CheckMessage]:
    """Refuse what would send residents links that do not work, or finders of a leak nowhere."""
    found: list[checks.CheckMessage] = []
    if not settings.BASE_URL.startswith("https://"):
        found.append(checks.Warning("BASE_URL does not start with https://.", id="core.W001"))
    if not settings.SECURITY_CONTACT.startswith(("mailto:", "https://")):
        found.append(checks.Warning("SECURITY_CONTACT must be a mailto: or https:// address.", id="core.W002"))
    if timezone.localdate() >= settings.SECURITY_EXPIRES:
        found.append(checks.Warning("SECURITY_EXPIRES has passed: security.txt is no longer valid.", id="core.W003"))
    return found


@checks.register(checks.Tags.security, deploy=True)
def check_database(**_: Any) -> list[checks.CheckMessage]:
    """Warn when web and worker could alter what must stay. The platform's own PostgreSQL has no other role for them."""
    if connection.settings_dict["ENGINE"] == "socialewifi.config.embedded":
        return []
    try:
        is_owner, is_invented = grants.owns_the_tables(), invents_moments()
    except DatabaseError as refused:
        hint = f"{type(refused).__name__}: ask again once it answers, with a password that fits."
        return [checks.Warning("The database could not be asked.", hint, id="core.W006")]
    found: list[checks.CheckMessage] = []
    if is_owner:
        hint = "Let web and worker use a role that owns nothing: docs/operations.md."
        found.append(
            checks.Warning("The role in DATABASE_URL owns the tables, or is a superuser.", hint, id="core.W004")
        )
    if not vault.is_the_key_of_this_database():
        found.append(checks.Warning(vault.ANOTHER_KEY, id="core.W007"))
    if is_invented:
        found.append(checks.Warning("The database takes any moment for now, as a demo's does.", id="core.W005"))
    return found
