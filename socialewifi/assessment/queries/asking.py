"""Who can be asked to weigh, and what is looked at."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from socialewifi.assessment.models import AmbassadorQuestion, Assessment, Criterion, CriterionScore
from socialewifi.initiatives.models import Initiative, Interest
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality


def people_with(role: Q, day: date) -> QuerySet[User]:
    """Return who has such a role on this day."""
    held = Role.objects.current(day).filter(role, user=OuterRef("pk"))
    return User.objects.filter(Exists(held), is_active=True).order_by("name", "pk")


def panel_candidates(initiative: Initiative, day: date) -> QuerySet[User]:
    """Return the panel members who may weigh this: not involved in it, and not its contact (R5)."""
    involved = Interest.objects.filter(user=OuterRef("pk"), initiative=initiative)
    return (
        people_with(Q(kind=Role.Kind.PANEL_MEMBER), day)
        .exclude(Exists(involved))
        .exclude(pk__in=[initiative.contact_person_id] if initiative.contact_person_id else [])
    )


def coordinators_of(initiative: Initiative, day: date) -> QuerySet[User]:
    """Return the coordinators of its sub-region; of the whole region while its place is not known."""
    coordinator = Q(kind=Role.Kind.COORDINATOR)
    if initiative.municipality is not None:
        coordinator &= Q(subregion=initiative.municipality.subregion_id)
    involved = Interest.objects.filter(user=OuterRef("pk"), initiative=initiative)
    return people_with(coordinator, day).exclude(Exists(involved))


def ambassadors_of(municipality: Municipality, initiative: Initiative, day: date) -> QuerySet[User]:
    """Return who can answer for this municipality about this initiative: its ambassadors who are not involved (R5)."""
    involved = Interest.objects.filter(user=OuterRef("pk"), initiative=initiative)
    return people_with(Q(kind=Role.Kind.AMBASSADOR, municipality=municipality), day).exclude(Exists(involved))


def criteria_of(assessment: Assessment) -> QuerySet[Criterion]:
    """Return what is looked at: four criteria always, seven more for the living environment."""
    groups = [Criterion.Group.BASE]
    if assessment.is_living_environment:
        groups.append(Criterion.Group.LIVING_ENVIRONMENT)
    return Criterion.objects.filter(group__in=groups, retired_at=None).order_by("group", "position", "pk")


def criteria_to_score(assessment: Assessment) -> QuerySet[Criterion]:
    """Return the criteria for each initiative that nobody looked at yet."""
    return criteria_of(assessment).filter(group=Criterion.Group.BASE).exclude(criterionscore__assessment=assessment)


def criteria_with_scores(assessment: Assessment) -> list[tuple[Criterion, CriterionScore | None]]:
    """Return what is looked at, each with what was found, as far as that is known."""
    scores = {score.criterion_id: score for score in assessment.scores.all()}
    return [(criterion, scores.get(criterion.pk)) for criterion in criteria_of(assessment)]


def question_of(assessment: Assessment) -> AmbassadorQuestion | None:
    """Return what the municipality was asked, if it was."""
    asked = AmbassadorQuestion.objects.filter(assessment=assessment)
    return asked.select_related("municipality", "answered_by").first()
