"""The daily digest: everything that can wait, in one mail a day at most (R12)."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from socialewifi.core.actions import send_mail
from socialewifi.core.models import Message, Notice
from socialewifi.core.signals import mailbox_wanted, page_closed

CODE = "digest"


@transaction.atomic
def send_digests(*, at: datetime) -> int:
    """
    Mail everyone what they were not told yet and may still read, and return how many mails were written.

    A line about a page that someone may not open now waits: of a role that ended, or that waits for a second person.
    """
    day = timezone.localdate(at)
    told_today = Message.objects.filter(kind=CODE, created_at__date=day).values("recipient")
    waiting = (
        Notice.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(message=None, user__is_active=True)
        .exclude(user__in=told_today)
        .select_related("user")
        .order_by("user", "created_at", "pk")
    )
    by_user: dict[int, list[Notice]] = {}
    for notice in waiting:
        by_user.setdefault(notice.user_id, []).append(notice)
    return sum(_send(notices, at=at) for notices in by_user.values())


def _send(notices: list[Notice], *, at: datetime) -> bool:
    """Mail these lines in one digest; tell whether there was an address to mail them to."""
    user = notices[0].user
    notices = [notice for notice in notices if _may_read(user, notice.path)]
    if not notices:
        return False
    email = user.email or next((found for _receiver, found in mailbox_wanted.send(type(user), user=user) if found), "")
    if not email:
        return False
    # The same words about the same page are told once.
    lines = dict.fromkeys(f"- {notice.words} {settings.BASE_URL}{notice.path}" for notice in notices)
    message = send_mail(
        code=CODE,
        name=user.get_full_name(),
        email=email,
        language=user.language,
        at=at,
        recipient_id=user.pk,
        lines="\n".join(lines),
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(message=message)
    return True


def _may_read(user: AbstractBaseUser, path: str) -> bool:
    try:
        page = resolve(path)
    except Resolver404:
        return True
    return not any(closed for _receiver, closed in page_closed.send(type(user), user=user, page=page))
