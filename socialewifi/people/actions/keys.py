"""
Links and letter codes: what opens one idea for the resident who told it (R14). Only their fingerprints are kept.

They are made for a resident as known by one idea, never for an account: the database refuses that too.
"""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.people import rules, signals
from socialewifi.people.models import AccessKey, User

# Signs that look alike on paper are one sign to us; the ones that no code has are read as what they resemble.
LOOK_ALIKES = str.maketrans("ZSBGVDO01IL", "2586UQQQ777")


class KeyDoesNotOpen(DomainError):
    """Raised when a link or code is unknown, expired or revoked. ``key`` is set when we know whose it was."""

    def __init__(self, key: AccessKey | None = None) -> None:
        self.key = key
        super().__init__(
            _("Deze code werkt niet meer. Vraag een nieuwe aan: bel ons.")
            if key
            else _("Deze code kennen we niet. Kijk nog een keer goed wat er staat."),
            field="code",
        )


class AccountClosed(DomainError):
    """Raised when a key would be made for an idea of someone whose account was closed."""


class OpensAccount(DomainError):
    """Raised when a key would open an account: that opens from its own mailbox only (R14)."""


def issue_link(*, user: User, sent_to: str, by: User | None, at: datetime, days: int) -> str:
    """
    Make a link for a mail to this address; ``people.queries.link_address`` turns its token into an address.

    :raises OpensAccount: if it would open more than one idea
    """
    token = secrets.token_urlsafe(32)
    _issue(AccessKey.Kind.LINK, token, user=user, sent_to=sent_to, by=by, at=at, days=days)
    return token


def issue_letter_code(*, user: User, by: User | None, at: datetime, days: int) -> str:
    """
    Make a short code to print on a letter, and return it.

    :raises OpensAccount: if it would open more than one idea
    """
    code = AccessKey.new_code()
    _issue(AccessKey.Kind.LETTER, code, user=user, by=by, at=at, days=days)
    return code


@transaction.atomic
def open_with_key(*, kind: str, typed: str, at: datetime) -> User:
    """
    Return whose pages this link or code opens, and note that it was used.

    :raises KeyDoesNotOpen: if it is unknown, expired or revoked, or its owner's account is closed
    """
    key = AccessKey.objects.select_for_update(of=["self"]).filter(digest__in=digests(kind, typed)).first()
    if key is None or not key.is_usable(at) or not is_let_in(key.user) or key.user.is_account:
        raise KeyDoesNotOpen(key)
    key.last_used_at = at
    key.save(update_fields=["last_used_at"])
    events.record("people.key.used", on=key.user, by=key.user, at=at, what=key.kind)
    return key.user


def is_let_in(user: User) -> bool:
    """Tell whether this person, and the account their idea belongs to, was not closed."""
    return user.is_active and (user.account is None or user.account.is_active)


@transaction.atomic
def revoke_key(*, key: AccessKey, by: User | None, at: datetime) -> None:
    """Make the link or code worthless from now on; doing it twice changes nothing."""
    key = AccessKey.objects.select_for_update(of=["self"]).select_related("user").get(pk=key.pk)
    require(by is None or rules.can_revoke_key(by, key))
    _revoke(key, by=by, at=at)
    if key.kind == AccessKey.Kind.LETTER:
        # A letter that waits with it is written again.
        signals.access_ended.send(User, user=key.user, by=by, at=at)


@transaction.atomic
def revoke_keys(*, user: User, by: User | None, at: datetime, kind: str = "") -> None:
    """Make every link and code of this person worthless, or those of one kind; the deed asked whether it may."""
    found = user.access_keys.filter(kind=kind) if kind else user.access_keys
    for key in found.usable(at).select_for_update(of=["self"]).select_related("user").order_by("pk"):
        _revoke(key, by=by, at=at)


def digests(kind: str, typed: str) -> list[str]:
    """Return the fingerprints of what was typed, one for each secret that is still trusted."""
    text = typed.strip() if kind == AccessKey.Kind.LINK else _as_printed(typed)
    secrets_ = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hmac.new(secret.encode(), f"{kind}:{text}".encode(), hashlib.sha256).hexdigest() for secret in secrets_]


def _as_printed(typed: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", typed.upper()).translate(LOOK_ALIKES)


def _revoke(key: AccessKey, *, by: User | None, at: datetime) -> None:
    if key.revoked_at is None:
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
        events.record("people.key.revoked", on=key.user, by=by, at=at, what=key.kind)


@transaction.atomic
def _issue(kind: str, secret: str, *, user: User, by: User | None, at: datetime, days: int, sent_to: str = "") -> None:
    if user.is_account:
        raise OpensAccount(_("Een link of code opent nooit een account."))
    if not is_let_in(user):
        raise AccountClosed(_("Dit account is gesloten."))
    key = AccessKey.objects.create(
        user=user,
        kind=kind,
        sent_to=sent_to,
        digest=digests(kind, secret)[0],
        created_at=at,
        created_by=by,
        expires_at=at + timedelta(days=days),
    )
    until = timezone.localdate(key.expires_at)
    events.record("people.key.issued", on=user, by=by, at=at, what=kind, until=until)
