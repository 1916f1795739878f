"""Telling an idea page by page, as a browser without JavaScript does."""

import re
import uuid

from django.urls import reverse

from socialewifi.core.tests.factories import TextFactory
from socialewifi.initiatives.models import Draft
from socialewifi.initiatives.tests.factories import ChannelFactory

IDEA = "Ik wil een moestuin maken op het lege veld. Met de hele straat."
PAGES = {
    "idee": {"idea": IDEA},
    "naam": {"title": "Moestuin voor iedereen"},
    "plek": {"municipality": "waterdorp", "place": "Het veld achter de kerk"},
    "mensen": {"participants": "Twaalf buren", "audience": "De hele straat"},
    "plan": {"existing": "Een schuur", "effect": "Buren die elkaar kennen"},
    "hulp": {"needs": "Een waterput", "amount_asked": "250", "asked_before": "De gemeente, nog niets gehoord"},
    "jij": {"name": "Roos Inwoner", "phone": "0612345678", "email": "roos@voorbeeld.test"},
    "contact": {"preferred_channel": "phone", "preferred_times": "Na vijf uur", "language": "nl"},
}


def ready_to_report():
    """Make what a report needs of the region."""
    ChannelFactory(code="website", name="Website")
    for language in ("nl", "en"):
        TextFactory(
            code="report-confirmed",
            language=language,
            subject="We hebben je idee: {{ title }}",
            body="Dag {{ name }}\n\nUiterlijk {{ due }}\n\nLink: {{ link }}\n\nCode:\n{{ access_code }}",
        )


def page(token, slug):
    return reverse("report-question", args=[token, slug])


def begin(client, idea=IDEA, token=None):
    token = token or uuid.uuid4()
    answer = client.post(reverse("report-start"), {"idea": idea, "draft": str(token)})
    assert answer.status_code == 303, answer.content.decode()
    return token


def tell(client, token=None, **changed):
    """Answer every page; ``jij={...}`` replaces what is answered there."""
    token = begin(client, changed.pop("idea", IDEA), token)
    for slug, answers in {**PAGES, **changed}.items():
        answer = client.post(page(token, slug), answers)
        assert answer.status_code == 303, (slug, texts(answer))
    return token


def send(client, token):
    return client.post(reverse("report-check", args=[token]), {"homepage": "", "began": ""})


def told(client, token=None, **changed):
    """Tell and send an idea; return its initiative."""
    token = tell(client, token, **changed)
    answer = send(client, token)
    assert answer.status_code == 303, texts(answer)
    return Draft.objects.get(pk=token).initiative


def texts(answer):
    """Return what the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
