"""
Reminding whoever let a term pass: first the contact, and two working days later the coordinator, each once.

What only a coordinator can meet is theirs at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from socialewifi.core.dates import date_in_words
from socialewifi.core.workdays import add_workdays, is_workday
from socialewifi.initiatives.actions.inform import tell_colleague
from socialewifi.initiatives.models import WORKERS, Deadline, Initiative
from socialewifi.people.models import Role, User

WORKDAYS_UNTIL_THE_COORDINATOR = 2


@transaction.atomic
def remind(*, day: date, at: datetime) -> int:
    """
    Put a line in the next digest of whoever a passed term waits for, and return how many lines.

    Everything overdue is looked at, however long the worker was down; on days off nobody is reminded. A term that
    someone else is reminding about at this moment is left to them.
    """
    if not is_workday(day):
        return 0
    at_work = AtWork.on(day)
    return sum(_remind(deadline, at_work, day=day, at=at) for deadline in _overdue(day))


@dataclass(frozen=True)
class AtWork:
    """Who works where that day."""

    roles: list[Role]

    @classmethod
    def on(cls, day: date) -> "AtWork":
        kinds = [*WORKERS, Role.Kind.REGIONAL_COORDINATOR]
        roles = Role.objects.current(day).filter(kind__in=kinds, user__is_active=True)
        return cls(list(roles.select_related("user").order_by("user__name", "pk")))

    def guides_of(self, initiative: Initiative) -> list[User]:
        """Return the contact; all guides there when it has none, and whoever coordinates when there are none."""
        there = self._there(initiative, *WORKERS) + self._of(Role.Kind.REGIONAL_COORDINATOR)
        contact = [user for user in there if user.pk == initiative.contact_person_id][:1]
        guides = self._there(initiative, Role.Kind.GUIDE) if initiative.municipality_id else []
        return contact or _uninvolved(guides, initiative) or self.coordinators_of(initiative)

    def coordinators_of(self, initiative: Initiative) -> list[User]:
        """Return the coordinators there; those of the whole region when there are none, or when it has no place."""
        there = self._there(initiative, Role.Kind.COORDINATOR) if initiative.municipality_id else []
        regional = self._of(Role.Kind.REGIONAL_COORDINATOR) or self._of(Role.Kind.COORDINATOR)
        return _uninvolved(there, initiative) or _uninvolved(regional, initiative)

    def _there(self, initiative: Initiative, *kinds: str) -> list[User]:
        place = initiative.municipality
        return [
            role.user
            for role in self.roles
            if role.kind in kinds and (place is None or role.subregion_id == place.subregion_id)
        ]

    def _of(self, kind: str) -> list[User]:
        return [role.user for role in self.roles if role.kind == kind]


def _overdue(day: date) -> Iterable[Deadline]:
    return (
        Deadline.objects.overdue(day)
        .filter(coordinator_reminded_at=None)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("initiative__municipality", "initiative__contact_person", "initiative__exploration")
        .prefetch_related("initiative__interests")
        .order_by("due_on", "pk")
    )


def _remind(deadline: Deadline, at_work: AtWork, *, day: date, at: datetime) -> int:
    """Take the next step in reminding of this term, if it is time for it."""
    initiative = deadline.initiative
    if deadline.guide_reminded_at is None and not _is_for_coordinators(deadline):
        return _tell(deadline, at_work.guides_of(initiative), "guide_reminded_at", at=at)
    told_on = timezone.localdate(deadline.guide_reminded_at) if deadline.guide_reminded_at else None
    if told_on is not None and add_workdays(told_on, WORKDAYS_UNTIL_THE_COORDINATOR) > day:
        return 0
    return _tell(deadline, at_work.coordinators_of(initiative), "coordinator_reminded_at", at=at)


def _is_for_coordinators(deadline: Deadline) -> bool:
    """Tell whether only a coordinator can meet it: an outcome, or beginning to weigh what was explored wholly."""
    if deadline.kind == Deadline.Kind.EXPLORATION:
        explored = getattr(deadline.initiative, "exploration", None)
        return explored is not None and explored.is_complete
    return deadline.kind == Deadline.Kind.ASSESSMENT


def _tell(deadline: Deadline, users: list[User], mark: str, *, at: datetime) -> int:
    """Tell each of them, and remember that they were; while there is nobody to tell, it stays to be told."""
    told = {user.pk: user for user in users}
    if not told:
        return 0
    setattr(deadline, mark, at)
    deadline.save(update_fields=[mark])
    for user in told.values():
        with translation.override(user.language):
            words = _words(deadline, user)
        tell_colleague(user=user, initiative=deadline.initiative, words=words, at=at)
    return len(told)


def _words(deadline: Deadline, user: User) -> str:
    contact = deadline.initiative.contact_person
    known = {
        "title": deadline.initiative.title,
        "what": deadline.get_kind_display(),
        "day": date_in_words(deadline.due_on, "l j F"),
        "contact": contact,
    }
    if contact is None:
        return _("‘%(title)s’ heeft nog geen contactpersoon. Het eerste contact was beloofd voor %(day)s.") % known
    if deadline.kind == Deadline.Kind.EXPLORATION and _is_for_coordinators(deadline):
        return _("‘%(title)s’ is verkend. Begin met wegen: de verkenning was beloofd voor %(day)s.") % known
    if contact.pk == user.pk:
        return _("‘%(title)s’ wacht op jou. %(what)s: dat was voor %(day)s.") % known
    return _("‘%(title)s’ wacht, bij %(contact)s. %(what)s: dat was voor %(day)s.") % known


def _uninvolved(users: list[User], initiative: Initiative) -> list[User]:
    """Leave out who steps aside (R5)."""
    involved = {interest.user_id for interest in initiative.interests.all()}
    return [user for user in users if user.pk not in involved]
