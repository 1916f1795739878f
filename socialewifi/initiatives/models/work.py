"""The work around an initiative: exploring it, talking, tasks, terms, pauses and handing over."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from socialewifi.core.append_only import append_only, ends_once, moments_are_now
from socialewifi.core.personal import Kept, names, said
from socialewifi.initiatives.models.initiative import Initiative
from socialewifi.initiatives.models.owners import Consent, EffectStory
from socialewifi.initiatives.models.words import SupportKind
from socialewifi.people.models import User


class ExplorationQuerySet(models.QuerySet["Exploration"]):
    def complete(self) -> "ExplorationQuerySet":
        """Keep those of which every question of step 2 has an answer."""
        return self.exclude(Q(*((name, "") for name in Exploration.QUESTIONS), _connector=Q.OR))


class Exploration(models.Model):
    """What was found out together with the initiators (000 §2.10 step 2): one line per question of the plan."""

    QUESTIONS: ClassVar = ("what_it_is", "question", "asked_where", "what_exists", "fitting_support_words")

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="exploration")
    what_it_is = models.TextField(blank=True)
    question = models.TextField(blank=True)
    asked_where = models.TextField(blank=True)
    what_exists = models.TextField(blank=True)
    fitting_support = models.ManyToManyField(SupportKind, blank=True)
    fitting_support_words = models.TextField(blank=True)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    personal: ClassVar = {
        "what_it_is": said(Kept.IDEA),
        "question": said(Kept.IDEA),
        "asked_where": said(Kept.IDEA),
        "what_exists": said(Kept.IDEA),
        "fitting_support_words": said(Kept.IDEA),
    }

    objects = ExplorationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"verkenning van {self.initiative}"

    @property
    def is_complete(self) -> bool:
        """Tell whether every question of step 2 has an answer."""
        return all(getattr(self, name) for name in self.QUESTIONS)


class ContactMoment(models.Model):
    """A conversation that took place; the initiators read what was noted."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="contact_moments")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    through = models.CharField(max_length=10, choices=User.Channel)
    summary = models.TextField()
    personal: ClassVar = {
        "summary": said(Kept.IDEA),
    }

    class Meta:
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.get_through_display()} · {self.at:%Y-%m-%d}"


class Post(models.Model):
    """A message between the initiators and those who work for them; both read it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="posts")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_from_initiators = models.BooleanField()
    body = models.TextField()
    # When it was read on the other side, so that it leaves their list of what is new.
    read_at = models.DateTimeField(null=True)
    personal: ClassVar = {
        "body": said(Kept.IDEA),
    }

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["initiative", "at"], name="initiatives_post_in_order"),
            models.Index(
                fields=["initiative"],
                condition=Q(read_at=None, is_from_initiators=True),
                name="initiatives_post_unread",
            ),
        ]
        triggers: ClassVar = append_only(once=["read_at"])

    def __str__(self) -> str:
        return f"bericht {self.pk}"


class Note(models.Model):
    """An internal note; the initiators do not read it, and the page says so to whoever writes."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    body = models.TextField()
    personal: ClassVar = {
        "body": said(Kept.IDEA),
    }

    class Meta:
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"notitie {self.pk}"


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(done_at=None)


class Task(models.Model):
    """Something to do for an initiative; what cannot be mailed becomes a call (R10)."""

    class Kind(models.TextChoices):
        TODO = "todo", _("Doen")
        CALL = "call", _("Bellen")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TODO)
    what = models.CharField(max_length=250)
    # For a call: what to say, word for word as a mail would have said it.
    words = models.TextField(blank=True)
    to_call = models.ForeignKey("initiatives.Initiator", models.PROTECT, null=True, related_name="+")
    # Whom to call who is no initiator and known here: a panel member.
    person_to_call = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Who wrote down in someone's name what this call asks about: somebody else makes it.
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # What a call asks, if it asks something: once that is answered or taken back, nobody has to call any more.
    invitation = models.ForeignKey("initiatives.Invitation", models.CASCADE, null=True, related_name="+")
    joining = models.ForeignKey("initiatives.JoinProposal", models.CASCADE, null=True, related_name="+")
    consent_to = models.CharField(max_length=10, choices=Consent.Subject, blank=True)
    story = models.ForeignKey(EffectStory, models.CASCADE, null=True, related_name="+")
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="tasks")
    due_on = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    # Nobody, for a call that did not have to be made any more.
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    result = models.TextField(blank=True)
    personal: ClassVar = {
        "what": said(Kept.IDEA),
        "words": said(Kept.IDEA),
        "result": said(Kept.IDEA),
    }

    objects = TaskQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(done_at=None), name="initiatives_task_open"),
            models.Index(fields=["initiative", "done_at"], name="initiatives_task_of"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="initiatives_task_not_by_its_writer",
                condition=Q(written_by=None) | Q(done_by=None) | ~Q(done_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="initiatives_task_asks_one_thing",
                condition=Q(invitation=None, joining=None)
                | Q(invitation=None, consent_to="")
                | Q(joining=None, consent_to=""),
            ),
            models.CheckConstraint(
                name="initiatives_task_names_its_story",
                condition=Q(consent_to="story", story__isnull=False) | (~Q(consent_to="story") & Q(story=None)),
            ),
            # Only a call ends because nobody has to make it any more.
            models.CheckConstraint(
                name="initiatives_task_is_done_by_someone",
                condition=Q(done_at=None) | Q(done_by__isnull=False) | Q(kind="call"),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def running(self) -> "DeadlineQuerySet":
        """Keep what still has to be met by its day; a joined initiative rests."""
        return self.filter(met_at=None, dropped_at=None, initiative__joined_into=None)

    def of_the_contact(self) -> "DeadlineQuerySet":
        """Leave out what a coordinator meets: the outcome, and beginning to weigh what was explored wholly."""
        explored = Exploration.objects.complete().filter(initiative=OuterRef("initiative"))
        return self.exclude(Q(kind=Deadline.Kind.ASSESSMENT) | Q(Exists(explored), kind=Deadline.Kind.EXPLORATION))

    def overdue(self, day: date) -> "DeadlineQuerySet":
        return (
            self.running()
            .filter(due_on__lt=day)
            .exclude(Exists(Pause.objects.filter(initiative=OuterRef("initiative"), ended_at=None)))
        )


class Deadline(models.Model):
    """A promise of time: due at the end of its day. Met, or dropped when it no longer applies."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("Eerste contact")
        EXPLORATION = "exploration", _("Verkenning klaar")
        ASSESSMENT = "assessment", _("Uitkomst")
        CHECK_IN = "check_in", _("Even bellen hoe het gaat")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=12, choices=Kind)
    # When it began to count; not known of the first ones.
    started_on = models.DateField(null=True)
    due_on = models.DateField()
    is_provisional = models.BooleanField()
    met_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    guide_reminded_at = models.DateTimeField(null=True)
    coordinator_reminded_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative", "kind"],
                condition=Q(met_at=None, dropped_at=None),
                name="initiatives_deadline_runs_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"], condition=Q(met_at=None, dropped_at=None), name="initiatives_deadline_running"
            ),
            models.Index(
                fields=["initiative", "due_on"],
                condition=Q(met_at=None, dropped_at=None),
                name="initiatives_deadline_next",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.due_on}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """Return the kind in words. Django's own asks for the words of every kind to find this one."""
        return str(Deadline.Kind(self.kind).label)

    @property
    def is_running(self) -> bool:
        return self.met_at is None and self.dropped_at is None


class Pause(models.Model):
    """A time in which no term runs, with the reason; the terms shift by its working days."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=250)
    ended_at = models.DateTimeField(null=True)
    personal: ClassVar = {
        "reason": said(Kept.IDEA),
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(ended_at=None), name="initiatives_pause_one_at_a_time"
            ),
            models.CheckConstraint(name="initiatives_pause_has_a_reason", condition=~Q(reason="")),
        ]
        triggers: ClassVar = [*append_only(once=["ended_at"]), moments_are_now("started_at", "ended_at")]

    def __str__(self) -> str:
        return self.reason


class HandoverQuerySet(models.QuerySet["Handover"]):
    def running(self) -> "HandoverQuerySet":
        """Keep what waits for an answer."""
        return self.filter(accepted_at=None, refused_at=None, dropped_at=None)


class Handover(models.Model):
    """A warm handover to another contact; the old one stays until it is accepted (R1)."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(User, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(User, models.PROTECT, related_name="handovers_offered")
    reason = models.TextField()
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_because = models.TextField(blank=True)
    dropped_at = models.DateTimeField(null=True)
    personal: ClassVar = {
        "reason": said(Kept.IDEA),
        "refused_because": said(Kept.IDEA),
    }

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(accepted_at=None, refused_at=None, dropped_at=None),
                name="initiatives_handover_one_at_a_time",
            ),
            models.CheckConstraint(
                name="initiatives_handover_ends_once",
                condition=ends_once("accepted_at", "refused_at", "dropped_at"),
            ),
        ]
        triggers: ClassVar = append_only(once=["accepted_at", "refused_at", "refused_because", "dropped_at"])

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"

    @property
    def is_running(self) -> bool:
        """Tell whether it waits for an answer."""
        return self.accepted_at is None and self.refused_at is None and self.dropped_at is None


class SupportPromiseQuerySet(models.QuerySet["SupportPromise"]):
    def open(self) -> "SupportPromiseQuerySet":
        """Keep the help that is still to come."""
        return self.filter(kept_at=None, dropped_at=None)


class SupportPromise(models.Model):
    """A small promise of help: who does what before when (000 §2.10 step 4)."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="promises")
    kind = models.ForeignKey(SupportKind, models.PROTECT)
    what = models.CharField(max_length=250)
    who = models.CharField(max_length=150)
    before_date = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=250, blank=True)
    personal: ClassVar = {
        "what": said(Kept.IDEA),
        "who": names(Kept.IDEA),
        "dropped_because": said(Kept.IDEA),
    }

    objects = SupportPromiseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="initiatives_promise_ends_once", condition=ends_once("kept_at", "dropped_at"))
        ]
        triggers: ClassVar = append_only(once=["kept_at", "dropped_at", "dropped_because"])

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        """Tell whether the help is still to come."""
        return self.kept_at is None and self.dropped_at is None
