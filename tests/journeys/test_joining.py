"""After a join nobody reads what the others told before it: whispers in every field, on every page of a resident."""

from datetime import timedelta

import pytest
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from socialewifi.assessment.models import Outcome
from socialewifi.assessment.tests.factories import AssessmentFactory, PanelAdviceFactory, PanelSeatFactory
from socialewifi.core.events import KINDS
from socialewifi.core.models import Event, Message, Notice
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.contact import log_contact
from socialewifi.initiatives.models import PLAN_FIELDS, ContactMoment, Initiative, PlanVersion
from socialewifi.initiatives.tests.factories import (
    DeadlineFactory,
    EffectStoryFactory,
    ExplorationFactory,
    InitiativeFactory,
    InitiatorFactory,
    InvitationFactory,
    NoteFactory,
    PauseFactory,
    PostFactory,
    SupportKindFactory,
    SupportPromiseFactory,
    TaskFactory,
    join,
)
from socialewifi.owners.actions.ownership import edit_plan
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.support.actions.promises import promise_support
from tests.journeys.test_words_for_outsiders import typed_fields, without_triggers

AFTER = NOON + timedelta(days=1)
# What each may know of the other: the name of the idea, and the names of who owns it.
KNOWN = {"initiatives.initiative.title", "initiatives.initiator.name"}


@pytest.fixture
def guide_there(guide, texts, agreements):
    return guide


@pytest.fixture(params=["exploring", "supporting", "sustaining"])
def pair(request, municipality, guide_there):
    """Two initiatives with a life behind them, at each step in which one can go on in the other."""
    return [_lived(f"Idee van {name}", name, municipality, guide_there, request.param) for name in ("Roos", "Bas")]


def _lived(title, owner, municipality, guide, step):
    owned = {"municipality": municipality, "contact_person": guide, "owners": [UserFactory(name=owner)]}
    initiative = InitiativeFactory(title=title, place_words="Bij mij", **{step: True}, **owned)
    InitiatorFactory(initiative=initiative)
    PlanVersion.objects.create(
        initiative=initiative, number=2, at=NOON, **{name: getattr(initiative, name) for name in PLAN_FIELDS}
    )
    ContactMoment.objects.create(initiative=initiative, at=NOON, by=guide, through="phone", summary="Gesproken.")
    for make in (PostFactory, NoteFactory, PauseFactory, InvitationFactory, TaskFactory, SupportPromiseFactory):
        make(initiative=initiative)
    ExplorationFactory(initiative=initiative)
    DeadlineFactory(initiative=initiative)
    EffectStoryFactory(initiative=initiative)
    log_contact(initiative=initiative, through="phone", summary="Gesproken.", by=guide, at=NOON)
    _weighed(initiative)
    return initiative


def _weighed(initiative):
    weighing = AssessmentFactory(initiative=initiative)
    PanelAdviceFactory(seat=PanelSeatFactory(assessment=weighing))
    if initiative.weighed_at:
        with without_triggers():
            type(weighing).objects.filter(pk=weighing.pk).update(
                outcome=Outcome.SUPPORT,
                reason="Goed.",
                advice_count=3,
                concluded_at=NOON,
                concluded_by=weighing.opened_by,
            )


def whisper():
    """Write in every field of every row something that is found nowhere else; return where each stands."""
    told = {}
    with without_triggers():
        for model, field in typed_fields():
            for row in model._base_manager.values_list("pk", flat=True):
                word = f"gefluister{len(told)}."
                told[word] = f"{model._meta.label_lower}.{field.name}"
                typed = f"{word}test@voorbeeld.test" if field.name == "email" else word
                model._base_manager.filter(pk=row).update(**{field.attname: typed[: field.max_length]})
        for event in Event.objects.filter(kind__in=KINDS):
            word = f"gefluister{len(told)}."
            told[word] = event.kind
            # What is a code or a day stays one.
            details = {name: event.details[name] if name in KINDS[event.kind].reads else word for name in event.details}
            Event.objects.filter(pk=event.pk).update(details=details)
    return told


def _pages(initiative):
    """Return every address of a resident about this initiative, with each row there is."""
    rows = [*initiative.stories.all(), *initiative.invitations.all()]
    for pattern in _names(get_resolver().url_patterns):
        if pattern.startswith("mine-") and pattern != "mine-list":
            for arguments in ([initiative.key], *([initiative.key, row.pk] for row in rows)):
                try:
                    yield reverse(pattern, args=arguments)
                except NoReverseMatch:
                    continue


def _names(patterns):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _names(one.url_patterns)
        elif one.name:
            yield one.name


def _read_by(user, initiatives):
    browser = Client()
    browser.force_login(user)
    pages = [reverse("mine-list"), *(page for one in initiatives for page in _pages(one))]
    return {page: browser.get(page).content.decode() for page in pages}


def test_nobody_reads_what_the_others_told_before_they_went_on_together(pair, guide_there):
    mine, theirs = pair
    told_before = whisper()
    own = {one.pk: _words_of(one, told_before) for one in pair}
    mine.refresh_from_db()
    theirs.refresh_from_db()
    join(mine, theirs, by=guide_there, at=AFTER)

    for one, other in ((mine, theirs), (theirs, mine)):
        for owner in one.initiators.current().select_related("user"):
            read = _read_by(owner.user, pair)
            leaked = {
                (page, told_before[word])
                for page, words in read.items()
                for word in own[other.pk]
                if word in words and told_before[word] not in KNOWN
            }
            assert leaked == set()
            written = _written_to(owner.user)
            assert {told_before[word] for word in own[other.pk] if word in written} <= KNOWN


def _words_of(initiative, told):
    """Return the whispers that stand in a row of this initiative, its events and its weighing."""
    found = set()
    for model, field in typed_fields():
        of = _path_to_initiative(model)
        if of is not None:
            found |= set(model._base_manager.filter(**{of: initiative.pk}).values_list(field.attname, flat=True))
    found |= {said(event) for event in Event.objects.about(initiative)}
    return {word for word in told if word in found}


def _path_to_initiative(model):
    if model is Initiative:
        return "pk"
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is Initiative and field.name == "initiative":
            return "initiative"
    paths = {"paneladvice": "seat__assessment__initiative"}
    has_assessment = any(field.name == "assessment" for field in model._meta.concrete_fields)
    return paths.get(model._meta.model_name, "assessment__initiative" if has_assessment else None)


def _written_to(user):
    messages = [f"{one.subject} {one.body}" for one in Message.objects.filter(recipient=user, created_at__gte=AFTER)]
    return " ".join([*messages, *(one.words for one in Notice.objects.filter(user=user, created_at__gte=AFTER))])


def test_from_then_on_who_joined_reads_what_happens_without_how_the_others_are_reached(pair, guide_there):
    mine, theirs = pair
    join(mine, theirs, by=guide_there, at=AFTER)
    later = AFTER + timedelta(hours=1)
    log_contact(initiative=theirs, through="phone", summary="Bas is op 06 12 34 56 78.", by=guide_there, at=later)
    if theirs.weighed_at:
        kind, day = SupportKindFactory(), timezone.localdate(later) + timedelta(days=9)
        promise_support(
            initiative=theirs, kind=kind, what="Spitten", who="De buren", before_date=day, by=guide_there, at=later
        )

    page = _read_by(mine.initiators.first().user, [theirs])[reverse("mine-timeline", args=[theirs.key])]

    assert "iemand van dit idee is op [nummer weggelaten]" in page.casefold()
    assert ("Spitten" in page) is (theirs.weighed_at is not None)


def test_what_the_others_change_afterwards_is_told_but_not_the_plan_itself(pair, guide_there):
    mine, theirs = pair
    join(mine, theirs, by=guide_there, at=AFTER)
    plan = {name: getattr(theirs, name) for name in PLAN_FIELDS} | {"needs": "Een hark"}
    owner = theirs.initiators.first().user
    edit_plan(initiative=theirs, plan=plan, based_on=2, by=owner, at=AFTER)

    read = "".join(_read_by(mine.initiators.first().user, [theirs]).values())

    assert "paste jullie plan aan" in read
    assert "Een hark" not in read
