"""Taking in an idea for someone: at a counter, on the phone, from paper (R10)."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from socialewifi.core.errors import require
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Channel, Draft, Initiative
from socialewifi.intake.actions.drafts import Answers
from socialewifi.intake.actions.report import Helper, report_initiative
from socialewifi.people.models import User


@transaction.atomic
def report_for_someone(
    *,
    token: uuid.UUID,
    told: Mapping[str, Any],
    channel: Channel,
    reason: str,
    has_consent: bool,
    by: User,
    at: datetime,
) -> Initiative:
    """
    Report what someone told to this guide or coordinator. The same form gives the same initiative (R7).

    :raises ConsentMissing: if the resident did not agree
    """
    require(rules.can_enter_reports(by))
    answers = Answers(told)
    draft, _is_new = Draft.objects.get_or_create(pk=token, defaults={"created_at": at, "updated_at": at})
    return report_initiative(
        plan=answers.plan(),
        who=answers.who(),
        where=answers.where(),
        channel=channel,
        draft=draft,
        helper=Helper(by, reason, has_consent),
        at=at,
    )
