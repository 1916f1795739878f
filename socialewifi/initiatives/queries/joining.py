"""The question to go on with another initiative: what is asked, who answered, and since when they go on as one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max, Q
from django.utils import translation
from django.utils.translation import gettext as _

from socialewifi.core import clock
from socialewifi.core.redaction import name_for_mail, without_a_trace, without_contact_details
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative, Initiator, Interest, JoinProposal, Task
from socialewifi.initiatives.models.joining import WAITING
from socialewifi.people.models import User


@dataclass(frozen=True)
class Joining:
    """A question that waits, as one of the two sides sees it; of the other side only the name of the idea."""

    proposal: JoinProposal
    other: Initiative
    # Who of this side said yes, and who still has to say something.
    agreed: list[Initiator]
    waiting: list[Initiator]
    # Who stepped aside from the other idea reads nothing of it, also not how it is called (R5).
    hides_other: bool = False

    @property
    def other_title(self) -> str:
        return _("een ander idee") if self.hides_other else self.other.title_for_all

    @property
    def title_of_both(self) -> str:
        """Return under which name they would go on."""
        into = self.proposal.into
        return self.other_title if into == self.other else into.title_for_all


def joining_of(initiative: Initiative, *, reader: User | None = None) -> Joining | None:
    """Return the question that waits, with the answers of this side; at work as ``reader`` may read it."""
    proposal = rules.waiting_join(initiative)
    if proposal is None:
        return None
    said = set(proposal.answers.filter(agrees=True).values_list("initiator_id", flat=True))
    owners = [one for one in initiative.initiators.all() if one.left_at is None]
    return Joining(
        proposal=proposal,
        other=proposal.other_than(initiative),
        agreed=[one for one in owners if one.pk in said],
        waiting=[one for one in owners if one.pk not in said],
        hides_other=reader is not None and rules.has_interest(reader, proposal.other_than(initiative)),
    )


def stepped_aside_beside(user: User, initiative: Initiative) -> bool:
    """Tell whether this person stepped aside from an idea with which this one was ever asked to go on (R5)."""
    aside = Interest.objects.filter(user=user).values("initiative")
    asked = JoinProposal.objects.about(initiative)
    return asked.filter(Q(initiative__in=aside) | Q(into__in=aside)).exists()


def titles_out_of_sight(user: User, *, beside: Initiative | None = None) -> list[str]:
    """
    Return how the ideas are called from which this person stepped aside, the longest first (R5).

    With ``beside``, none if this one was never asked to go on with any of them: then it names none.
    """
    if beside is not None and not stepped_aside_beside(user, beside):
        return []
    aside = Initiative.objects.filter(interests__user=user)
    # What was written before names it as it was called then.
    called = {*aside.values_list("title", flat=True), *aside.values_list("plan_versions__title", flat=True)}
    told = set(filter(None, called))
    # Cleaned once for everyone, and once more for a mail or a letter.
    for _time in range(2):
        for language, _label in settings.LANGUAGES:
            # A letter or a call was written in the language of whom it is for.
            with translation.override(language):
                told |= {clean(title) for title in told for clean in (without_contact_details, name_for_mail)}
        told |= {without_a_trace(title) for title in told}
    return sorted((title for title in told if title), key=len, reverse=True)


def without_titles(words: str, titles: Collection[str]) -> str:
    """Put something else in place of these titles."""
    for title in titles:
        words = words.replace(title, str(_("een ander idee")))
    return words


def tasks_without_titles(tasks: Iterable[Task], titles: Collection[str]) -> list[Task]:
    """Return these tasks, only to look at, as someone reads them who may not know these titles."""
    found = list(tasks)
    for task in found if titles else ():
        task.what, task.words, task.result = (
            without_titles(words, titles) for words in (task.what, task.words, task.result)
        )
    return found


def ended_join(initiative: Initiative) -> JoinProposal | None:
    """Return the last question to go on together that does not wait any more, if there was one."""
    ended = JoinProposal.objects.about(initiative).exclude(WAITING)
    return ended.select_related("initiative", "into").order_by("-asked_at", "-pk").first()


def followed_since(user: User, initiative: Initiative) -> datetime:
    """
    Return since when this person reads along, because their own idea went on in this one: since everyone said yes.

    What happened before stays with who owned it then.
    """
    theirs = Initiative.objects.owned_by(user).filter(joined_into=initiative)
    joined = JoinProposal.objects.in_force().filter(initiative__in=theirs.values("pk"), into=initiative)
    since: datetime | None = joined.aggregate(since=Max("accepted_at"))["since"]
    return since or clock.now()
