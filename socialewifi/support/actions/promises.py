"""Step 4: help as small promises, each by someone and before some day (000 §2.10)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require, require_not_over
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative, SupportKind, SupportPromise
from socialewifi.people.models import User


class PromiseClosed(DomainError):
    """Raised when a promise of help is answered for that was kept or dropped before."""


@transaction.atomic
def promise_support(
    *, initiative: Initiative, kind: SupportKind, what: str, who: str, before_date: date, by: User, at: datetime
) -> SupportPromise:
    """
    Write down who does what before when, to help the initiators on.

    :raises DayIsOver: if it would be due in the past
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_support(by, initiative))
    require_not_over(before_date, at=at, field="before_date")
    promise = SupportPromise.objects.create(
        initiative=initiative, kind=kind, what=what, who=who, before_date=before_date, made_at=at, made_by=by
    )
    events.record("initiatives.support.promised", on=initiative, by=by, at=at, who=who, what=what)
    return promise


@transaction.atomic
def keep_promise(*, promise: SupportPromise, by: User, at: datetime) -> SupportPromise:
    """
    Note that the help came.

    :raises PromiseClosed: if it was kept or dropped before
    """
    initiative, promise = _open_promise(promise)
    require(rules.can_work_on(by, initiative))
    promise.kept_at = at
    promise.save(update_fields=["kept_at"])
    events.record("initiatives.support.kept", on=initiative, by=by, at=at, who=promise.who, what=promise.what)
    return promise


@transaction.atomic
def drop_promise(*, promise: SupportPromise, because: str, by: User, at: datetime) -> SupportPromise:
    """
    Note that the help does not come, and why; the initiators read it.

    :raises PromiseClosed: if it was kept or dropped before
    """
    initiative, promise = _open_promise(promise)
    require(rules.can_work_on(by, initiative))
    promise.dropped_at, promise.dropped_because = at, because
    promise.save(update_fields=["dropped_at", "dropped_because"])
    events.record(
        "initiatives.support.dropped", on=initiative, by=by, at=at, who=promise.who, what=promise.what, because=because
    )
    return promise


def _open_promise(promise: SupportPromise) -> tuple[Initiative, SupportPromise]:
    initiative = Initiative.objects.locked(promise.initiative_id)
    promise = initiative.promises.select_for_update().get(pk=promise.pk)
    if not promise.is_open:
        raise PromiseClosed(_("Over deze hulp is al iets ingevuld."))
    return initiative, promise
