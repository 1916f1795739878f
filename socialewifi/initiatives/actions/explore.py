"""Step 2: what was found out together, and which words of the region fit (000 §2.10)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from socialewifi.core import events
from socialewifi.core.errors import require
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Exploration, Initiative, Kind, SupportKind, TargetGroup, Theme
from socialewifi.people.models import User


@transaction.atomic
def record_exploration(
    *,
    initiative: Initiative,
    what_it_is: str,
    question: str,
    asked_where: str,
    what_exists: str,
    fitting_support: Iterable[SupportKind],
    fitting_support_words: str,
    by: User,
    at: datetime,
) -> Exploration:
    """Write down what was found out so far; it may be filled in bit by bit, and the initiators read it."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_explore(by, initiative))
    exploration, _created = Exploration.objects.update_or_create(
        initiative=initiative,
        defaults={
            "what_it_is": what_it_is,
            "question": question,
            "asked_where": asked_where,
            "what_exists": what_exists,
            "fitting_support_words": fitting_support_words,
            "updated_at": at,
            "updated_by": by,
        },
    )
    exploration.fitting_support.set(fitting_support)
    events.record("initiatives.exploration.recorded", on=initiative, by=by, at=at, name=by.name)
    return exploration


@transaction.atomic
def classify_initiative(
    *,
    initiative: Initiative,
    kind: Kind | None,
    themes: Iterable[Theme],
    target_groups: Iterable[TargetGroup],
    by: User,
    at: datetime,
) -> Initiative:
    """Say which kind it is, what it is about and who it is for."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative))
    initiative.kind = kind
    initiative.save(update_fields=["kind"])
    initiative.themes.set(themes)
    initiative.target_groups.set(target_groups)
    events.record("initiatives.initiative.classified", on=initiative, by=by, at=at, name=by.name)
    return initiative
