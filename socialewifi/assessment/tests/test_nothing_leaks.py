"""R8 and R9: before there is an outcome, nothing of advices or of the outcome is anywhere outside."""

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from socialewifi.assessment import queries
from socialewifi.core.models import Event, Message, Notice
from socialewifi.people.tests.factories import UserFactory

SECRETS = ["Geheim advies over de weg", "Geheime reden van de uitkomst", "Geheim bij het uitgangspunt"]


@pytest.fixture
def weighed_almost(weighing, initiative, trigger, ambassador, panel_members, criteria):
    """Two advices are in, the criteria were looked at, and nobody set an outcome."""
    assessment = weighing.open(initiative, triggers=[trigger])
    weighing.advise(assessment, *panel_members[1:], choice="doubt", reason=SECRETS[0])
    return assessment


def addresses(assessment):
    """Every page that can be opened without more than the key of the initiative, a seat or a question."""
    keys = {
        "key": assessment.initiative.key,
        "slug": assessment.initiative.slug,
        "seat_id": assessment.seats.order_by("pk").first().pk,
        "question_id": assessment.questions.current().get().pk,
    }
    for pattern, names in _patterns(get_resolver()):
        try:
            yield reverse(pattern.name, kwargs={name: keys[name] for name in names})
        except (KeyError, NoReverseMatch):
            continue


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLPattern):
            yield from _patterns(pattern)
        elif pattern.name and not pattern.lookup_str.startswith(("allauth", "django")):
            yield pattern, list(pattern.pattern.converters)


def test_nothing_that_is_sent_or_told_holds_an_advice(weighed_almost):
    for model in (Event, Message, Notice):
        assert not any(SECRETS[0] in str(row) for row in model.objects.values())


def test_no_table_but_its_own_holds_an_advice(weighed_almost):
    own = apps.get_model("assessment", "PanelAdvice")

    for model in apps.get_models():
        if model is not own and not model._meta.proxy:
            assert not any(SECRETS[0] in str(row) for row in model.objects.values()), model


def test_the_initiators_have_no_outcome_until_it_is_set(weighed_almost, initiative, weighing, panel_members):
    assert queries.outcome_for_initiators(initiative) is None

    weighing.score(weighed_almost)
    weighing.advise(weighed_almost, panel_members[0])
    weighing.conclude(weighed_almost, at=weighed_almost.panel_closes_at.replace(day=25))
    told = queries.outcome_for_initiators(initiative)
    assert {advice.reason for advice in told.advices} == {SECRETS[0], "Mooi plan."}


def test_a_member_who_was_not_asked_has_no_page_of_it(client, weighed_almost):
    client.force_login(UserFactory(roles=["panel_member"]))

    assert client.get(reverse("panel-seat", args=[weighed_almost.seats.first().pk])).status_code == 404


def test_the_page_of_the_initiators_never_names_who_advised(client, weighed_almost, weighing, resident, panel_members):
    weighing.score(weighed_almost)
    weighing.advise(weighed_almost, panel_members[0])
    weighing.conclude(weighed_almost, at=weighed_almost.panel_closes_at.replace(day=25))
    client.force_login(resident)

    for address in addresses(weighed_almost):
        answer = client.get(address)
        if answer.status_code == 200 and not answer.streaming:
            for member in panel_members:
                assert member.name.encode() not in answer.content, address
