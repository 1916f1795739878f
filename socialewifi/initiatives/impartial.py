"""
Who can judge an initiative: nobody to whom it is theirs, or may turn out to be (R5).

What rests in it counts as it: its initiators are helped by the same outcome.
"""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from socialewifi.core import clock
from socialewifi.initiatives.models import Initiative, Initiator, Interest, Invitation
from socialewifi.people.models import User


def impartial(people: QuerySet[User], initiative: Initiative) -> QuerySet[User]:
    """Keep who neither owns it nor has an interest in it, and whose mailbox is not asked whether it is theirs."""
    involved = Interest.objects.filter(_of(initiative), user=OuterRef("pk"))
    owns = Initiator.objects.current().filter(_of(initiative))
    owns = owns.filter(Q(user=OuterRef("pk")) | Q(user__account=OuterRef("pk")))
    return people.exclude(Exists(involved)).exclude(Exists(owns)).exclude(_is_asked(initiative))


def is_impartial(user: User, initiative: Initiative) -> bool:
    """
    Tell whether this person can judge it; as ``impartial``, for one person.

    It is remembered with the initiative as that was read: a deed reads it anew under its lock.
    """
    known: dict[int, bool] = initiative.__dict__.setdefault("impartial", {})
    if user.pk not in known:
        known[user.pk] = impartial(User.objects.filter(pk=user.pk), initiative).exists()
    return known[user.pk]


def who_is_partial(initiatives: Collection[int]) -> dict[int, set[int]]:
    """Return of each of these who cannot judge it, in a few questions: for a list."""
    found: dict[int, set[int]] = defaultdict(set)
    of_these = Q(initiative__in=initiatives) | Q(initiative__joined_into__in=initiatives)
    where = ("initiative", "initiative__joined_into")
    asked: list[tuple[int, int | None, str]] = list(
        Invitation.objects.waiting(clock.now()).filter(of_these).exclude(email="").values_list(*where, "email")
    )
    rows: list[tuple[int, int | None, int | None]] = list(Interest.objects.filter(of_these).values_list(*where, "user"))
    owners = Initiator.objects.current().filter(of_these)
    for one, into, user, account, told_with in owners.values_list(*where, "user", "user__account", "email"):
        rows += [(one, into, user), (one, into, account)]
        asked.append((one, into, told_with))
    accounts = dict(User.objects.filter(email__in={email for _one, _into, email in asked}).values_list("email", "pk"))
    rows += [(one, into, accounts.get(email)) for one, into, email in asked]
    for one, into, person in rows:
        for about in (one, into):
            if person is not None and about is not None:
                found[about].add(person)
    return found


def may_be_theirs(user: User, *initiatives: int) -> bool:
    """Tell whether one of these, or what rests in it, waits for this person's mailbox to say so."""
    return any(
        User.objects.filter(_is_asked(one), pk=user.pk).exists()
        for one in Initiative.objects.filter(pk__in=initiatives).only("pk")
    )


def waiting_claim(user: User, initiative: Initiative) -> Initiator | None:
    """Return as whom it, or what rests in it, waits for this mailbox to say whether it is theirs."""
    return Initiator.objects.unrecognised(user).filter(_of(initiative)).select_related("initiative").first()


def _of(initiative: Initiative) -> Q:
    return Q(initiative=initiative) | Q(initiative__joined_into=initiative)


def _is_asked(initiative: Initiative) -> Q:
    """Match the accounts whose mailbox still has to say whether it is theirs, or whether they take part."""
    told_with = Initiator.objects.current().filter(_of(initiative), email=OuterRef("email"), user__email=None)
    theirs_already = Q(user__account=OuterRef("pk"))
    asked = Invitation.objects.waiting(clock.now()).filter(_of(initiative), email=OuterRef("email"))
    has_mailbox = Q(email__isnull=False)
    return has_mailbox & (Q(Exists(told_with.exclude(theirs_already))) | Q(Exists(asked)))
