import re
from datetime import datetime

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from socialewifi.core.models import Event, Message
from socialewifi.initiatives.models import Channel, Handover, Initiative, Interest, Kind, Step
from socialewifi.people.models import User
from socialewifi.places.models import Municipality
from socialewifi.site.demo.year import tell_year
from socialewifi.site.region import load_region

REGION = settings.BASE_DIR / "regions" / "zuid-limburg"
YEAR_END = datetime.fromisoformat("2026-11-20T09:00:00+01:00")


@pytest.fixture
def _year(db, settings):
    settings.DEMO = True
    settings.DEMO_NOW = YEAR_END.isoformat()
    load_region(folder=REGION, at=YEAR_END)
    tell_year(folder=REGION / "demo", until=YEAR_END)


@pytest.mark.usefixtures("_year")
def test_the_sample_year_shows_every_place_kind_step_and_side_exit(client):
    initiatives = Initiative.objects.all()

    assert initiatives.count() == 60
    assert not Municipality.objects.exclude(initiatives__in=initiatives).exists()
    assert set(initiatives.values_list("step", flat=True)) == set(Step.values)
    assert not Kind.objects.exclude(initiative__in=initiatives).exists()
    used = set(initiatives.values_list("channel__code", flat=True))
    assert {"website", "phone", "paper", "social-work", "municipality", "neighbourhood-team"} <= used
    assert Channel.objects.count() >= len(used)
    assert initiatives.filter(initiators__email="").exists()
    assert Handover.objects.filter(accepted_at__isnull=False).exists()
    assert Handover.objects.filter(refused_at__isnull=False).exists()
    assert Interest.objects.exclude(relation=Interest.Relation.OWN).exists()
    assert Message.objects.letters().exists()
    assert not Event.objects.filter(at__gt=YEAR_END).exists()

    page = client.get(reverse("demo-guises"))
    assert page.status_code == 200

    resident = Initiative.objects.filter(step=Step.SUPPORTING).first().initiators.first().user
    strict = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', strict.get(reverse("demo-guises")).content.decode())[1]
    answer = strict.post(reverse("demo-become", args=[resident.public_id]), {"csrfmiddlewaretoken": token})
    assert answer.url == "/mijn/"
    assert strict.get("/mijn/").wsgi_request.user == resident

    message = Message.objects.first()
    assert message.subject in client.get(reverse("demo-message", args=[message.pk])).content.decode()
    assert client.get(reverse("demo-outbox")).status_code == 200


def test_one_becomes_someone_else_as_often_as_one_likes(db, region, guide, coordinator, settings):
    """Signing in makes the forms of before worthless: who goes back gets the page anew, not the one that was kept."""
    settings.DEMO = True
    strict = Client(enforce_csrf_checks=True)
    for user in (guide, coordinator, guide):
        page = strict.get("/demo/")
        assert "no-store" in page.headers["Cache-Control"]
        found = rf'action="(/demo/word/{user.public_id}/)".*?value="(\w+)"'
        button = re.search(found, page.content.decode(), re.DOTALL)
        answer = strict.post(button[1], {"csrfmiddlewaretoken": button[2]}, headers={"origin": "http://testserver"})
        assert answer.url == "/werk/"
        assert strict.get("/werk/").wsgi_request.user == user


def test_outside_the_demo_nobody_can_become_someone_else(client, resident):
    for url in (reverse("demo-guises"), reverse("demo-outbox")):
        assert client.get(url).status_code == 404
    assert client.post(reverse("demo-become", args=[resident.public_id])).status_code == 404
    assert User.objects.exists()


def test_outside_the_demo_there_is_no_sample_year(db):
    with pytest.raises(CommandError, match="alleen in de demo"):
        call_command("demo")
