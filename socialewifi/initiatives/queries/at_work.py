"""One initiative at work, with what decides who may do what with it."""

from django.db.models import Prefetch

from socialewifi.initiatives.models import (
    Deadline,
    Handover,
    Initiative,
    InitiativeQuerySet,
    Initiator,
    JoinProposal,
)
from socialewifi.people.models import User


def initiative_for_deed(user: User, key: str) -> Initiative | None:
    """Return the initiative with what decides which deeds are offered, if this person may see it."""
    return with_what_rules_need(shown_at_work(user).filter(key=key)).first()


def with_what_rules_need(initiatives: InitiativeQuerySet) -> InitiativeQuerySet:
    """Fetch who stepped aside, owners, pauses, terms, handovers and questions to go on together as well."""
    waiting = JoinProposal.objects.waiting()
    # Where a handover or such a question goes on, its people are looked up then: mostly there is none.
    return initiatives.prefetch_related(
        "interests",
        "pauses",
        Prefetch("initiators", Initiator.objects.order_by("joined_at", "pk")),
        Prefetch("deadlines", Deadline.objects.order_by("due_on", "pk")),
        Prefetch("handovers", Handover.objects.running()),
        Prefetch("join_proposals", waiting),
        Prefetch("joins_asked", waiting),
    )


def shown_at_work(user: User) -> InitiativeQuerySet:
    """Keep what this person sees, with what every page about it names."""
    return Initiative.objects.visible_to(user).select_related(
        "municipality__subregion",
        "neighbourhood",
        "kind",
        "channel",
        "contact_person__organisation",
        "exploration",
    )
