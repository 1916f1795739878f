"""Two of the same at the same moment, on a real PostgreSQL."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from socialewifi.core.models import Message
from socialewifi.governance.tests.factories import agree_on_numbers
from socialewifi.initiatives.models import Draft, Initiative, Initiator, PlanVersion
from socialewifi.initiatives.tests.telling import PAGES, begin, page, ready_to_report, send, tell
from socialewifi.people.models import User
from socialewifi.places.tests.factories import MunicipalityFactory, RegionFactory

pytestmark = pytest.mark.django_db(transaction=True)
BY_MAIL = {"preferred_channel": "email", "preferred_times": "", "language": "nl"}


@pytest.fixture(autouse=True)
def _the_region_is_there():
    RegionFactory()
    MunicipalityFactory(name="Waterdorp", slug="waterdorp")
    agree_on_numbers()
    ready_to_report()


def at_once(*deeds):
    """Do all of these at the same moment, each as another visitor; return what they answered."""
    start = Barrier(len(deeds))

    def do(deed):
        try:
            start.wait(timeout=20)
            return deed(Client())
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_sending_one_idea_four_times_at_once_is_one_initiative_and_one_mail():
    token = tell(Client(), contact=BY_MAIL)

    answers = at_once(*[lambda client: send(client, token)] * 4)

    assert {answer.headers["Location"] for answer in answers} == {reverse("report-done", args=[token])}
    assert Initiative.objects.count() == PlanVersion.objects.count() == Message.objects.count() == 1


def test_two_ideas_told_at_once_with_one_address_are_two_initiatives_that_each_stand_by_themselves():
    first, second = tell(Client(), contact=BY_MAIL), tell(Client(), contact=BY_MAIL)

    answers = at_once(lambda client: send(client, first), lambda client: send(client, second))

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Initiative.objects.count() == 2
    assert Initiator.objects.filter(email="roos@voorbeeld.test").values("user").distinct().count() == 2
    assert not User.objects.filter(email="roos@voorbeeld.test").exists()


def test_the_first_sentence_sent_twice_at_once_is_one_draft():
    token = uuid.uuid4()

    at_once(*[lambda client: begin(client, token=token)] * 3)

    assert Draft.objects.count() == 1


def test_answers_of_two_tabs_at_once_are_both_kept():
    token = begin(Client())

    at_once(
        lambda client: client.post(page(token, "mensen"), PAGES["mensen"]),
        lambda client: client.post(page(token, "plan"), PAGES["plan"]),
    )

    answers = Draft.objects.get(pk=token).answers
    assert (answers["audience"], answers["effect"]) == ("De hele straat", "Buren die elkaar kennen")


def test_what_is_typed_while_another_tab_throws_the_idea_away_is_kept_or_gone_and_breaks_nothing():
    for _round in range(6):
        token = begin(Client())
        answers = at_once(
            *[lambda client, token=token: client.post(page(token, "mensen"), PAGES["mensen"])] * 4,
            *[lambda client, token=token: client.post(reverse("report-discard", args=[token]))] * 4,
        )

        assert {answer.status_code for answer in answers} == {303}
